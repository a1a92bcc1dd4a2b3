package dev.sluice.gateway.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.TestPostgres;
import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.governance.codec.wire.ConnectionDiagnosis.Step;
import dev.sluice.governance.sql.Dialect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The trial of a connection says where it stops, against a real PostgreSQL.
class DirectTrialTest {

  @TempDir Path folder;

  private static DirectConnection to(
      String host, int port, String database, String user, boolean encrypted) {
    return new DirectConnection(
        "mine",
        Dialect.POSTGRESQL,
        host,
        port,
        database,
        user,
        encrypted,
        Optional.empty(),
        "development",
        Optional.empty());
  }

  private Step last(DirectConnection connection) {
    return DirectTrial.of(
            connection, new DirectSecrets("postgres", ""), folder.resolve("known_hosts"), "")
        .diagnosis()
        .steps()
        .getLast();
  }

  @Test
  void a_database_that_can_be_used_is_tried_to_its_catalog() throws Exception {
    ConnectionDefinition there = TestPostgres.database("trial_good", "CREATE TABLE t (id int)");
    Step step = last(to(there.host(), there.port(), there.database(), "postgres", false));
    assertThat(step.result()).isEqualTo("ok");
    assertThat(step.name()).isEqualTo("Read the catalog");
  }

  @Test
  void each_way_it_can_fail_has_its_own_words() throws Exception {
    ConnectionDefinition there = TestPostgres.database("trial_bad");
    assertThat(last(to("nobody.invalid", 5432, "x", "x", true)).name()).isEqualTo("Find the host");
    int free;
    try (ServerSocket taken = new ServerSocket(0)) {
      free = taken.getLocalPort();
    }
    assertThat(last(to("127.0.0.1", free, "x", "x", false)).detail()).contains("refused");
    assertThat(last(to("127.0.0.1", there.port(), "trial_bad", "nobody", false)).detail())
        .contains("does not let nobody in");
    assertThat(last(to("127.0.0.1", there.port(), "not_there", "postgres", false)).name())
        .isEqualTo("Find the database");
    assertThat(last(to("127.0.0.1", there.port(), "trial_bad", "postgres", true)).detail())
        .contains("does not offer encryption");
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Step step = last(to("127.0.0.1", silent.getLocalPort(), "x", "x", false));
      assertThat(step.detail()).contains("does not answer like postgresql");
    }
  }

  @Test
  void what_is_saved_comes_back_without_any_secret() throws Exception {
    DirectConnection connection =
        new DirectConnection(
            "mine",
            Dialect.MARIADB,
            "db.intern",
            3306,
            "shop",
            "ann",
            false,
            Optional.empty(),
            "production",
            Optional.of(
                new SshHop(
                    "jump.example.org",
                    2222,
                    "ann",
                    new SshHop.Proof.KeyFile(Path.of("/home/ann/.ssh/id_ed25519")))));
    try (DirectConnections all =
        new DirectConnections(folder.resolve("direct"), folder.resolve("known"))) {
      all.save(connection, new DirectSecrets("s3cr3t-word", "p4ss-phrase"));
      assertThat(all.list()).containsExactly(connection);
      assertThat(all.isUnlocked(connection)).isTrue();
    }
    assertThat(Files.readString(folder.resolve("direct").resolve("mine.properties")))
        .doesNotContain("s3cr3t-word")
        .doesNotContain("p4ss-phrase");
    try (DirectConnections later =
        new DirectConnections(folder.resolve("direct"), folder.resolve("known"))) {
      assertThat(later.list()).containsExactly(connection);
      assertThat(later.isUnlocked(connection)).isFalse();
    }
  }

  @Test
  void a_database_elsewhere_is_not_reached_in_the_clear() {
    assertThatThrownBy(() -> to("db.example.org", 5432, "shop", "ann", false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("encryption or through a tunnel");
    assertThatThrownBy(() -> to("localhost", 5432, "shop?ssl=off", "ann", false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
