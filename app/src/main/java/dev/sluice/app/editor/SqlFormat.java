package dev.sluice.app.editor;

import com.github.vertical_blank.sqlformatter.SqlFormatter;
import com.github.vertical_blank.sqlformatter.core.FormatConfig;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Token;
import java.util.List;

/// Lays SQL out anew. A layout that would change anything but blanks is not used: the words of a
/// statement are the person's.
public final class SqlFormat {

  private SqlFormat() {}

  /// The text laid out, or the text as it is when laying it out would change its meaning.
  public static String format(String text, Dialect dialect) {
    String formatted =
        SqlFormatter.of(
                switch (dialect) {
                  case POSTGRESQL ->
                      com.github.vertical_blank.sqlformatter.languages.Dialect.PostgreSql;
                  case MYSQL -> com.github.vertical_blank.sqlformatter.languages.Dialect.MySql;
                  case MARIADB -> com.github.vertical_blank.sqlformatter.languages.Dialect.MariaDb;
                  case SQLSERVER -> com.github.vertical_blank.sqlformatter.languages.Dialect.TSql;
                  case SQLITE, DUCKDB, TRINO, ANSI ->
                      com.github.vertical_blank.sqlformatter.languages.Dialect.StandardSql;
                })
            .format(text, FormatConfig.builder().indent("  ").linesBetweenQueries(2).build());
    return words(text, dialect).equals(words(formatted, dialect)) ? formatted : text;
  }

  private static List<String> words(String text, Dialect dialect) {
    return Highlighter.tokens(text, dialect).stream()
        .filter(token -> token.kind().significant())
        .map(Token::text)
        .toList();
  }
}
