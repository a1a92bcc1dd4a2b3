package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.ChangedTable;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.Lexer;
import dev.sluice.governance.sql.LexicalModes;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.update.UpdateSet;
import org.jspecify.annotations.Nullable;

/// Reads changes of one table that are plain enough for their rows to be found again.
public final class PlainChanges {

  /// Words that make a condition look at more than the row it is asked of.
  private static final Set<String> BEYOND_THE_ROW =
      Set.of(
          "SELECT",
          "TABLE",
          "VALUES",
          "CURRENT_DATE",
          "CURRENT_TIME",
          "CURRENT_TIMESTAMP",
          "LOCALTIME",
          "LOCALTIMESTAMP",
          "CURRENT_USER",
          "SESSION_USER",
          "USER",
          "CURRENT_ROLE",
          "CURRENT_SCHEMA",
          "CURRENT_CATALOG",
          "UTC_DATE",
          "UTC_TIME",
          "UTC_TIMESTAMP",
          "CURRENT");

  private PlainChanges() {}

  /// @return empty when the text is no such change
  public static Optional<ChangedTable> read(String printed, Dialect dialect, ParserWorker worker) {
    return switch (Gate.read(StatementText.of(printed), dialect, worker)) {
      case GateResult.Refused refused -> Optional.empty();
      case GateResult.Recognised recognised -> Optional.empty();
      case GateResult.Parsed parsed ->
          switch (parsed.statement()) {
            case Update update -> update(update, dialect);
            case Delete delete -> delete(delete, dialect);
            case Insert insert -> insert(insert);
            default -> Optional.empty();
          };
    };
  }

  private static Optional<ChangedTable> update(Update update, Dialect dialect) {
    boolean plain =
        none(update.getWithItemsList())
            && none(update.getStartJoins())
            && none(update.getJoins())
            && none(update.getOrderByElements())
            && update.getFromItem() == null
            && update.getLimit() == null
            && update.getModifierPriority() == null;
    List<String> assigned = new ArrayList<>();
    for (UpdateSet set : update.getUpdateSets()) {
      for (Column column : set.getColumns()) {
        assigned.add(column.getColumnName());
      }
    }
    return plain
        ? of(EffectKind.UPDATE, update.getTable(), update.getWhere(), assigned, dialect)
        : Optional.empty();
  }

  private static Optional<ChangedTable> delete(Delete delete, Dialect dialect) {
    boolean plain =
        none(delete.getWithItemsList())
            && none(delete.getTables())
            && none(delete.getUsingFromItemList())
            && none(delete.getJoins())
            && none(delete.getOrderByElements())
            && delete.getLimit() == null
            && delete.getModifierPriority() == null;
    return plain
        ? of(EffectKind.DELETE, delete.getTable(), delete.getWhere(), List.of(), dialect)
        : Optional.empty();
  }

  /// Rows of an INSERT are found by who wrote them, whatever they were made from.
  private static Optional<ChangedTable> insert(Insert insert) {
    boolean plain =
        insert.getConflictAction() == null
            && none(insert.getDuplicateUpdateSets())
            && insert.getModifierPriority() == null;
    String name = insert.getTable().getFullyQualifiedName();
    return plain
        ? Optional.of(new ChangedTable(EffectKind.INSERT, name, name, Optional.empty(), List.of()))
        : Optional.empty();
  }

  private static Optional<ChangedTable> of(
      EffectKind kind,
      Table table,
      @Nullable Expression where,
      List<String> assigned,
      Dialect dialect) {
    Optional<String> condition = Optional.ofNullable(where).map(Expression::toString);
    if (condition.isPresent() && !looksAtTheRowAlone(condition.get(), dialect)) {
      return Optional.empty();
    }
    String qualifier =
        table.getAlias() == null ? table.getFullyQualifiedName() : table.getAlias().getName();
    return Optional.of(
        new ChangedTable(kind, table.toString().strip(), qualifier, condition, assigned));
  }

  /// A call is a name before a parenthesis; `IN (` is none.
  private static boolean looksAtTheRowAlone(String condition, Dialect dialect) {
    List<Token> tokens = Lexer.lex(condition, dialect, LexicalModes.SERVER_DEFAULTS).significant();
    for (int index = 0; index < tokens.size(); index++) {
      Token token = tokens.get(index);
      if (token.kind() == TokenKind.VARIABLE || token.kind() == TokenKind.PARAMETER) {
        return false;
      }
      if (token.kind() != TokenKind.WORD && token.kind() != TokenKind.QUOTED_NAME) {
        continue;
      }
      String word = token.value().toUpperCase(Locale.ROOT);
      if (token.kind() == TokenKind.WORD && BEYOND_THE_ROW.contains(word)) {
        return false;
      }
      boolean opens = index + 1 < tokens.size() && tokens.get(index + 1).value().equals("(");
      if (opens && !Set.of("IN", "AND", "OR", "NOT", "BETWEEN", "LIKE", "IS").contains(word)) {
        return false;
      }
    }
    return true;
  }

  private static boolean none(@Nullable Collection<?> items) {
    return items == null || items.isEmpty();
  }
}
