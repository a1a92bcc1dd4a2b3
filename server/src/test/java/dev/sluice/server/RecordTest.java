package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.VerifiedPolicy;
import dev.sluice.gateway.workspace.TimelinePage;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.governance.audit.Checkpoint;
import dev.sluice.governance.audit.MerkleProofs;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.InclusionProof;
import dev.sluice.governance.codec.wire.Receipt;
import dev.sluice.governance.codec.wire.StatementIntent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordTest {

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anIntentIsAcknowledgedOnceHoweverOftenItIsSent() throws Exception {
    HttpServerClient analyst = server.signIn("analyst");
    StatementIntent intent = TestServer.reading("SELECT id FROM orders");
    Receipt first = analyst.intent(intent);
    Receipt second = analyst.intent(intent);
    assertThat(second.sequence()).isEqualTo(first.sequence());
    assertThat(Codes.of(() -> server.signIn("other").intent(intent))).isEqualTo("conflict");
  }

  @Test
  void noReceiptIsGivenForWhatTheServerWouldNotAllow() throws Exception {
    HttpServerClient analyst = server.signIn("analyst");
    for (String statement :
        List.of(
            "DROP TABLE orders",
            "UPDATE orders SET status = 'x' WHERE id = 1",
            "SELECT id FROM customers WHERE ssn = '1'",
            "not sql at all")) {
      assertThat(Codes.of(() -> analyst.intent(TestServer.reading(statement))))
          .as(statement)
          .isEqualTo("server-decided-otherwise");
      assertThat(Codes.of(() -> analyst.intent(TestServer.intent(Ids.next(), statement, "deny"))))
          .isEqualTo("ok");
    }
  }

  @Test
  void labelsOfAStatementAreInTheLog() throws Exception {
    HttpServerClient analyst = server.signIn("analyst");
    StatementIntent plain = TestServer.reading("SELECT id FROM orders /*run='7',commit='x'*/");
    StatementIntent labelled =
        JsonCodec.read(
            JsonCodec.write(plain)
                .replace(
                    "\"labels\":{}", "\"labels\":{\"workflow\":\"nightly\",\"commit\":\"4f2a\"}")
                .replaceFirst("\"printed\":\"[^\"]*\"", "\"printed\":\"SELECT id FROM orders\""),
            StatementIntent.class);
    analyst.intent(labelled);
    TimelinePage.Entry entry =
        analyst.timeline(new TimelineQuery("", Long.MAX_VALUE, 1)).entries().getFirst();
    assertThat(entry.detail()).contains("commit=4f2a, run=7, workflow=nightly");
    StatementIntent wrong =
        JsonCodec.read(
            JsonCodec.write(plain).replace("\"labels\":{}", "\"labels\":{\"A B\":\"x\"}"),
            StatementIntent.class);
    assertThat(Codes.of(() -> analyst.intent(wrong))).isEqualTo("malformed");
  }

  @Test
  void anEqualityBudgetIsSpentAcrossSessions() throws Exception {
    String search = "SELECT id FROM customers WHERE email = 'person%d@acme.test'";
    for (int person = 1; person <= 3; person++) {
      String statement = search.formatted(person);
      HttpServerClient session = server.signIn("other");
      assertThat(Codes.of(() -> session.intent(TestServer.reading(statement)))).isEqualTo("ok");
    }
    HttpServerClient again = server.signIn("other");
    assertThat(Codes.of(() -> again.intent(TestServer.reading(search.formatted(4)))))
        .isEqualTo("server-decided-otherwise");
    assertThat(Codes.of(() -> again.intent(TestServer.reading(search.formatted(1)))))
        .isEqualTo("ok");
    HttpServerClient analyst = server.signIn("analyst");
    assertThat(Codes.of(() -> analyst.intent(TestServer.reading(search.formatted(4)))))
        .isEqualTo("ok");
  }

  @Test
  void anEntryIsProvenToBeInTheLog() throws Exception {
    Receipt receipt = server.signIn("analyst").intent(TestServer.reading("SELECT id FROM orders"));
    RawClient raw = RawClient.signIn(server.server().address(), "other");
    InclusionProof proof =
        JsonCodec.read(
            raw.send("GET", "/v1/log/inclusion?sequence=" + receipt.sequence(), "").body(),
            InclusionProof.class);
    Checkpoint checkpoint =
        Checkpoint.open(proof.checkpoint(), server.trust().logOrigin(), server.trust().logKey())
            .orElseThrow();
    List<byte[]> path =
        proof.path().stream().map(hash -> Base64.getDecoder().decode(hash)).toList();
    assertThat(proof.leafHash()).isEqualTo(receipt.leafHash());
    assertThat(
            MerkleProofs.included(
                Base64.getDecoder().decode(receipt.leafHash()),
                receipt.sequence() - 1,
                checkpoint.size(),
                path,
                checkpoint.rootBytes()))
        .isTrue();
  }

  @Test
  void aTimelineShowsOnlyOnesOwnAndFoldsTheEndIntoTheBeginning() throws Exception {
    HttpServerClient other = server.signIn("other");
    HttpServerClient analyst = server.signIn("analyst");
    StatementIntent intent = TestServer.reading("SELECT total FROM orders WHERE id = 4711");
    analyst.intent(intent);
    assertThat(analyst.timeline(new TimelineQuery("4711", Long.MAX_VALUE, 10)).entries())
        .extracting(TimelinePage.Entry::title)
        .containsExactly("Started");
    analyst.outcome(TestServer.completed(intent.id(), 3));
    assertThat(Codes.of(() -> other.outcome(TestServer.completed(intent.id(), 3))))
        .isEqualTo("not-found");

    TimelinePage found = analyst.timeline(new TimelineQuery("4711 tot", Long.MAX_VALUE, 10));
    assertThat(found.entries()).hasSize(1);
    assertThat(found.entries().getFirst().title()).isEqualTo("Ran");
    assertThat(found.entries().getFirst().rows()).isEqualTo(3);
    assertThat(found.entries().getFirst().statement()).isEqualTo(intent.statement());
    assertThat(other.timeline(new TimelineQuery("4711", Long.MAX_VALUE, 10)).entries()).isEmpty();
    assertThat(analyst.timeline(new TimelineQuery("\"zzz* OR --", Long.MAX_VALUE, 10)).entries())
        .isEmpty();
  }

  @Test
  void aTimelineIsReadPageByPage() throws Exception {
    HttpServerClient owner = server.signIn("owner");
    for (int i = 0; i < 25; i++) {
      owner.intent(TestServer.intent(Ids.next(), "SELECT paged " + i, "deny"));
    }
    List<Long> seen = new ArrayList<>();
    long before = Long.MAX_VALUE;
    TimelinePage page;
    do {
      page = owner.timeline(new TimelineQuery("paged", before, 10));
      page.entries().forEach(entry -> seen.add(entry.sequence()));
      before = page.entries().getLast().sequence();
    } while (page.more());
    assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    assertThat(seen).isSortedAccordingTo((a, b) -> Long.compare(b, a));
  }

  @Test
  void anUnreadablePolicyIsRefusedWithItsPlaceAndTheOldOneStays() throws Exception {
    HttpServerClient admin = server.signIn("admin");
    VerifiedPolicy before = admin.policy();
    assertThat(Codes.of(() -> admin.publishPolicy("version: 2\nrulez: []\n", "")))
        .isEqualTo("policy-unreadable");
    assertThat(Codes.of(() -> admin.publishPolicy(TestServer.POLICY, "")))
        .isEqualTo("policy-version");
    assertThat(Codes.of(() -> server.signIn("analyst").publishPolicy(TestServer.POLICY, "")))
        .isEqualTo("forbidden");
    assertThat(admin.policy()).isEqualTo(before);
    assertThat(before.yaml()).isEqualTo(TestServer.POLICY);
    try {
      admin.publishPolicy("version: 2\nrulez: []\n", "");
    } catch (dev.sluice.gateway.workspace.WorkspaceProblem e) {
      assertThat(e).hasMessageContaining("policy.yaml:2:");
    }
  }
}
