package dev.sluice.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes every package that this system can make, into `installer/target/packages`.
///
/// Linux: an app image, `.deb`, `.rpm` (where rpmbuild is), the server's `.deb`. Elsewhere: what
/// `jpackage/windows.args` or `jpackage/macos.args` says.
public final class Packager {

  private final Path root;
  private final Path target;
  private final Platform platform = Platform.current();

  private Packager(Path root, Path target) {
    this.root = root;
    this.target = target;
  }

  /// @param arguments the project's folder, and the folder that has `jars` and gets all else
  public static void main(String[] arguments) throws Exception {
    try {
      new Packager(
              Path.of(arguments[0]).toAbsolutePath().normalize(),
              Path.of(arguments[1]).toAbsolutePath().normalize())
          .run();
    } catch (PackagingProblem e) {
      System.err.println("packaging: " + e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException, InterruptedException {
    Path packages = fresh("packages");
    Path work = fresh("work");
    licences(packages);

    say("laying out the jars");
    Jars jars = Jars.lay(target.resolve("jars"), fresh("stage"), platform);
    addLogging(jars.application());

    say("linking the runtime");
    Path runtime = fresh("runtime").resolve("desktop");
    RuntimeImage.link(
        RuntimeImage.modules(root.resolve("jpackage/modules.txt"), true),
        Jars.list(jars.modules()),
        jars.libraries(),
        runtime,
        work.resolve("jlink.log"));
    say("building the image");
    AppImage desktop =
        AppImage.build(
            root,
            "Sluice",
            List.of("product.args", "common.args"),
            root.resolve("icons").resolve(icon()),
            jars.application(),
            runtime,
            fresh("image"));
    say("training the start-up archive on the demo");
    Path archive =
        desktop.train(
            List.of("demo", "--headless", "--tour", work.resolve("shots").toString()),
            Files.createDirectories(work.resolve("home")),
            work.resolve("training.log"));
    say("  " + Files.size(archive) / 1_000_000 + " MB");
    packagesOf(desktop, packages, work);
    if (platform.isLinux()) {
      server(jars, packages, work);
    }
    Checksums.write(packages);
    try (Stream<Path> files = Files.list(packages)) {
      for (Path file : files.sorted().toList()) {
        say("%-44s %6.1f MB".formatted(file.getFileName(), Files.size(file) / 1e6));
      }
    }
  }

  private void licences(Path packages) throws IOException {
    Path sbom = target.resolve("sluice-sbom.json");
    if (!Files.exists(sbom)) {
      throw new PackagingProblem("there is no bill of materials " + sbom + ".");
    }
    Files.copy(sbom, packages.resolve("sluice-sbom.json"), StandardCopyOption.REPLACE_EXISTING);
    List<String> refused = Licences.report(sbom, packages.resolve("LICENCES.md"));
    if (!refused.isEmpty()) {
      throw new PackagingProblem(
          "these may not be shipped: " + String.join(", ", refused) + ". See CONTRIBUTING.md.");
    }
    List<String> differences = BillOfMaterials.differences(sbom, Jars.list(target.resolve("jars")));
    if (!differences.isEmpty()) {
      throw new PackagingProblem(String.join(", ", differences) + ".");
    }
  }

  private String icon() {
    return switch (platform) {
      case LINUX_AMD64, LINUX_ARM64 -> "sluice-512.png";
      case MAC -> "sluice.icns";
      case WINDOWS -> "sluice.ico";
    };
  }

  private void addLogging(Path folder) throws IOException {
    Path file = folder.resolve("logging.properties");
    Files.copy(root.resolve("build/logging.properties"), file);
    Files.setLastModifiedTime(file, FileTime.from(Jars.TIME));
  }

  private void packagesOf(AppImage image, Path to, Path work)
      throws IOException, InterruptedException {
    switch (platform) {
      case LINUX_AMD64, LINUX_ARM64 -> {
        jpackage(List.of("linux.args", "deb.args"), image, to, work);
        if (Tool.exists("rpmbuild")) {
          jpackage(List.of("linux.args", "rpm.args"), image, to, work);
        } else {
          say("no .rpm: this system has no rpmbuild (Debian: apt-get install rpm)");
        }
      }
      case MAC -> jpackage(List.of("macos.args"), image, to, work);
      case WINDOWS -> jpackage(List.of("windows.args"), image, to, work);
    }
  }

  private void jpackage(List<String> options, AppImage image, Path to, Path work)
      throws IOException, InterruptedException {
    String last = options.getLast().replace(".args", "");
    say("packing " + last);
    List<String> command =
        new ArrayList<>(List.of(Tool.ofJdk("jpackage"), "@jpackage/product.args"));
    options.forEach(file -> command.add("@jpackage/" + file));
    command.addAll(List.of("--app-image", image.folder().toString(), "--dest", to.toString()));
    Optional.ofNullable(System.getenv("SLUICE_MAC_IDENTITY"))
        .filter(identity -> platform == Platform.MAC && !identity.isBlank())
        .ifPresent(
            identity ->
                command.addAll(List.of("--mac-sign", "--mac-signing-key-user-name", identity)));
    new Tool(
            work.resolve(last + ".log"),
            Map.of("SOURCE_DATE_EPOCH", Long.toString(Jars.TIME.getEpochSecond())))
        .run(root, command);
  }

  private void server(Jars jars, Path packages, Path work)
      throws IOException, InterruptedException {
    say("building the server's image");
    Path folder = Files.createDirectories(work.resolve("server-jars"));
    for (Path jar : Jars.list(jars.application())) {
      if (!ServerPackage.isForTheWindow(jar.getFileName().toString())) {
        Files.copy(jar, folder.resolve(jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    addLogging(folder);
    Path runtime = target.resolve("runtime").resolve("server");
    RuntimeImage.link(
        RuntimeImage.modules(root.resolve("jpackage/modules.txt"), false),
        List.of(),
        jars.libraries(),
        runtime,
        work.resolve("jlink-server.log"));
    AppImage image =
        AppImage.build(
            root,
            "sluice-server",
            List.of("server.args"),
            root.resolve("icons").resolve(icon()),
            folder,
            runtime,
            target.resolve("image"));
    fresh("server-tree");
    ServerPackage.deb(root, image, target, work.resolve("server-deb.log"));
    Files.copy(root.resolve("jpackage/server/Containerfile"), packages.resolve("Containerfile"));
  }

  private Path fresh(String name) throws IOException {
    Path folder = target.resolve(name);
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(folder);
  }

  private static void say(String message) {
    System.out.println("packaging: " + message);
  }
}
