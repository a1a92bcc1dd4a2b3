package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.AsciiCase;
import dev.sluice.governance.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// MySQL's system variables. `@@session.x` and `@@local.x` are `@@x`; the scope of `@@global.x` is
/// part of the name for the parser.
public final class SystemVariables implements LentForms.Form {
  private static final String GLOBAL = "@@global.";
  private static final String LENT = "@@sluice_global_";

  /// Settings of the server's own that say nothing of anyone's data. Others can be set to a value
  /// that was read, or tell about the last statement.
  private static final Set<String> SHOWN =
      Recogniser.words(
          """
          VERSION VERSION_COMMENT VERSION_COMPILE_OS VERSION_COMPILE_MACHINE LICENSE PROTOCOL_VERSION
          HOSTNAME PORT SERVER_ID SQL_MODE AUTOCOMMIT TIME_ZONE SYSTEM_TIME_ZONE LC_TIME_NAMES
          CHARACTER_SET_CLIENT CHARACTER_SET_CONNECTION CHARACTER_SET_DATABASE CHARACTER_SET_RESULTS
          CHARACTER_SET_SERVER COLLATION_CONNECTION COLLATION_DATABASE COLLATION_SERVER
          TRANSACTION_ISOLATION TX_ISOLATION TRANSACTION_READ_ONLY TX_READ_ONLY READ_ONLY
          SUPER_READ_ONLY MAX_CONNECTIONS MAX_USER_CONNECTIONS MAX_ALLOWED_PACKET WAIT_TIMEOUT
          INTERACTIVE_TIMEOUT LOCK_WAIT_TIMEOUT NET_READ_TIMEOUT NET_WRITE_TIMEOUT
          INNODB_LOCK_WAIT_TIMEOUT INNODB_BUFFER_POOL_SIZE MAX_EXECUTION_TIME MAX_STATEMENT_TIME
          GROUP_CONCAT_MAX_LEN FOREIGN_KEY_CHECKS UNIQUE_CHECKS SQL_SAFE_UPDATES SQL_SELECT_LIMIT
          AUTO_INCREMENT_INCREMENT AUTO_INCREMENT_OFFSET DEFAULT_STORAGE_ENGINE STORAGE_ENGINE
          LOWER_CASE_TABLE_NAMES CTE_MAX_RECURSION_DEPTH MAX_RECURSIVE_ITERATIONS
          """);

  /// Whether reading a variable of this name, without its signs, shows a setting only.
  public static boolean shown(String name) {
    String upper = AsciiCase.upper(name);
    String scope = "SLUICE_GLOBAL_";
    return SHOWN.contains(upper.startsWith(scope) ? upper.substring(scope.length()) : upper);
  }

  /// The one name of a variable of the session, however it is written.
  public static String named(String written) {
    String lower = AsciiCase.lower(written);
    for (String scope : List.of("@@local.", "@@session.")) {
      if (lower.startsWith(scope)) {
        return "@@" + written.substring(scope.length());
      }
    }
    return written;
  }

  static List<GateToken> withoutSessionScope(List<GateToken> tokens) {
    return replaced(replaced(tokens, "@@local.", "@@"), "@@session.", "@@");
  }

  @Override
  public List<GateToken> lend(List<GateToken> tokens) {
    return replaced(tokens, GLOBAL, LENT);
  }

  private static List<GateToken> replaced(List<GateToken> tokens, String from, String to) {
    List<GateToken> result = new ArrayList<>(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      GateToken token = tokens.get(i);
      if (token.kind() == TokenKind.VARIABLE
          && AsciiCase.lower(token.text()).startsWith(from)
          && token.text().length() > from.length()) {
        String text = to + token.text().substring(from.length());
        result.set(i, new GateToken(TokenKind.VARIABLE, text, text, token.origin()));
      }
    }
    return result;
  }

  @Override
  public List<Piece> giveBack(List<Piece> pieces) {
    List<Piece> result = new ArrayList<>(pieces);
    result.replaceAll(
        piece ->
            piece.text().startsWith(LENT)
                ? new Piece(
                    GLOBAL + piece.text().substring(LENT.length()), piece.word(), piece.apart())
                : piece);
    return result;
  }

  @Override
  public String sign() {
    return LENT;
  }
}
