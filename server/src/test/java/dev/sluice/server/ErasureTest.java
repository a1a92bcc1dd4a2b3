package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.FileTrustMemory;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review.Verdict;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.Receipt;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.server.directory.AccountSeed;
import dev.sluice.server.ledger.Erasures;
import dev.sluice.server.ledger.Erasures.Erasure;
import dev.sluice.server.ledger.Erasures.NewErasure;
import dev.sluice.server.store.StoreConfig;
import dev.sluice.server.verify.LedgerVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureTest {

  private static final String SECRET = "zzplantedzz";

  @TempDir Path folder;

  private ServerConfig config(ServerConfig usual) {
    List<AccountSeed> people = new ArrayList<>(usual.accounts());
    for (String name : List.of("keeper", "second-keeper")) {
      people.add(
          AccountSeed.person(
              name, name, "", Set.of("ops"), Set.of("server-admin"), TestServer.PASSWORD));
    }
    return usual.withAccounts(people);
  }

  @Test
  void theRowsOfAChangeGoWithItsEntries() throws Exception {
    try (TestServer server = TestServer.start(folder, this::config)) {
      HttpServerClient analyst = server.signIn("analyst");
      String id =
          server
              .approvedRun(analyst, "UPDATE orders SET status = status WHERE id = 3")
              .request()
              .id();
      assertThat(analyst.requests().changes(id)).hasSize(1);
      long entry =
          analyst.timeline(new TimelineQuery("status", Long.MAX_VALUE, 10)).entries().stream()
              .filter(shown -> shown.title().equals("Asked for approval"))
              .findFirst()
              .orElseThrow()
              .sequence();
      RawClient keeper = RawClient.signIn(server.server().address(), "keeper");
      RawClient second = RawClient.signIn(server.server().address(), "second-keeper");
      NewErasure wanted = new NewErasure(List.of(entry), "", "asked for by the person");
      Erasure erasure =
          JsonCodec.read(
              keeper.send("POST", "/v1/erasures", JsonCodec.write(wanted)).body(), Erasure.class);
      String confirmation = "/v1/erasures/" + erasure.id() + "/confirmation";
      assertThat(second.send("POST", confirmation, "").statusCode()).isEqualTo(200);
      assertThat(analyst.requests().changes(id)).isEmpty();
    }
  }

  @Test
  void whatIsErasedIsInNoFileOfTheStoreAndEveryProofStillHolds() throws Exception {
    Path memory = folder.resolve("seen.json");
    try (TestServer server =
        TestServer.start(
            folder,
            usual ->
                config(usual)
                    .withStore(new StoreConfig.Sqlite(folder.resolve("sluice-server.db"))))) {
      HttpServerClient analyst = server.signIn("analyst", new FileTrustMemory(memory));
      StatementIntent intent =
          TestServer.reading("SELECT id FROM orders WHERE status = '" + SECRET + "'");
      Receipt receipt = analyst.intent(intent);
      analyst.outcome(TestServer.completed(intent.id(), 3));
      ApprovalRequest asked =
          analyst.requestApproval(
              TestServer.wants("UPDATE orders SET status = '" + SECRET + "' WHERE id = 3"));
      long request =
          analyst.timeline(new TimelineQuery(SECRET, Long.MAX_VALUE, 10)).entries().stream()
              .filter(entry -> entry.title().equals("Asked for approval"))
              .findFirst()
              .orElseThrow()
              .sequence();
      for (int i = 0; i < 40; i++) {
        analyst.intent(TestServer.reading("SELECT id FROM orders WHERE id = " + i));
      }
      assertThat(filesWith(SECRET)).isNotEmpty();

      RawClient keeper = RawClient.signIn(server.server().address(), "keeper");
      RawClient second = RawClient.signIn(server.server().address(), "second-keeper");
      NewErasure wanted =
          new NewErasure(List.of(receipt.sequence(), request), "", "asked for by the person");
      Erasure erasure =
          JsonCodec.read(
              keeper.send("POST", "/v1/erasures", JsonCodec.write(wanted)).body(), Erasure.class);
      String confirmation = "/v1/erasures/" + erasure.id() + "/confirmation";
      assertThat(RawClient.code(keeper.send("POST", confirmation, ""))).isEqualTo("not-erasable");
      assertThat(RawClient.code(second.send("POST", confirmation, "")))
          .as("the request is still open")
          .isEqualTo("not-erasable");
      server.signIn("owner").review(asked.id(), Verdict.REJECT, "no");

      assertThat(second.send("POST", confirmation, "").statusCode()).isEqualTo(200);
      assertThat(filesWith(SECRET)).isEmpty();
      assertThat(analyst.timeline(new TimelineQuery(SECRET, Long.MAX_VALUE, 10)).entries())
          .noneMatch(entry -> entry.statement().contains(SECRET));
      assertThat(analyst.timeline(new TimelineQuery("orders", Long.MAX_VALUE, 100)).entries())
          .hasSize(40);
      assertThat(analyst.verify().verified()).isTrue();
      assertThat(analyst.verify().message()).contains("4 of them erased");
      assertThat(analyst.request(asked.id()).capsule().text()).isEqualTo("(erased)");
      assertThat(RawClient.code(second.send("POST", confirmation, ""))).isEqualTo("conflict");
      Erasures.ErasureList list =
          JsonCodec.read(keeper.send("GET", "/v1/erasures", "").body(), Erasures.ErasureList.class);
      assertThat(list.erasures().getFirst().entries()).isEqualTo(4);

      Path export = folder.resolve("export.jsonl");
      Files.writeString(
          export,
          RawClient.signIn(server.server().address(), "auditor")
              .send("GET", "/v1/log/export", "")
              .body());
      LedgerVerifier.Report report =
          LedgerVerifier.verify(export, Optional.of(server.server().info().logKey()));
      assertThat(report.intact()).isTrue();
      assertThat(report.erased()).isEqualTo(4);
    }
    try (TestServer again = TestServer.start(folder, this::config)) {
      assertThat(again.signIn("analyst", new FileTrustMemory(memory)).verify().verified()).isTrue();
    }
  }

  @Test
  void whatIsOlderThanItsKindIsKeptIsErasedAndNothingElse() throws Exception {
    MovableClock clock = new MovableClock();
    try (TestServer server =
        TestServer.start(
            folder,
            usual ->
                config(usual)
                    .withClock(clock)
                    .withOperations(
                        Operations.standard()
                            .withKept(Map.of("statement.", Duration.ofDays(30)))))) {
      server.signIn("analyst").intent(TestServer.reading("SELECT id FROM orders WHERE id = 1"));
      clock.pass(Duration.ofDays(31));
      HttpServerClient analyst = server.signIn("analyst", TrustMemory.inMemory());
      analyst.intent(TestServer.reading("SELECT id FROM orders WHERE id = 2"));
      server.server().sweepSeldom();
      assertThat(analyst.timeline(new TimelineQuery("orders", Long.MAX_VALUE, 10)).entries())
          .singleElement()
          .satisfies(entry -> assertThat(entry.statement()).endsWith("= 2"));
      assertThat(analyst.verify().message()).contains("1 of them erased");
      assertThat(analyst.timeline(new TimelineQuery("", Long.MAX_VALUE, 50)).entries())
          .filteredOn(entry -> entry.title().equals("Signed in"))
          .hasSizeGreaterThanOrEqualTo(2);
    }
  }

  /// The store's files in which a text stands.
  private List<Path> filesWith(String text) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(one -> one.toString().contains("server.db")).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }
}
