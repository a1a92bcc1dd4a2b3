package dev.sluice.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.world.AgentShop;
import dev.sluice.cli.world.CommandProcess;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.SchemaClient;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.codec.wire.LabelReport;
import dev.sluice.governance.codec.wire.NewApproval;
import dev.sluice.governance.codec.wire.SchemaChange;
import dev.sluice.governance.codec.wire.SchemaComparison;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaLogTest {

  @TempDir static Path folder;

  @Test
  void whatEachWorkflowTouchedAndChangedIsToldFromTheLog() throws Exception {
    try (AgentShop shop = AgentShop.open(folder.resolve("labelled"));
        HttpServerClient agent = shop.signIn("agent");
        HttpServerClient owner = shop.signIn("owner");
        HttpServerClient admin = shop.signIn("admin")) {
      ApprovalRequest asked =
          agent.requestApproval(
              new NewApproval(
                  "shop",
                  "ALTER TABLE orders ADD COLUMN region varchar(20)",
                  List.of(),
                  "regions",
                  "mcp",
                  Map.of("workflow", "regions", "commit", "77b1")));
      owner.review(asked.id(), Review.Verdict.APPROVE, "fine");
      agent.runApproved(asked.id());
      Process reads =
          CommandProcess.start(
              folder.resolve("home-labels"),
              folder.resolve("errors-read.txt"),
              Map.of("SLUICE_ACCOUNT", "analyst", "SLUICE_PASSWORD", AgentShop.PASSWORD),
              "run",
              "--server",
              shop.address().toString(),
              "--connection",
              "shop",
              "--workflow",
              "reporting",
              "-f",
              Files.writeString(
                      folder.resolve("read.sql"),
                      "SELECT email FROM customers WHERE id = 1;\nSELECT status FROM orders WHERE"
                          + " id = 1 /*purpose='month%20end'*/;\n")
                  .toString());
      String ran = new String(reads.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(reads.waitFor())
          .as(ran + Files.readString(folder.resolve("errors-read.txt")))
          .isZero();

      LabelReport byWorkflow = admin.oversight().labels("workflow", 1);
      assertThat(byWorkflow.complete()).isTrue();
      LabelReport.Value reporting = value(byWorkflow, "reporting");
      assertThat(reporting.statements()).isEqualTo(2);
      assertThat(reporting.actors()).containsExactly("Ana Lyst");
      assertThat(reporting.tables())
          .extracting(LabelReport.Touched::name)
          .containsExactly("public.customers", "public.orders");
      assertThat(reporting.columns())
          .containsExactly(new LabelReport.Touched("shop", "public.customers.email", 1, 1));
      LabelReport.Value regions = value(byWorkflow, "regions");
      assertThat(regions.schemas()).hasSize(1);
      assertThat(regions.schemas().getFirst().changes().toString()).contains("orders.region");
      assertThat(regions.schemas().getFirst().request()).isEqualTo(asked.id());
      assertThat(value(admin.oversight().labels("purpose", 1), "month end").tables())
          .extracting(LabelReport.Touched::name)
          .containsExactly("public.orders");
      assertThatThrownBy(() -> owner.oversight().labels("workflow", 1))
          .isInstanceOfSatisfying(
              WorkspaceProblem.class, problem -> assertThat(problem.code()).isEqualTo("forbidden"));
      assertThatThrownBy(() -> admin.oversight().labels("No Label", 1))
          .isInstanceOfSatisfying(
              WorkspaceProblem.class,
              problem -> assertThat(problem.code()).isEqualTo("label-terms"));

      Process told =
          CommandProcess.start(
              folder.resolve("home-labels"),
              folder.resolve("errors-labels.txt"),
              Map.of("SLUICE_PASSWORD", AgentShop.PASSWORD),
              "labels",
              "--server",
              shop.address().toString(),
              "--account",
              "admin");
      String words = new String(told.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(told.waitFor())
          .as(words + Files.readString(folder.resolve("errors-labels.txt")))
          .isZero();
      assertThat(words)
          .contains("workflow=reporting")
          .contains("column  shop public.customers.email (sensitive; 1, masked in 1)")
          .contains("schema  shop + column public.orders.region");
    }
  }

  private static LabelReport.Value value(LabelReport report, String wanted) {
    return report.values().stream()
        .filter(each -> each.value().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + wanted + " in " + report));
  }

  @Test
  void everyChangeOfASchemaIsSomebodysOrShownAsNobodys() throws Exception {
    try (AgentShop shop = AgentShop.open(folder.resolve("server"));
        HttpServerClient analyst = shop.signIn("analyst");
        HttpServerClient agent = shop.signIn("agent");
        HttpServerClient owner = shop.signIn("owner")) {
      SchemaClient schemas = new SchemaClient(analyst);
      List<SchemaChange> first = schemas.log("shop").changes();
      assertThat(first).hasSize(1);
      assertThat(first.getFirst().cause()).isEmpty();

      // Somebody with a login of their own, past Sluice, right before an approved change.
      shop.execute("CREATE TABLE shadow (id int PRIMARY KEY)");
      ApprovalRequest asked =
          agent.requestApproval(
              new NewApproval(
                  "shop",
                  "ALTER TABLE orders ADD COLUMN channel varchar(20)",
                  List.of(),
                  "the shop sells by phone too",
                  "mcp",
                  Map.of("workflow", "shop@main", "commit", "4f2a")));
      owner.review(asked.id(), Review.Verdict.APPROVE, "fine");
      agent.runApproved(asked.id());

      List<SchemaChange> steps = schemas.log("shop").changes();
      assertThat(steps).hasSize(3);
      SchemaChange drift = steps.get(1);
      assertThat(drift.changes()).containsExactly("+ table public.shadow");
      assertThat(drift.cause()).isEmpty();
      SchemaChange made = steps.get(0);
      assertThat(made.changes()).hasSize(1);
      assertThat(made.changes().getFirst()).startsWith("+ column public.orders.channel");
      SchemaChange.Cause cause = made.cause().orElseThrow();
      assertThat(cause.actor()).isEqualTo("Ana's agent");
      assertThat(cause.actorKind()).isEqualTo("agent");
      assertThat(cause.onBehalfOf()).isEqualTo("Ana Lyst");
      assertThat(cause.labels())
          .containsEntry("workflow", "shop@main")
          .containsEntry("commit", "4f2a");
      assertThat(cause.approvedBy()).containsExactly("Olga Owner");
      assertThat(cause.requestId()).isEqualTo(asked.id());

      // What came and went is no difference between the ends, and still two steps.
      shop.execute("DROP TABLE shadow");
      SchemaComparison all = schemas.diff("shop", "1", "");
      assertThat(all.lines()).hasSize(1);
      assertThat(all.steps()).hasSize(3);
      assertThat(schemas.diff("shop", "2", "3").lines()).isEqualTo(made.changes());
      assertThat(schemas.diff("shop", made.fingerprint().substring(0, 12), "3").lines()).isEmpty();
      assertThat(schemas.diff("shop", first.getFirst().at().toString(), "3").from().number())
          .isEqualTo(1);
      assertThatThrownBy(() -> schemas.diff("shop", "99", "")).isInstanceOf(WorkspaceProblem.class);
      assertThatThrownBy(() -> schemas.log("nowhere")).isInstanceOf(WorkspaceProblem.class);

      Path out = folder.resolve("errors.txt");
      Process process =
          CommandProcess.start(
              folder.resolve("home"),
              out,
              Map.of("SLUICE_PASSWORD", AgentShop.PASSWORD),
              "schema",
              "diff",
              "--connection",
              "shop",
              "--server",
              shop.address().toString(),
              "--account",
              "analyst");
      String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(told + Files.readString(out)).isEqualTo(4);
      assertThat(told)
          .contains("unattributed: changed outside Sluice")
          .contains("by agent Ana's agent for Ana Lyst")
          .contains("commit=4f2a")
          .contains("approved by Olga Owner");
    }
  }
}
