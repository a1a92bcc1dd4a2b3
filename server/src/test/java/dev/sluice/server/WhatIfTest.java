package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.PolicyClient;
import dev.sluice.governance.codec.wire.WhatIfReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a policy would have done with what was run.
class WhatIfTest {

  @Test
  void aReplaySaysWhoWouldBeBlockedAskedOrSeeMore(@TempDir Path folder) throws Exception {
    try (TestServer server = TestServer.start(folder)) {
      HttpServerClient analyst = server.signIn("analyst");
      for (int i = 0; i < 3; i++) {
        analyst.intent(TestServer.reading("SELECT id FROM orders"));
      }
      analyst.intent(TestServer.reading("SELECT ssn FROM customers"));
      analyst.intent(TestServer.reading("SELECT name FROM customers"));
      PolicyClient admin = server.signIn("admin").policies();
      String draft =
          TestServer.POLICY
                  .replace("version: 1\n", "version: 2\n")
                  .replace("  - {tag: pii.national-id, columns: [customers.ssn]}\n", "")
                  .replace("  pii.national-id: {algorithm: keep-last, count: 4, uses: deny}\n", "")
              + """
                - id: nobody-reads-orders
                  when: '"public.orders" in statement.tables && statement.reads_only'
                  effect: block
                - id: names-are-asked-for
                  when: statement.columns.exists(c, c.endsWith("customers.name"))
                  effect: require-approval
                  approvers: {any-of: [group:data-owners]}
              """;
      WhatIfReport report = finished(admin, admin.whatIf(draft, 7));
      assertThat(report.state()).isEqualTo("done");
      assertThat(report.statements()).isEqualTo(5);
      assertThat(report.distinct()).isEqualTo(3);
      assertThat(report.newlyBlocked()).isEqualTo(3);
      assertThat(report.newlyAsking()).isEqualTo(1);
      assertThat(report.newlyExposed()).isEqualTo(1);
      assertThat(report.people())
          .containsExactly(new WhatIfReport.Person("local|analyst", 3, 1, 0, 1));
      assertThat(report.findings().getFirst().rule()).isEqualTo("nobody-reads-orders");
      assertThat(report.findings())
          .anySatisfy(
              finding -> assertThat(finding.columns()).containsExactly("public.customers.ssn"));

      WhatIfReport same = finished(admin, admin.whatIf(TestServer.POLICY, 7));
      assertThat(same.findings()).isEmpty();
      assertThat(Codes.of(() -> admin.whatIf(draft, 0))).isEqualTo("days-invalid");
      assertThat(Codes.of(() -> admin.whatIf("0123"))).isEqualTo("not-found");
    }
  }

  private static WhatIfReport finished(PolicyClient admin, WhatIfReport begun) throws Exception {
    WhatIfReport report = begun;
    for (int tries = 0; report.state().equals("running") && tries < 600; tries++) {
      Thread.sleep(50);
      report = admin.whatIf(report.id());
    }
    return report;
  }
}
