package dev.sluice.app.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlFileTest {

  @TempDir Path folder;

  private Path file(byte[] bytes) throws Exception {
    return Files.write(folder.resolve("a.sql"), bytes);
  }

  @Test
  void encoding_mark_and_line_ends_are_as_they_were_after_saving() throws Exception {
    Charset windows = Charset.forName("windows-1252");
    byte[][] contents = {
      "SELECT 'ä';\nSELECT 2;\n".getBytes(StandardCharsets.UTF_8),
      "SELECT 'ä';\r\nSELECT 2;\r\n".getBytes(StandardCharsets.UTF_8),
      "\uFEFFSELECT 'ä';\r\n".getBytes(StandardCharsets.UTF_8),
      "\uFEFFSELECT 'ä';\n".getBytes(StandardCharsets.UTF_16LE),
      "\uFEFFSELECT 'ä';\n".getBytes(StandardCharsets.UTF_16BE),
      "SELECT 'ä', '€';\r\n".getBytes(windows),
    };
    for (byte[] content : contents) {
      SqlFile.Opened opened = SqlFile.open(file(content));
      assertThat(opened.text()).startsWith("SELECT 'ä'").doesNotContain("\r").contains("\n");

      SqlFile saved = opened.file().save(opened.text());
      assertThat(Files.readAllBytes(saved.path())).isEqualTo(content);
      assertThat(saved.hasChanged()).isFalse();
    }
  }

  @Test
  void what_somebody_else_wrote_meanwhile_is_noticed() throws Exception {
    SqlFile.Opened opened = SqlFile.open(file("SELECT 1".getBytes(StandardCharsets.UTF_8)));
    assertThat(opened.file().hasChanged()).isFalse();

    Files.writeString(opened.file().path(), "SELECT 2");

    assertThat(opened.file().hasChanged()).isTrue();
  }

  @Test
  void a_character_that_the_files_encoding_lacks_is_refused_and_the_file_stays() throws Exception {
    byte[] content = "SELECT 'ä'".getBytes(Charset.forName("windows-1252"));
    SqlFile.Opened opened = SqlFile.open(file(content));

    assertThatThrownBy(() -> opened.file().save("SELECT '日本'"))
        .isInstanceOf(SqlFile.Problem.class)
        .hasMessageContaining("UTF-8");
    assertThat(Files.readAllBytes(opened.file().path())).isEqualTo(content);
  }

  @Test
  void a_place_that_cannot_be_written_is_said_in_words() {
    SqlFile nowhere = SqlFile.fresh(folder.resolve("missing").resolve("b.sql"));
    assertThatThrownBy(() -> nowhere.save("SELECT 1"))
        .isInstanceOf(SqlFile.Problem.class)
        .hasMessageContaining("cannot be written");
    assertThatThrownBy(() -> SqlFile.open(folder)).hasMessageContaining("is not a file");
  }
}
