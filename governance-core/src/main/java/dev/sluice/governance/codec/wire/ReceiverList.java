package dev.sluice.governance.codec.wire;

import java.util.List;
import java.util.Set;

/// Where entries of the log go besides the log, as administrators see it: never an address or a
/// secret.
public record ReceiverList(List<Receiver> receivers) {
  public ReceiverList {
    receivers = List.copyOf(receivers);
  }

  /// One receiver.
  ///
  /// @param form `file`, `syslog`, `generic`, `slack` or `teams`
  /// @param place the host, or the name of the file
  /// @param kinds beginnings of the kinds of events it takes; empty for all
  /// @param behind entries of the log that it has not been offered yet
  /// @param setAside messages that it would not take
  /// @param inFile whether it stands in the server's configuration file, where it is changed
  public record Receiver(
      String name,
      String form,
      String place,
      Set<String> kinds,
      long behind,
      long setAside,
      boolean inFile) {
    public Receiver {
      kinds = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(kinds));
    }
  }
}
