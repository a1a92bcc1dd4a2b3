package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.OutputColumn;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.Use;
import dev.sluice.governance.sql.internal.functions.FunctionCatalogue;
import dev.sluice.governance.sql.internal.resolve.CatalogIndex;
import dev.sluice.governance.sql.internal.resolve.Misunderstood;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.SystemRelations;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.upsert.Upsert;
import org.jspecify.annotations.Nullable;

/// Reads one tree against one catalog.
public final class StatementReader {

  /// A checked tree and its places.
  ///
  /// @param place from a range of what the parser read to a range of the text
  public record Tree(Statement statement, String text, UnaryOperator<Span> place) {}

  /// Gives the tree of a view's definition.
  public interface ViewTrees {
    /// @throws Misunderstood when the definition is not understood
    Tree tree(String definition);
  }

  /// What a tree means.
  ///
  /// @param refusal why it is not understood at all
  /// @param unknown what is not known of it, although it is understood
  public record Meaning(
      String kind,
      List<Effect> effects,
      List<TableRef> tables,
      List<OutputColumn> columns,
      List<Use> uses,
      List<String> functions,
      OptionalLong limit,
      Optional<Refusal> refusal,
      Optional<Refusal> unknown) {}

  private static final int LONGEST_NUMBER = 18;

  private final Dialect dialect;
  private final CatalogIndex catalog;
  private final ViewTrees views;

  public StatementReader(Dialect dialect, CatalogIndex catalog, ViewTrees views) {
    this.dialect = dialect;
    this.catalog = catalog;
    this.views = views;
  }

  public Meaning read(Tree tree) {
    Context context =
        new Context(
            dialect,
            catalog,
            FunctionCatalogue.of(dialect),
            SystemRelations.of(dialect),
            definition -> {
              Tree view = views.tree(definition);
              return new Context.View(view.statement(), view.text(), view.place());
            },
            new Context.Text(tree.text(), tree.place(), UnaryOperator.identity()));
    String kind = kind(tree.statement());
    try {
      List<Output> outputs = outputs(tree.statement(), context);
      context.requireAllVisited(tree.statement());
      if (tree.statement() instanceof Select) {
        context.findings.effect(EffectKind.READ);
      }
      List<OutputColumn> columns = columns(outputs);
      return meaning(kind, context, columns, limit(tree.statement()), Optional.empty());
    } catch (Misunderstood e) {
      return meaning(kind, context, List.of(), OptionalLong.empty(), Optional.of(e.refusal()));
    }
  }

  private static Meaning meaning(
      String kind,
      Context context,
      List<OutputColumn> columns,
      OptionalLong limit,
      Optional<Refusal> refusal) {
    List<Effect> effects = new ArrayList<>(context.findings.effects());
    if (refusal.isPresent()) {
      effects.add(Effect.of(EffectKind.UNRECOGNISED));
    }
    return new Meaning(
        kind,
        effects,
        context.findings.tables(),
        columns,
        context.findings.uses(),
        context.findings.functions(),
        limit,
        refusal,
        context.findings.unknown());
  }

  private static List<Output> outputs(Statement statement, Context context) {
    Scope scope = Scope.root(context.identifiers);
    return switch (statement) {
      case Select select -> context.queries.query(select, scope);
      case Insert insert -> context.writes.insert(insert, scope);
      case Update update -> context.writes.update(update, scope);
      case Delete delete -> context.writes.delete(delete, scope);
      case Upsert upsert -> context.writes.upsert(upsert, scope);
      case Merge merge -> context.merges.merge(merge, scope);
      default -> throw context.unknownConstruct(statement);
    };
  }

  private static String kind(Statement statement) {
    return switch (statement) {
      case Select select -> "SELECT";
      case Insert insert -> "INSERT";
      case Update update -> "UPDATE";
      case Delete delete -> "DELETE";
      case Upsert upsert -> "UPSERT";
      case Merge merge -> "MERGE";
      default -> "UNRECOGNISED";
    };
  }

  private static List<OutputColumn> columns(List<Output> outputs) {
    List<OutputColumn> columns = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      Value value = output.field().value();
      Set<ColumnRef> sources = value.known() ? value.sources() : Set.of();
      columns.add(
          new OutputColumn(
              i,
              output.field().name(),
              value.known(),
              sources,
              value.declassified(),
              value.known() && value.direct(),
              output.span()));
    }
    return columns;
  }

  private static OptionalLong limit(Statement statement) {
    if (statement instanceof Select select
        && select.getLimit() != null
        && select.getLimit().getRowCount() instanceof LongValue count) {
      return parse(count.getStringValue());
    }
    if (statement instanceof Select select
        && select.getFetch() != null
        && select.getFetch().getExpression() instanceof LongValue count) {
      return parse(count.getStringValue());
    }
    return OptionalLong.empty();
  }

  private static OptionalLong parse(@Nullable String digits) {
    if (digits == null
        || digits.isEmpty()
        || digits.length() > LONGEST_NUMBER
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(digits));
  }
}
