package dev.sluice.app.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.fake.FakeServer;
import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExplorerViewModelTest {

  private final FakeServer server = new FakeServer();
  private ExplorerViewModel model;

  @BeforeEach
  void open() throws WorkspaceProblem {
    Background background = Background.direct();
    var workspace = server.withPassword("analyst", FakeServer.PASSWORD.toCharArray());
    model =
        new ExplorerViewModel(
            new Session(workspace, background), background, Messages.in(Locale.ENGLISH));
  }

  private List<String> labels(ExplorerNode parent) {
    return model.children(parent).stream().map(ExplorerNode::label).toList();
  }

  private ExplorerNode shop() {
    return model.children(new ExplorerNode.Group("production")).getFirst();
  }

  @Test
  void connections_stand_under_their_environment() {
    model.load();

    assertThat(labels(new ExplorerNode.Root())).containsExactly("production", "development");
    assertThat(labels(new ExplorerNode.Group("production"))).containsExactly("shop");
  }

  @Test
  void a_connection_is_read_when_it_is_opened() {
    model.load();
    assertThat(labels(shop())).containsExactly("Reading…");

    model.open("shop", false);
    assertThat(labels(shop())).containsExactly("public", "reporting");
  }

  @Test
  void the_search_finds_tables_by_their_columns() {
    model.load();
    model.open("shop", false);
    model.searchProperty().set("CARD_num");

    assertThat(labels(new ExplorerNode.Schema("shop", "public"))).containsExactly("payments");
  }

  @Test
  void a_column_says_why_it_is_masked() {
    model.load();
    model.open("shop", false);
    ExplorerNode customers = model.children(new ExplorerNode.Schema("shop", "public")).getFirst();
    ExplorerNode.Column email =
        (ExplorerNode.Column)
            model.children(customers).stream()
                .filter(column -> column.label().equals("email"))
                .findFirst()
                .orElseThrow();

    assertThat(email.governance().orElseThrow().whoMaySee()).contains("Data owners");
  }

  @Test
  void a_server_that_is_away_is_said_in_the_tree() {
    server.away = true;
    model.load();

    assertThat(labels(new ExplorerNode.Root()).getFirst()).contains("does not answer");
  }
}
