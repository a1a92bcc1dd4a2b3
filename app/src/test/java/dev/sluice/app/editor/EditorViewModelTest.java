package dev.sluice.app.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.fake.FakeServer;
import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EditorViewModelTest {

  private final FakeServer server = new FakeServer();
  private EditorViewModel model;

  @BeforeEach
  void open() throws WorkspaceProblem {
    Background background = Background.direct();
    var workspace = server.withPassword("analyst", FakeServer.PASSWORD.toCharArray());
    Session session = new Session(workspace, background);
    model = new EditorViewModel(session, background, Messages.in(Locale.ENGLISH));
    model.connectionProperty().set(Optional.of(workspace.connections().getFirst()));
  }

  @Test
  void the_button_names_the_statement_under_the_caret() {
    model.textProperty().set("SELECT 1; SELECT 2; SELECT 3");
    model.caretProperty().set(12);

    assertThat(model.runLabel()).isEqualTo("Run statement (2 of 3)");
  }

  @Test
  void one_statement_needs_no_count() {
    model.textProperty().set("SELECT 1");

    assertThat(model.runLabel()).isEqualTo("Run statement");
  }

  @Test
  void the_statement_handed_over_is_the_one_at_the_caret() {
    List<StatementText> run = new ArrayList<>();
    model.textProperty().set("SELECT 1;\nDELETE FROM t;\n");
    model.caretProperty().set(11);
    model.withCurrentStatement(run::add, () -> {});

    assertThat(run).containsExactly(new StatementText("DELETE FROM t", new Span(10, 23)));
  }

  @Test
  void an_empty_text_has_no_statement() {
    List<String> told = new ArrayList<>();
    model.textProperty().set("-- only a comment\n");
    model.withCurrentStatement(statement -> told.add("ran"), () -> told.add("none"));

    assertThat(told).containsExactly("none");
  }

  @Test
  void every_statement_gets_a_verdict_while_typing() {
    model
        .textProperty()
        .set("SELECT * FROM customers;\nDROP TABLE orders;\nUPDATE o SET a=1 WHERE b=2;");

    assertThat(kinds())
        .containsExactly(VerdictKind.MASKED, VerdictKind.BLOCKED, VerdictKind.NEEDS_APPROVAL);
  }

  @Test
  void a_statement_that_moved_keeps_its_verdict_and_place() {
    model.textProperty().set("DROP TABLE orders");
    model.textProperty().set("SELECT 1;\nDROP TABLE orders");

    assertThat(
            model
                .paintingProperty()
                .get()
                .verdicts()
                .overlays(model.paintingProperty().get().reading().statements()))
        .contains(new Highlighter.Overlay(new Span(10, 27), "sql-refused"));
  }

  @Test
  void without_a_connection_nothing_is_decided() {
    model.connectionProperty().set(Optional.empty());
    model.textProperty().set("DROP TABLE orders");

    assertThat(model.currentVerdict()).isEmpty();
  }

  @Test
  void a_fix_falls_where_its_statement_is_now() {
    model.textProperty().set("SELECT 1;\nUPDATE orders SET status = 'x'");
    model.caretProperty().set(15);
    var fix = model.fixes().getFirst();
    StatementText asked = model.currentStatement().orElseThrow();
    model.textProperty().set("\n\nSELECT 1;\nUPDATE orders SET status = 'x'");

    assertThat(model.placeOf(asked, fix)).contains(new Span(42, 42));
    model.textProperty().set("SELECT 1");
    assertThat(model.placeOf(asked, fix)).isEmpty();
  }

  private List<VerdictKind> kinds() {
    return model.paintingProperty().get().reading().statements().stream()
        .map(statement -> model.paintingProperty().get().verdicts().of(statement).orElseThrow())
        .map(VerdictKind::of)
        .toList();
  }
}
