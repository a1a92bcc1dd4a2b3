package dev.sluice.proof.trino;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A real Trino in a process of its own, with its own class path (see `src-trino`): the catalog
/// `tpch` and, to be written, `memory`. It ends with this process, or when it is closed.
public final class TrinoServer implements AutoCloseable {

  private final @Nullable Process process;
  private final int port;

  private TrinoServer(@Nullable Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// @param log where its log goes
  /// @param statements run once it is up, with `memory.default` as their schema
  public static TrinoServer start(Path log, String... statements) throws IOException {
    // -Dsluice.trino.port=N uses one that runs already with the same tables, while writing tests.
    Integer own = Integer.getInteger("sluice.trino.port");
    if (own != null) {
      return new TrinoServer(null, own);
    }
    Path home = Path.of(System.getProperty("sluice.root", "..")).resolve("src-trino");
    Path classPath = home.resolve("target/classpath.txt");
    if (!Files.exists(classPath)) {
      throw new IOException(
          "Trino's class path is not there. Make it with: mvn -f src-trino/pom.xml compile");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules=jdk.incubator.vector", "-Xmx1g"));
    command.addAll(List.of("-cp", Files.readString(classPath).strip()));
    command.add(home.resolve("TrinoMain.java").toString());
    command.addAll(List.of(statements));
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    // Not closed: its input is what keeps it running.
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("TRINO ")) {
        return new TrinoServer(process, URI.create(line.substring(6)).getPort());
      }
    }
    throw new IOException("Trino did not start; see " + log + ".");
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
