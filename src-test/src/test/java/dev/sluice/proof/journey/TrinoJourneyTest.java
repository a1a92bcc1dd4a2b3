package dev.sluice.proof.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.results.ResultViewModel;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.governance.codec.wire.ConnectionDiagnosis;
import dev.sluice.governance.codec.wire.ConnectionSecrets;
import dev.sluice.governance.codec.wire.ConnectionSpec;
import dev.sluice.governance.codec.wire.NewConnection;
import dev.sluice.proof.trino.TrinoServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real Trino under a server's care, from the administrator's form to the analyst's window.
@Tag("proof")
class TrinoJourneyTest {

  private static final String POLICY =
      """
      version: 1
      expires: 2099-12-31T00:00:00Z
      connections:
        - {name: lake, environment: production, owner: data-platform}
      classifications:
        - {tag: pii.phone, columns: [tiny.customer.phone]}
      masks:
        pii.phone: {algorithm: keep-last, count: 4, uses: deny}
      rules:
        - id: ask-for-orders
          when: '"tpch.tiny.orders" in statement.tables'
          effect: require-approval
          approvers: {any-of: [group:data-owners], quorum: 1, decide-within: 8h, use-within: 1h, executions: 1}
        - id: analysts-read
          when: '"analysts" in user.groups && statement.reads_only'
          effect: allow
          limits: {rows: 1000, seconds: 30}
      """;

  @Test
  void an_analyst_works_with_trino_masked_and_asks_where_the_policy_says(@TempDir Path folder)
      throws Exception {
    try (TrinoServer trino =
            TrinoServer.start(
                folder.resolve("trino.log"),
                // Its first statement takes as long as the next hundred.
                "SELECT custkey, name, phone FROM tpch.tiny.customer ORDER BY custkey");
        SmallWorld world = SmallWorld.empty(folder, POLICY)) {
      ConnectionDiagnosis diagnosis = add(world, trino.port());
      assertThat(diagnosis.usable()).as("%s", diagnosis).isTrue();
      assertThat(diagnosis.steps())
          .anySatisfy(step -> assertThat(step.detail()).contains("lent the same login"));

      Screen analyst = world.window("analyst", "trino", 1280, 800, "light");
      ResultViewModel masked =
          analyst.ask(
              "SELECT custkey, name, phone FROM tpch.tiny.customer ORDER BY custkey LIMIT 20");
      analyst.picture("masked");
      analyst.await(
          "the masked number",
          () -> masked.cell(0, 2).filter("***********2988"::equals).isPresent());

      analyst.ask("SELECT custkey FROM customer WHERE phone LIKE '2%'");
      analyst.picture("denied");

      analyst.ask("SELECT count(*) FROM orders");
      analyst.fire(ControlIds.APPROVAL_ASK);
      analyst.set(ControlIds.REQUEST_REASON, "The month's figures");
      analyst.fire(ControlIds.REQUEST_SUBMIT).picture("waiting");
      Screen owner = world.window("owner", "trino-owner", 1280, 800, "light");
      owner.navigate("inbox").awaitText("inbox-request", "orders");
      owner.picture("inbox");
      owner.fire(ControlIds.INBOX_APPROVE);
      analyst.awaitShown(ControlIds.RUN_APPROVED).fire(ControlIds.RUN_APPROVED);
      analyst.await(
          "the number of orders",
          () ->
              analyst
                  .window()
                  .activeTab()
                  .flatMap(tab -> tab.results().shownProperty().get())
                  .flatMap(result -> result.cell(0, 0))
                  .filter("15000"::equals)
                  .isPresent());
      analyst.picture("approved");
    }
  }

  private static ConnectionDiagnosis add(SmallWorld world, int port) throws Exception {
    var admin = world.client("admin").administration();
    admin.addConnection(
        new NewConnection(
            new ConnectionSpec(
                "lake",
                "trino",
                "127.0.0.1",
                port,
                "tpch/tiny",
                false,
                "production",
                "data-platform",
                List.of(),
                "sluice_writer",
                "sluice_reader",
                10_000,
                "direct"),
            new ConnectionSecrets("not sent", "not sent either")));
    return admin.testConnection("lake");
  }
}
