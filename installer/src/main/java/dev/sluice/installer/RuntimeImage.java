package dev.sluice.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Links a Java runtime that holds only the modules in use.
final class RuntimeImage {

  private RuntimeImage() {}

  /// The modules that `jpackage/modules.txt` names.
  ///
  /// @param desktop whether those marked `[desktop]` are wanted
  static List<String> modules(Path list, boolean desktop) throws IOException {
    List<String> modules = new ArrayList<>();
    for (String line : Files.readAllLines(list)) {
      String text = line.strip();
      boolean marked = text.endsWith("[desktop]");
      if (!text.isEmpty() && !text.startsWith("#") && (desktop || !marked)) {
        modules.add(text.split(" ", -1)[0]);
      }
    }
    return List.copyOf(modules);
  }

  /// Links `modules`, and JavaFX where its jars are given, into a new folder.
  static void link(List<String> modules, List<Path> javaFx, Path libraries, Path to, Path log)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(modules);
    List<String> command = new ArrayList<>(List.of(Tool.ofJdk("jlink")));
    if (!javaFx.isEmpty()) {
      all.addAll(List.of("javafx.controls", "javafx.swing"));
      command.add("--module-path");
      command.add(
          String.join(java.io.File.pathSeparator, javaFx.stream().map(Path::toString).toList()));
    }
    command.addAll(
        List.of(
            "--add-modules",
            String.join(",", all),
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--include-locales=en,de",
            "--output",
            to.toString()));
    new Tool(log, java.util.Map.of()).run(libraries, command);
    if (!javaFx.isEmpty()) {
      boolean windows = Platform.current() == Platform.WINDOWS;
      Path home = to.resolve(windows ? "bin" : "lib");
      try (Stream<Path> files = Files.list(libraries)) {
        for (Path file : files.toList()) {
          Files.copy(file, home.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }
}
