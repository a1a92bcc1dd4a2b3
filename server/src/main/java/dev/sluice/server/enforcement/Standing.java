package dev.sluice.server.enforcement;

import java.util.List;

/// What may be said of a connection whose database is to enforce the policy itself.
///
/// @param ring `enforced`, or `brokered` while something keeps it from being called so
/// @param sentence what could still go wrong, for people
/// @param open names of findings of the access audit that nobody closed or accepted
public record Standing(String ring, String sentence, List<String> open) {

  static final String ENFORCED = "enforced";
  static final String BROKERED = "brokered";

  public Standing {
    open = List.copyOf(open);
  }

  static Standing unknown() {
    return new Standing(
        BROKERED, "Whether the database enforces the policy itself is not known yet.", List.of());
  }

  /// Nobody gets a login until somebody acts.
  static Standing stopped(String why) {
    return new Standing(BROKERED, "No logins are lent: " + why, List.of());
  }

  /// The truth by an access audit.
  ///
  /// @param accepted findings that hold but were accepted by name
  static Standing of(String connection, List<String> open, List<String> accepted) {
    if (!open.isEmpty()) {
      return new Standing(
          BROKERED,
          "Logins only see masked values, but others read around Sluice: "
              + some(open)
              + ". `sluice enforce audit --connection "
              + connection
              + "` lists each with the statement that closes it.",
          open);
    }
    return new Standing(
        ENFORCED,
        accepted.isEmpty()
            ? "Whoever administers the database server can still read everything."
            : "These still read everything, which was accepted: " + some(accepted) + ".",
        List.of());
  }

  private static String some(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(3, names.size())));
    return names.size() > 3 ? first + " and " + (names.size() - 3) + " more" : first;
  }
}
