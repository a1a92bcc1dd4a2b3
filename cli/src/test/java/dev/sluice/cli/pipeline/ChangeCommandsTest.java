package dev.sluice.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.world.AgentShop;
import dev.sluice.cli.world.CommandProcess;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.codec.wire.NewApproval;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Trying, running, looking at and taking back a change from the command line, on a real
/// PostgreSQL.
class ChangeCommandsTest {

  private static final Pattern ASKED = Pattern.compile("Asked as ([0-9a-f]{32})\\.");

  @TempDir Path folder;

  private record Said(int code, String out, String errors) {}

  private Said sluice(AgentShop shop, String account, String... words) throws Exception {
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(List.of("--server", shop.address().toString()));
    Process process =
        CommandProcess.start(
            folder.resolve("home-" + account),
            errors,
            Map.of("SLUICE_ACCOUNT", account, "SLUICE_PASSWORD", AgentShop.PASSWORD),
            arguments.toArray(String[]::new));
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), out, Files.readString(errors));
  }

  @Test
  void aChangeIsTriedRunLookedAtAndTakenBack() throws Exception {
    try (AgentShop shop = AgentShop.open(folder.resolve("shop"));
        HttpServerClient analyst = shop.signIn("analyst");
        HttpServerClient owner = shop.signIn("owner")) {
      String before = shop.look("SELECT status FROM orders WHERE id = 7");
      ApprovalRequest asked =
          analyst.requestApproval(
              new NewApproval(
                  "shop",
                  "UPDATE orders SET status = 'void' WHERE id = 7",
                  List.of(),
                  "a wrong order",
                  "cli",
                  Map.of()));

      Said tried = sluice(shop, "owner", "request", "try", asked.id());
      assertThat(tried.code()).as(tried.errors()).isZero();
      assertThat(tried.out())
          .contains("It would change 1 row; nothing was kept.")
          .contains(before + " -> void");
      assertThat(shop.look("SELECT status FROM orders WHERE id = 7")).isEqualTo(before);

      Said early = sluice(shop, "analyst", "request", "run", asked.id());
      assertThat(early.code()).isEqualTo(1);
      assertThat(early.errors()).contains("approved").doesNotContain("Exception");

      owner.review(asked.id(), Review.Verdict.APPROVE, "fine");
      Said ran = sluice(shop, "analyst", "request", "run", asked.id());
      assertThat(ran.code()).as(ran.errors()).isZero();
      assertThat(ran.out()).contains("Ran; it changed 1 row.");
      assertThat(shop.look("SELECT status FROM orders WHERE id = 7")).isEqualTo("void");

      Said again = sluice(shop, "analyst", "request", "run", asked.id());
      assertThat(again.code()).isEqualTo(1);

      Said changes = sluice(shop, "analyst", "request", "changes", asked.id());
      assertThat(changes.out())
          .contains("changed 1 row.")
          .contains(before + " -> void")
          .contains("It can be taken back with: ");

      Said undo =
          sluice(shop, "analyst", "request", "undo", asked.id(), "--reason", "it was right");
      assertThat(undo.code()).as(undo.errors()).isZero();
      Matcher id = ASKED.matcher(undo.out());
      assertThat(id.find()).as(undo.out()).isTrue();
      assertThat(undo.out()).contains("Once approved: sluice request run " + id.group(1));
      owner.review(id.group(1), Review.Verdict.APPROVE, "fine");
      Said back = sluice(shop, "analyst", "request", "run", id.group(1));
      assertThat(back.code()).as(back.errors()).isZero();
      assertThat(shop.look("SELECT status FROM orders WHERE id = 7")).isEqualTo(before);

      Said nobody = sluice(shop, "analyst", "request", "undo", "0".repeat(32), "--reason", "x");
      assertThat(nobody.code()).isEqualTo(1);
      assertThat(nobody.errors()).contains("request").doesNotContain("Exception");
    }
  }
}
