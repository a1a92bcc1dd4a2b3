package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.LexicalModes;
import java.util.ArrayList;
import java.util.List;

/// Forms of a dialect that the parser cannot read, lent a shape that it can: a form of another
/// engine with the same meaning for the analysis, or a call of a function whose name begins with
/// `sluice_`. What is printed gets the server's form back, so the server reads what was written.
///
/// The way back is not trusted: [Fidelity] compares the tokens of the statement before lending with
/// those of the text after giving back. A statement that uses a lent shape itself differs there,
/// and is refused.
final class LentForms {

  /// One form: how it goes to the parser and how it comes back.
  interface Form {
    List<GateToken> lend(List<GateToken> tokens);

    List<Piece> giveBack(List<Piece> pieces);

    /// A word that stands in every printed text that has something to give back.
    String sign();
  }

  private static final List<Form> POSTGRESQL =
      List.of(
          new LentPhrase(List.of("UPDATE", "ONLY"), List.of("UPDATE", "LOW_PRIORITY")),
          new LentPhrase(
              List.of("DELETE", "FROM", "ONLY"), List.of("DELETE", "LOW_PRIORITY", "FROM")),
          new LentMergeBranches(),
          new LentRows());

  private static final List<Form> MYSQL =
      List.of(
          new LentPhrase(List.of("LOCK", "IN", "SHARE", "MODE"), List.of("FOR", "KEY", "SHARE")),
          new LentPhrase(List.of("(", ")", "VALUES", "(", ")"), List.of("DEFAULT", "VALUES")),
          new LentConversions(),
          new LentPrefixes(),
          new SystemVariables());

  private static final List<Form> SQLITE =
      List.of(
          new LentPhrase(List.of("INSERT", "OR", "IGNORE"), List.of("INSERT", "IGNORE")),
          new LentPhrase(List.of("INSERT", "OR", "ABORT"), List.of("INSERT", "LOW_PRIORITY")),
          new LentPhrase(List.of("INSERT", "OR", "ROLLBACK"), List.of("INSERT", "DELAYED")),
          new LentPhrase(List.of("INSERT", "OR", "FAIL"), List.of("INSERT", "HIGH_PRIORITY")),
          new LentPhrase(List.of("UPDATE", "OR", "IGNORE"), List.of("UPDATE", "IGNORE")),
          new LentPhrase(List.of("UPDATE", "OR", "REPLACE"), List.of("UPDATE", "LOW_PRIORITY")),
          new LentIndexChoice());

  private static final List<Form> DUCKDB =
      List.of(
          new LentPhrase(List.of("INSERT", "OR", "IGNORE"), List.of("INSERT", "IGNORE")),
          new LentPhrase(List.of("SEMI", "JOIN"), List.of("LEFT", "SEMI", "JOIN")),
          new LentPhrase(List.of("ANTI", "JOIN"), List.of("GLOBAL", "LEFT", "SEMI", "JOIN")),
          new LentPhrase(List.of("POSITIONAL", "JOIN"), List.of("GLOBAL", "CROSS", "JOIN")),
          new LentByName(),
          new LentSummaries(),
          new LentRenaming(),
          new LentSamples(),
          new LentLambdas(),
          new LentComprehensions());

  private static final List<Form> TRINO = List.of(new LentOffsets());

  private LentForms() {}

  private static List<Form> of(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL -> POSTGRESQL;
      case MYSQL, MARIADB -> MYSQL;
      case SQLITE -> SQLITE;
      case DUCKDB -> DUCKDB;
      case TRINO -> TRINO;
      case SQLSERVER, ANSI -> List.of();
    };
  }

  static List<GateToken> lend(List<GateToken> tokens, Dialect dialect) {
    List<GateToken> result = tokens;
    for (Form form : of(dialect)) {
      result = form.lend(result);
    }
    return result;
  }

  static String giveBack(String printed, Dialect dialect, LexicalModes modes) {
    List<Form> back = new ArrayList<>();
    for (Form form : of(dialect).reversed()) {
      if (printed.contains(form.sign())) {
        back.add(form);
      }
    }
    if (back.isEmpty()) {
      return printed;
    }
    List<Piece> pieces = Piece.of(printed, dialect, modes);
    for (Form form : back) {
      pieces = form.giveBack(pieces);
    }
    return Piece.text(pieces);
  }
}
