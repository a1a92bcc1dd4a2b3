package dev.sluice.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A name is somebody's own choice: whatever it is, it is shown and never obeyed.
class NoticeCommandsTest {

  private static final String TITLE = "--icon=/etc/passwd $(id); \" & do shell script \"id\"";
  private static final String MESSAGE = "On <b>shop</b> & $(id). `id` \"; exit";

  @ParameterizedTest
  @ValueSource(strings = {"Linux", "Mac OS X", "Windows 11", "FreeBSD", ""})
  void words_are_never_a_part_of_a_command(String system) {
    List<String> command = NoticeCommands.on(system, TITLE, MESSAGE);
    int end = command.indexOf("--");
    List<String> obeyed = end < 0 ? command : command.subList(0, end);
    assertThat(obeyed).noneMatch(part -> part.contains("passwd") || part.contains("$(id)"));
    if (end >= 0) {
      assertThat(command.get(end + 1)).isEqualTo(TITLE);
      assertThat(command).hasSize(end + 3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Linux", "FreeBSD"})
  void where_a_body_may_hold_markup_it_holds_none(String system) {
    assertThat(NoticeCommands.on(system, TITLE, MESSAGE).getLast())
        .isEqualTo("On &lt;b&gt;shop&lt;/b&gt; &amp; $(id). `id` \"; exit");
  }
}
