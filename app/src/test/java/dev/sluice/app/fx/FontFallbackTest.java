package dev.sluice.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class FontFallbackTest {

  @TempDir Path folder;

  @Test
  void a_system_without_any_font_still_shows_text() throws Exception {
    Path nothing = folder.resolve("fonts.conf");
    Files.writeString(
        nothing, "<?xml version=\"1.0\"?><fontconfig><dir>" + folder + "</dir></fontconfig>");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Dglass.platform=Headless",
            "-Dprism.order=sw",
            "-cp",
            System.getProperty("java.class.path"),
            Shows.class.getName());
    builder.environment().put("FONTCONFIG_FILE", nothing.toString());
    Path output = folder.resolve("output");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();

    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(output)).contains("shown 1");
    assertThat(process.exitValue()).isZero();
  }

  /// Starts the toolkit and measures a text.
  public static final class Shows {
    public static void main(String[] arguments) {
      Toolkit.start();
      double width = Toolkit.call(() -> new Text("Sluice").getLayoutBounds().getWidth());
      System.out.println("shown " + (width > 1 ? 1 : 0));
      System.exit(0);
    }
  }
}
