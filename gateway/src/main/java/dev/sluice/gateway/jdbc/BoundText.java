package dev.sluice.gateway.jdbc;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Lexer;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import dev.sluice.governance.sql.TokenStream;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts bind values into a statement as literals, so that exactly what runs is decided, shown to
/// approvers and written down. The lexer of the dialect finds the places, and reads every literal
/// back: what does not come back as that one value is refused.
final class BoundText {

  private BoundText() {}

  /// Places for binds in a text.
  static int places(String sql, Dialect dialect) {
    return (int) Lexer.lex(sql, dialect).tokens().stream().filter(BoundText::isPlace).count();
  }

  private static boolean isPlace(Token token) {
    return token.kind() == TokenKind.PARAMETER && token.text().equals("?");
  }

  /// @param binds by number from 1
  static String of(String sql, Dialect dialect, Map<Integer, Literal> binds) throws SQLException {
    TokenStream tokens = Lexer.lex(sql, dialect);
    StringBuilder text = new StringBuilder(sql.length() + 64);
    List<String> literals = new ArrayList<>();
    for (Token token : tokens.tokens()) {
      if (!isPlace(token)) {
        text.append(token.text());
        continue;
      }
      Literal bind = binds.get(literals.size() + 1);
      if (bind == null) {
        throw SqlProblems.wrongUse("Parameter " + (literals.size() + 1) + " has no value.");
      }
      String literal = written(bind.value(), dialect);
      literals.add(literal);
      text.append(literal);
    }
    String bound = text.toString();
    int extra =
        literals.stream().mapToInt(each -> Lexer.lex(each, dialect).significant().size() - 1).sum();
    if (Lexer.lex(bound, dialect).significant().size() != tokens.significant().size() + extra) {
      throw SqlProblems.notSupported("A bind value does not stand by itself where it is put.");
    }
    return bound;
  }

  /// A value, boxed so that a NULL that was set differs from none.
  record Literal(@Nullable Object value) {}

  private static String written(@Nullable Object value, Dialect dialect) throws SQLException {
    return switch (value) {
      case null -> "NULL";
      case Boolean truth ->
          dialect == Dialect.SQLITE || dialect == Dialect.SQLSERVER
              ? (truth ? "1" : "0")
              : (truth ? "TRUE" : "FALSE");
      case BigDecimal number -> number(number.toPlainString());
      case Double number when number.isNaN() || number.isInfinite() ->
          throw SqlProblems.notSupported("A number that is none cannot be bound.");
      case Float number when number.isNaN() || number.isInfinite() ->
          throw SqlProblems.notSupported("A number that is none cannot be bound.");
      case Double number -> number(new BigDecimal(number.toString()).toPlainString());
      case Float number -> number(new BigDecimal(number.toString()).toPlainString());
      case Number number -> number(number.toString());
      case java.sql.Date date -> text(date.toLocalDate().toString(), dialect);
      case java.sql.Time time -> text(time.toLocalTime().toString(), dialect);
      case java.sql.Timestamp time ->
          text(time.toLocalDateTime().toString().replace('T', ' '), dialect);
      case java.time.temporal.Temporal time -> text(time.toString().replace('T', ' '), dialect);
      case CharSequence words -> text(words.toString(), dialect);
      case Character letter -> text(letter.toString(), dialect);
      case java.util.UUID id -> text(id.toString(), dialect);
      case java.util.Date date -> text(date.toInstant().toString(), dialect);
      default ->
          throw SqlProblems.notSupported(
              "A value of type " + value.getClass().getSimpleName() + " cannot be bound.");
    };
  }

  private static String number(String digits) {
    return digits.startsWith("-") ? "(" + digits + ")" : digits;
  }

  private static String text(String value, Dialect dialect) throws SQLException {
    boolean backslashes = dialect == Dialect.MYSQL || dialect == Dialect.MARIADB;
    String doubled = value.replace("'", "''");
    String literal = "'" + (backslashes ? doubled.replace("\\", "\\\\") : doubled) + "'";
    TokenStream read = Lexer.lex(literal, dialect);
    List<Token> tokens = read.tokens();
    if (!read.problems().isEmpty()
        || tokens.size() != 1
        || tokens.getFirst().kind() != TokenKind.STRING
        || !tokens.getFirst().value().equals(value)) {
      throw SqlProblems.notSupported("A text with characters that SQL cannot hold was bound.");
    }
    return literal;
  }
}
