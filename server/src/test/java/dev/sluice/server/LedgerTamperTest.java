package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.remote.FileTrustMemory;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.gateway.workspace.Integrity;
import dev.sluice.governance.audit.AuditChain;
import dev.sluice.governance.audit.ChainedEvent;
import dev.sluice.governance.audit.MerkleTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTamperTest {

  @TempDir Path folder;

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3 | UPDATE ledger_entry SET envelope = replace(envelope, '2', '3') WHERE sequence = 3
          5 | UPDATE ledger_entry SET hash = previous WHERE sequence = 5
          6 | DELETE FROM ledger_entry WHERE sequence = 6
          4 | UPDATE ledger_entry SET sequence = sequence * -1 WHERE sequence IN (4)
          """)
  void aChangedEntryIsNamed(long place, String tampering) throws Exception {
    Path memory = folder.resolve("seen.json");
    write(memory, 12);
    tamper(tampering);
    try (TestServer server = TestServer.start(folder);
        HttpServerClient auditor = server.signIn("auditor", TrustMemory.inMemory())) {
      Integrity integrity = auditor.verify();
      assertThat(integrity.verified()).isFalse();
      assertThat(integrity.upTo()).isEqualTo(place - 1);
    }
  }

  @Test
  void aServerWhoseLogWasCutOffDoesNotStart() throws Exception {
    write(folder.resolve("seen.json"), 12);
    tamper("DELETE FROM ledger_entry WHERE sequence > 8");
    assertThatThrownBy(() -> TestServer.start(folder))
        .hasMessageContaining("ends at entry 8")
        .hasMessageContaining("vouches for");
  }

  @Test
  void aHistoryRewrittenWithAllItsHashesIsRefusedByWhoeverSawTheOldOne() throws Exception {
    Path memory = folder.resolve("seen.json");
    write(memory, 12);
    rewriteEverythingAfter(4);
    try (TestServer server = TestServer.start(folder)) {
      assertThat(Codes.of(() -> server.signIn("analyst", new FileTrustMemory(memory))))
          .isEqualTo("server-not-trusted");
      assertThat(Codes.of(() -> server.signIn("analyst", TrustMemory.inMemory()))).isEqualTo("ok");
    }
  }

  @Test
  void anUntouchedLogStaysVerifiedAcrossARestart() throws Exception {
    Path memory = folder.resolve("seen.json");
    write(memory, 12);
    try (TestServer server = TestServer.start(folder);
        HttpServerClient analyst = server.signIn("analyst", new FileTrustMemory(memory))) {
      assertThat(analyst.verify().verified()).isTrue();
      assertThat(analyst.verify().message()).startsWith("Verified to #");
    }
  }

  private void write(Path memory, int intents) throws Exception {
    try (TestServer server = TestServer.start(folder);
        HttpServerClient analyst = server.signIn("analyst", new FileTrustMemory(memory))) {
      for (int i = 0; i < intents; i++) {
        analyst.intent(TestServer.reading("SELECT id FROM orders WHERE id = " + i));
      }
      assertThat(analyst.verify().verified()).isTrue();
    }
  }

  private Connection open() throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("sluice-server.db"));
  }

  private void tamper(String sql) throws Exception {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  /// What an operator with the files and without scruples would do.
  private void rewriteEverythingAfter(long place) throws Exception {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      List<ChainedEvent> entries = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery("SELECT * FROM ledger_entry ORDER BY sequence")) {
        while (rows.next()) {
          entries.add(
              new ChainedEvent(
                  rows.getLong("sequence"),
                  rows.getString("previous"),
                  rows.getString("envelope"),
                  rows.getString("hash")));
        }
      }
      statement.execute("DELETE FROM ledger_node");
      statement.execute("DELETE FROM checkpoint");
      Map<String, byte[]> nodes = new HashMap<>();
      String previous = AuditChain.GENESIS;
      for (ChainedEvent entry : entries) {
        String text =
            entry.sequence() == place
                ? entry.canonical().replaceFirst("\"at\":\"20", "\"at\":\"21")
                : entry.canonical();
        ChainedEvent forged = AuditChain.link(entry.sequence(), previous, text);
        previous = forged.hash();
        try (PreparedStatement update =
            connection.prepareStatement(
                "UPDATE ledger_entry SET previous = ?, envelope = ?, hash = ?"
                    + " WHERE sequence = ?")) {
          update.setString(1, forged.previous());
          update.setString(2, text);
          update.setString(3, forged.hash());
          update.setLong(4, forged.sequence());
          update.executeUpdate();
        }
        byte[] leaf = MerkleTree.leafHash(text.getBytes(StandardCharsets.UTF_8));
        for (MerkleTree.Node node :
            MerkleTree.append(
                entry.sequence() - 1, leaf, (level, index) -> nodes.get(level + "/" + index))) {
          nodes.put(node.level() + "/" + node.index(), node.hash());
          try (PreparedStatement insert =
              connection.prepareStatement("INSERT INTO ledger_node VALUES (?, ?, ?)")) {
            insert.setInt(1, node.level());
            insert.setLong(2, node.index());
            insert.setString(3, Base64.getEncoder().encodeToString(node.hash()));
            insert.executeUpdate();
          }
        }
      }
    }
  }
}
