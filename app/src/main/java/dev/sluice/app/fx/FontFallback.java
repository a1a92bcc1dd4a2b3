package dev.sluice.app.fx;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Lets the window start on a Linux without a single font: JavaFX takes its default font from
/// fontconfig and stops when there is none, before it could be given ours. So ours are put where
/// fontconfig looks, by the environment variable that it reads when it is first used.
final class FontFallback {

  private static final Logger LOG = System.getLogger(FontFallback.class.getName());
  private static final String VARIABLE = "FONTCONFIG_FILE";
  private static final List<String> FONTS =
      List.of("Inter-Regular.otf", "Inter-Bold.otf", "JetBrainsMono-Regular.ttf");

  private FontFallback() {}

  /// Does nothing on other systems and where there are fonts.
  static void prepare() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return;
    }
    String given = System.getenv(VARIABLE);
    if (given == null && anyFont()) {
      return;
    }
    try {
      Path folder = Files.createTempDirectory("sluice-fonts");
      folder.toFile().deleteOnExit();
      for (String font : FONTS) {
        copy(font, folder.resolve(font));
      }
      Path configuration = folder.resolve("fonts.conf");
      Files.writeString(configuration, configuration(folder, given));
      configuration.toFile().deleteOnExit();
      setEnvironment(VARIABLE, configuration.toString());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The fonts of Sluice cannot be offered to the system.", e);
    }
  }

  private static boolean anyFont() {
    String home = System.getProperty("user.home", "/");
    return Stream.of(
            Path.of("/usr/share/fonts"),
            Path.of("/usr/local/share/fonts"),
            Path.of(home, ".fonts"),
            Path.of(home, ".local", "share", "fonts"))
        .anyMatch(FontFallback::holdsFont);
  }

  private static boolean holdsFont(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(file -> file.toString().matches(".*\\.(ttf|otf|ttc)"));
    } catch (IOException | java.io.UncheckedIOException e) {
      return false;
    }
  }

  private static void copy(String font, Path target) throws IOException {
    try (InputStream stream =
        FontFallback.class.getResourceAsStream("/dev/sluice/app/fonts/" + font)) {
      if (stream == null) {
        throw new IOException("Missing in the program: " + font);
      }
      Files.copy(stream, target);
      target.toFile().deleteOnExit();
    }
  }

  private static String configuration(Path folder, @Nullable String given) {
    String system = given == null ? "/etc/fonts/fonts.conf" : given;
    return """
    <?xml version="1.0"?>
    <!DOCTYPE fontconfig SYSTEM "fonts.dtd">
    <fontconfig>
      <include ignore_missing="yes">%s</include>
      <dir>%s</dir>
      <cachedir>%s</cachedir>
    </fontconfig>
    """
        .formatted(system, folder, folder.resolve("cache"));
  }

  private static void setEnvironment(String name, String value) {
    Linker linker = Linker.nativeLinker();
    var symbol = linker.defaultLookup().find("setenv");
    if (symbol.isEmpty()) {
      return;
    }
    MethodHandle setenv =
        linker.downcallHandle(
            symbol.get(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      int failed = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
      if (failed != 0) {
        LOG.log(Level.WARNING, "The environment cannot be changed; fonts may be missing.");
      }
    } catch (Throwable e) {
      throw new IllegalStateException("setenv cannot be called.", e);
    }
  }
}
