package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Does what docs/quick-start/admin.md says, line by line, in an empty folder.
class QuickStartTest {

  @TempDir Path folder;

  @Test
  void anEmptyFolderBecomesAGovernedQueryAsThePageSays() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
      fill(postgres);
      int port = freePort();
      Files.writeString(folder.resolve("run.sh"), script(postgres.getPort(), port));
      Path output = folder.resolve("transcript.txt");
      Process process =
          new ProcessBuilder("bash", "-eu", "run.sh")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(240, TimeUnit.SECONDS);
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      String transcript = Files.readString(output);
      assertThat(ended).as(transcript).isTrue();
      assertThat(process.exitValue()).as(transcript).isZero();
      assertThat(transcript)
          .contains("ada is now server and policy administrator")
          .contains("Added shop. Its password is sealed")
          .contains("Version 1 is in force.")
          .contains("People can work with shop.")
          .contains("Masked: email.")
          .doesNotContain("grace@acme.test");
    }
  }

  private static void fill(EmbeddedPostgres postgres) throws Exception {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE sluice LOGIN CREATEROLE PASSWORD 'shop secret'");
      statement.execute("CREATE DATABASE shop OWNER sluice");
    }
    try (Connection connection = postgres.getDatabase("sluice", "shop").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE customers (id int PRIMARY KEY, email text)");
      statement.execute("INSERT INTO customers VALUES (1, 'grace@acme.test')");
    }
  }

  /// The lines of the page; only what the reader must fill in themselves is filled in.
  private String script(int databasePort, int serverPort) throws IOException {
    String page = Files.readString(root().resolve("docs/quick-start/admin.md"));
    String block = page.substring(page.indexOf("<!-- run: QuickStartTest -->"));
    block = block.substring(block.indexOf("```sh\n") + 6);
    block = block.substring(0, block.indexOf("```\n"));
    List<String> lines = new ArrayList<>();
    // The server takes the place of its shell, so that the last line ends the server itself.
    lines.add("sluice() {");
    lines.add("  if [ \"$*\" = server ]; then exec " + launch() + " server; fi");
    lines.add("  " + launch() + " \"$@\"");
    lines.add("}");
    lines.add("export SLUICE_HOME=" + quoted(folder.resolve("home").toString()));
    for (String line : block.lines().toList()) {
      if (line.equals("sluice server init")) {
        lines.add("sluice server init | tee init.txt");
        lines.add("sed -i 's/port: 8443/port: " + serverPort + "/' server.yaml");
        lines.add("export SLUICE_SERVER=http://127.0.0.1:" + serverPort);
      } else if (line.equals("sluice server &")) {
        lines.add(
            "sluice server & until (echo >/dev/tcp/127.0.0.1/" + serverPort + ") 2>/dev/null");
        lines.add("do sleep 0.2; done");
      } else if (line.startsWith("export SLUICE_TOKEN=")) {
        lines.add("export SLUICE_TOKEN=$(grep -o 'slu_init_[A-Za-z0-9_-]*' init.txt)");
      } else if (line.startsWith("export SHOP_PASSWORD=")) {
        lines.add("export SHOP_PASSWORD='shop secret'");
      } else {
        lines.add(line.replace("--port 5432", "--port " + databasePort));
      }
    }
    lines.add("kill %1");
    return String.join("\n", lines) + "\n";
  }

  private static String launch() {
    return quoted(ProcessHandle.current().info().command().orElse("java"))
        + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp "
        + quoted(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
        + " dev.sluice.cli.Main";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("docs/quick-start/admin.md"))) {
      Path parent = here.getParent();
      if (parent == null) {
        throw new IllegalStateException("The page is not there.");
      }
      here = parent;
    }
    return here;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
