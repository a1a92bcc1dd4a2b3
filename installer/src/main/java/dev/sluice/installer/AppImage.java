package dev.sluice.installer;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A folder that runs by itself: launcher, jars, runtime, start-up archive.
///
/// @param folder the image
/// @param name of its launcher
record AppImage(Path folder, String name) {

  /// Lets jpackage build one.
  ///
  /// @param options the argument files, in `jpackage/`
  /// @param icon a picture in `icons/`
  static AppImage build(
      Path root, String name, List<String> options, Path icon, Path jars, Path runtime, Path to)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Tool.ofJdk("jpackage"), "--type", "app-image"));
    options.forEach(file -> command.add("@jpackage/" + file));
    command.addAll(
        List.of(
            "--icon",
            icon.toString(),
            "--input",
            jars.toString(),
            "--runtime-image",
            runtime.toString(),
            "--dest",
            to.toString()));
    new Tool(to.resolve(name + "-image.log"), Map.of()).run(root, command);
    AppImage image =
        new AppImage(to.resolve(Platform.current() == Platform.MAC ? name + ".app" : name), name);
    if (!Files.isExecutable(image.launcher())) {
      throw new PackagingProblem("jpackage made no launcher " + image.launcher() + ".");
    }
    return image;
  }

  Path launcher() {
    return switch (Platform.current()) {
      case LINUX_AMD64, LINUX_ARM64 -> folder.resolve("bin").resolve(name);
      case MAC -> folder.resolve("Contents").resolve("MacOS").resolve(name);
      case WINDOWS -> folder.resolve(name + ".exe");
    };
  }

  /// Where the jars lie.
  Path application() {
    return switch (Platform.current()) {
      case LINUX_AMD64, LINUX_ARM64 -> folder.resolve("lib").resolve("app");
      case MAC -> folder.resolve("Contents").resolve("app");
      case WINDOWS -> folder.resolve("app");
    };
  }

  /// Runs the image once on everyday work and keeps the classes it loaded and linked; a later start
  /// maps them. The archive holds the jars' times: they must not change afterwards.
  ///
  /// @return the archive
  Path train(List<String> work, Path home, Path log) throws IOException, InterruptedException {
    setTimes();
    Path archive = application().resolve("sluice.aot");
    Map<String, String> environment =
        Map.of(
            "JAVA_TOOL_OPTIONS", "-XX:AOTCacheOutput=" + archive, "SLUICE_HOME", home.toString());
    List<String> command = new ArrayList<>(List.of(launcher().toString()));
    command.addAll(work);
    int code = new Tool(log, environment).start(home, command);
    if (code != 0 || !Files.exists(archive)) {
      throw new PackagingProblem(
          "the first run of the image failed (" + code + "); its output is in " + log);
    }
    Path settings = application().resolve(name + ".cfg");
    Files.writeString(settings, withArchive(Files.readString(settings)));
    Files.setLastModifiedTime(archive, FileTime.from(Jars.TIME));
    return archive;
  }

  /// The launcher's settings with the archive among the JVM's options. At the end of the file it
  /// would belong to whatever section is last, which need not be the JVM's: the launcher then
  /// passes over it without a word, and every start is a slow one.
  static String withArchive(String settings) {
    String section = "[JavaOptions]\n";
    int at = settings.indexOf(section);
    if (at < 0) {
      throw new PackagingProblem("the launcher's settings have no section for the JVM's options");
    }
    int first = at + section.length();
    return settings.substring(0, first)
        + "java-options=-XX:AOTCache=$APPDIR/sluice.aot\n"
        + settings.substring(first);
  }

  private void setTimes() throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              Files.setLastModifiedTime(file, FileTime.from(Jars.TIME));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
