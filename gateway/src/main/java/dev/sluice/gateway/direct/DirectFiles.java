package dev.sluice.gateway.direct;

import dev.sluice.governance.sql.Dialect;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// One small file for each direct connection, without any secret.
final class DirectFiles {

  private static final String ENDING = ".properties";

  private final Path folder;

  DirectFiles(Path folder) {
    this.folder = folder;
  }

  List<DirectConnection> list() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<DirectConnection> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(ENDING)).sorted().toList()) {
        read(file).ifPresent(found::add);
      }
    } catch (IOException e) {
      log("The direct connections cannot be read.", e);
    }
    return found;
  }

  private static Optional<DirectConnection> read(Path file) {
    Properties values = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      values.load(in);
      return Optional.of(
          new DirectConnection(
              values.getProperty("name", ""),
              Dialect.named(values.getProperty("engine", "")).orElseThrow(),
              values.getProperty("host", ""),
              Integer.parseInt(values.getProperty("port", "0")),
              values.getProperty("database", ""),
              values.getProperty("user", ""),
              Boolean.parseBoolean(values.getProperty("encrypted", "true")),
              path(values.getProperty("authority", "")),
              values.getProperty("environment", ""),
              hop(values)));
    } catch (IOException | IllegalArgumentException | java.util.NoSuchElementException e) {
      log("A direct connection cannot be read: " + file.getFileName(), e);
      return Optional.empty();
    }
  }

  private static Optional<Path> path(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
  }

  private static Optional<SshHop> hop(Properties values) {
    String host = values.getProperty("ssh.host", "");
    if (host.isEmpty()) {
      return Optional.empty();
    }
    String key = values.getProperty("ssh.key", "");
    return Optional.of(
        new SshHop(
            host,
            Integer.parseInt(values.getProperty("ssh.port", "22")),
            values.getProperty("ssh.user", ""),
            switch (values.getProperty("ssh.proof", "agent")) {
              case "key" -> new SshHop.Proof.KeyFile(Path.of(key));
              case "password" -> new SshHop.Proof.Password();
              default -> new SshHop.Proof.Agent();
            }));
  }

  void save(DirectConnection connection) throws IOException {
    Properties values = new Properties();
    values.setProperty("name", connection.name());
    values.setProperty("engine", connection.engine().id());
    values.setProperty("host", connection.host());
    values.setProperty("port", String.valueOf(connection.port()));
    values.setProperty("database", connection.database());
    values.setProperty("user", connection.user());
    values.setProperty("encrypted", String.valueOf(connection.encrypted()));
    values.setProperty("environment", connection.environment());
    connection.authority().ifPresent(file -> values.setProperty("authority", file.toString()));
    connection
        .hop()
        .ifPresent(
            hop -> {
              values.setProperty("ssh.host", hop.host());
              values.setProperty("ssh.port", String.valueOf(hop.port()));
              values.setProperty("ssh.user", hop.user());
              switch (hop.proof()) {
                case SshHop.Proof.Agent agent -> values.setProperty("ssh.proof", "agent");
                case SshHop.Proof.Password password -> values.setProperty("ssh.proof", "password");
                case SshHop.Proof.KeyFile file -> {
                  values.setProperty("ssh.proof", "key");
                  values.setProperty("ssh.key", file.file().toString());
                }
              }
            });
    Files.createDirectories(folder);
    Path whole = Files.createTempFile(folder, "new", ".tmp");
    try (Writer out = Files.newBufferedWriter(whole)) {
      values.store(out, null);
    }
    Files.move(whole, file(connection.name()), StandardCopyOption.REPLACE_EXISTING);
  }

  void remove(String name) throws IOException {
    Files.deleteIfExists(file(name));
  }

  private Path file(String name) {
    return folder.resolve(name + ENDING);
  }

  private static void log(String words, Exception e) {
    System.getLogger(DirectFiles.class.getName()).log(System.Logger.Level.WARNING, words, e);
  }
}
