package dev.sluice.server.export;

import dev.sluice.governance.codec.Sensitive;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where entries of the log go.
public sealed interface Sink {

  /// Names it in the list of what could not be delivered.
  String name();

  /// Beginnings of the kinds of events it takes; empty for all.
  Set<String> kinds();

  /// `file`, `syslog`, or the form of a webhook's messages.
  default String form() {
    return switch (this) {
      case File file -> "file";
      case Syslog syslog -> "syslog";
      case Webhook webhook -> webhook.format().word();
    };
  }

  /// Where it leads, as far as that is no secret: a host, or the name of a file.
  default String place() {
    return switch (this) {
      case File file -> String.valueOf(file.file().getFileName());
      case Syslog syslog -> syslog.host();
      case Webhook webhook -> webhook.address().getHost();
    };
  }

  /// Whether this sink takes events of a kind.
  default boolean takes(String kind) {
    return kinds().isEmpty() || kinds().stream().anyMatch(kind::startsWith);
  }

  /// The form of a webhook's message.
  enum Format {
    GENERIC,
    SLACK,
    TEAMS;

    /// `generic`, `slack`, `teams`.
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// The form of that word; empty when there is none.
    public static Optional<Format> of(String word) {
      return Arrays.stream(values()).filter(format -> format.word().equals(word)).findFirst();
    }
  }

  /// OCSF events, one a line, appended to a file.
  record File(String name, Set<String> kinds, Path file) implements Sink {
    public File {
      kinds = Set.copyOf(kinds);
    }
  }

  /// RFC 5424 messages over TCP, each led by its length (RFC 6587, octet counting).
  ///
  /// @param trust certificates that vouch for the receiver, PEM; the platform's own when empty
  record Syslog(
      String name, Set<String> kinds, String host, int port, boolean tls, Optional<Path> trust)
      implements Sink {
    public Syslog {
      kinds = Set.copyOf(kinds);
    }
  }

  /// A message to a web address for each event.
  ///
  /// @param secret signs generic messages
  /// @param inside whether the address may be on this machine or a private network
  record Webhook(
      String name,
      Set<String> kinds,
      URI address,
      Format format,
      @Sensitive Optional<String> secret,
      boolean inside)
      implements Sink {
    public Webhook {
      kinds = Set.copyOf(kinds);
    }

    /// Leaves out the address too: for Slack and Teams it is the secret.
    @Override
    public String toString() {
      return "Webhook[" + name + "]";
    }
  }
}
