package dev.sluice.gateway.connection;

import java.util.Locale;

/// Follows a person's own transaction by the first words of transaction statements, which the core
/// has recognised before.
final class TransactionWords {

  private TransactionWords() {}

  /// Whether a transaction is open after the statement.
  static boolean opensAfter(String sent, boolean before) {
    String text = sent.strip().toUpperCase(Locale.ROOT);
    String first = text.split("[\\s;]+", 2)[0];
    return switch (first) {
      case "BEGIN", "START", "SAVEPOINT" -> true;
      case "COMMIT", "END", "ABORT" -> false;
      case "ROLLBACK" -> before && text.matches("ROLLBACK\\s+(WORK\\s+|TRANSACTION\\s+)?TO\\s.*");
      default -> before;
    };
  }
}
