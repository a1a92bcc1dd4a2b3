package dev.sluice.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarsTest {

  @TempDir Path folder;

  @Test
  void librariesOfOtherSystemsAreLeftOut() throws IOException {
    Path jar =
        jar(
            "sqlite.jar",
            "org/sqlite/JDBC.class",
            "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so",
            "org/sqlite/native/Linux-Musl/x86_64/libsqlitejdbc.so",
            "org/sqlite/native/Windows/x86_64/sqlitejdbc.dll",
            "libduckdb_java.so_linux_amd64",
            "libduckdb_java.so_osx_universal",
            "META-INF/MANIFEST.MF");

    Path copy = folder.resolve("copy.jar");
    Jars.copy(jar, copy, entry -> !Platform.LINUX_AMD64.isForeignLibrary(entry));

    assertThat(names(copy))
        .containsExactly(
            "META-INF/MANIFEST.MF",
            "libduckdb_java.so_linux_amd64",
            "org/sqlite/JDBC.class",
            "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so");
  }

  @Test
  void twoCopiesOfOneJarHoldTheSameBytes() throws IOException {
    Path jar = jar("a.jar", "z.class", "a.class");
    Jars.copy(jar, folder.resolve("one.jar"), entry -> true);
    Jars.copy(jar, folder.resolve("two.jar"), entry -> true);

    assertThat(folder.resolve("one.jar")).hasSameBinaryContentAs(folder.resolve("two.jar"));
    assertThat(names(folder.resolve("one.jar"))).containsExactly("a.class", "z.class");
  }

  @Test
  void aSystemWithoutPackagesIsNamed() {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Platform.of("SunOS", "sparc"))
        .isInstanceOf(PackagingProblem.class)
        .hasMessageContaining("SunOS sparc");
  }

  @Test
  void theImageGetsTheOptionsThatTheLauncherGives() throws IOException {
    Path root = Path.of(System.getProperty("sluice.root", ".."));
    String launcher = Files.readString(root.resolve("build/Launcher.java"));
    String image = Files.readString(root.resolve("jpackage/common.args"));
    List<String> options =
        java.util.regex.Pattern.compile(
                "\"(--add-(?:exports|opens)=[^\"]+|--enable-native[^\"]+|--sun-misc[^\"]+)\"")
            .matcher(launcher)
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(options).hasSizeGreaterThan(10);
    assertThat(options).allSatisfy(option -> assertThat(image).contains(option));
  }

  @Test
  void aLicenceThatIsNotAcceptedIsFound() throws IOException {
    Path sbom =
        Files.writeString(
            folder.resolve("sbom.json"),
            """
            {"components": [
              {"group": "a", "name": "free", "version": "1",
               "licenses": [{"license": {"id": "Apache-2.0"}}]},
              {"group": "b", "name": "closed", "version": "2",
               "licenses": [{"license": {"name": "Proprietary"}}]},
              {"group": "c", "name": "silent", "version": "3"}]}
            """);
    Path report = folder.resolve("report.md");

    assertThat(Licences.report(sbom, report))
        .containsExactly("b:closed:2 (Proprietary)", "c:silent:3 (not stated)");
    assertThat(report).content(StandardCharsets.UTF_8).contains("| a:free:1 | Apache-2.0 |");
  }

  @Test
  void onlyWholeIdsAndKnownNamesAreAccepted() {
    assertThat(List.of("Apache-2.0", "mit", "EPL-2.0", "Bouncy Castle Licence", "MIT AND 0BSD"))
        .allMatch(Licences::isAccepted);
    assertThat(List.of("LGPL-2.1-only OR Apache-2.0", "GPL-2.0-with-classpath-exception"))
        .allMatch(Licences::isAccepted);
    assertThat(
            List.of(
                "Limited licence",
                "No permit",
                "Academic discipline licence",
                "GPL-2.0-only",
                "Apache-2.0 AND AGPL-3.0-only",
                "(MIT)",
                "not apache-2.0",
                ""))
        .noneMatch(Licences::isAccepted);
  }

  @Test
  void theBillOfMaterialsListsEveryJarAndNoOther() throws IOException {
    Path sbom =
        Files.writeString(
            folder.resolve("sbom.json"),
            """
            {"components": [
              {"name": "a", "version": "1", "purl": "pkg:maven/g/a@1?type=jar"},
              {"name": "b", "version": "2", "purl": "pkg:maven/g/b@2?classifier=linux&type=jar"}]}
            """);

    assertThat(
            BillOfMaterials.differences(
                sbom, List.of(Path.of("a-1.jar"), Path.of("b-2-linux.jar"))))
        .isEmpty();
    assertThat(BillOfMaterials.differences(sbom, List.of(Path.of("a-1.jar"), Path.of("c-3.jar"))))
        .containsExactly(
            "c-3.jar is shipped and not in the bill of materials",
            "b-2-linux.jar is in the bill of materials and not shipped");
  }

  @Test
  void whatAnArgumentFileSaysIsSaidOnce() throws IOException {
    Path root = Path.of(System.getProperty("sluice.root", ".."));
    String code =
        Files.readString(
            root.resolve("installer/src/main/java/dev/sluice/installer/Packager.java"));
    for (String line : Files.readAllLines(root.resolve("jpackage/product.args"))) {
      String option = line.substring(0, line.indexOf(' '));
      assertThat(code).doesNotContain("\"" + option + "\"");
      assertThat(Files.readString(root.resolve("jpackage/common.args"))).doesNotContain(option);
    }
  }

  private Path jar(String name, String... entries) throws IOException {
    Path jar = folder.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String entry : entries) {
        out.putNextEntry(new ZipEntry(entry));
        out.write(entry.getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return jar;
  }

  private static List<String> names(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream().map(ZipEntry::getName).map(String::valueOf).toList();
    }
  }
}
