package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.Use;
import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.functions.FunctionCatalogue;
import dev.sluice.governance.sql.internal.resolve.CatalogIndex;
import dev.sluice.governance.sql.internal.resolve.Identifiers;
import dev.sluice.governance.sql.internal.resolve.Misunderstood;
import dev.sluice.governance.sql.internal.resolve.SystemRelations;
import dev.sluice.governance.sql.internal.resolve.Value;
import dev.sluice.governance.sql.internal.tree.NodeGuard;
import dev.sluice.governance.sql.internal.tree.NodeTable;
import dev.sluice.governance.sql.internal.tree.NodeWords;
import dev.sluice.governance.sql.internal.tree.Spans;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import net.sf.jsqlparser.statement.Statement;
import org.jspecify.annotations.Nullable;

/// One analysis under way: the rules it uses and what it has found.
final class Context {

  /// Parses the definition of a view.
  interface ViewParser {
    /// @throws Misunderstood when it cannot be parsed
    View parse(String definition);
  }

  /// The definition of a view as a tree, and its places.
  record View(Statement statement, String text, UnaryOperator<Span> place) {}

  /// The text being read.
  ///
  /// @param text as written
  /// @param place from a range of what the parser read to a range of the text
  /// @param original from a range of the text to one of the statement: they differ inside views
  record Text(String text, UnaryOperator<Span> place, UnaryOperator<Span> original) {}

  final Dialect dialect;
  final CatalogIndex catalog;
  final Identifiers identifiers;
  final FunctionCatalogue builtins;
  final SystemRelations systemRelations;
  final ViewParser viewParser;
  final Findings findings = new Findings();
  final Expressions expressions = new Expressions(this);
  final Columns columns = new Columns(this);
  final Operators operators = new Operators(this);
  final Calls calls = new Calls(this);
  final Windows windows = new Windows(this);
  final Forms forms = new Forms(this);
  final JsonForms jsonForms = new JsonForms(this);
  final Predicates predicates = new Predicates(this);
  final Queries queries = new Queries(this);
  final SelectLists selectLists = new SelectLists(this);
  final CommonTables commonTables = new CommonTables(this);
  final FromItems fromItems = new FromItems(this);
  final Joins joins = new Joins(this);
  final Relations relations = new Relations(this);
  final TableFunctions tableFunctions = new TableFunctions(this);
  final Pivots pivots = new Pivots(this);
  final Writes writes = new Writes(this);
  final Merges merges = new Merges(this);
  final Filtering filtering = new Filtering(this);
  final ColumnChoices columnChoices = new ColumnChoices(this);
  private NodeGuard guard = new NodeGuard(NodeTable.standard());
  private Text text;

  Context(
      Dialect dialect,
      CatalogIndex catalog,
      FunctionCatalogue builtins,
      SystemRelations systemRelations,
      ViewParser viewParser,
      Text text) {
    this.dialect = dialect;
    this.catalog = catalog;
    this.identifiers = new Identifiers(dialect);
    this.builtins = builtins;
    this.systemRelations = systemRelations;
    this.viewParser = viewParser;
    this.text = text;
  }

  boolean mysql() {
    return dialect == Dialect.MYSQL || dialect == Dialect.MARIADB;
  }

  /// Marks a node as visited and refuses what the table of nodes does not list.
  void visit(Object node) {
    Optional<String> unknown = guard.visit(node);
    if (unknown.isPresent()) {
      throw unknownConstruct(node, unknown.get());
    }
  }

  /// Marks a node and all below it as visited without looking at it.
  void visitAll(@Nullable Object node) {
    guard.visitAll(node);
  }

  /// Refuses when anything below the root has not been visited.
  void requireAllVisited(Object root) {
    Optional<Object> unvisited = guard.unvisited(root);
    if (unvisited.isPresent()) {
      throw unknownConstruct(unvisited.get());
    }
  }

  /// Refuses a node that has no place here.
  Misunderstood unknownConstruct(Object node) {
    return unknownConstruct(node, NodeWords.of(node.getClass()));
  }

  /// @param words what the part is called in SQL
  Misunderstood unknownConstruct(Object node, String words) {
    String excerpt = excerpt(node);
    return refuse(
        "unknown-construct",
        excerpt.isEmpty() || excerpt.equalsIgnoreCase(words)
            ? "Not understood here: " + words + "."
            : "Not understood: " + words + ", in " + excerpt + ".",
        node,
        "Leave it out or write it in another way. What is not understood does not run.");
  }

  Misunderstood refuse(String code, String message, @Nullable Object node, String wayOut) {
    return new Misunderstood(new Refusal(code, message, span(node), wayOut));
  }

  /// Where a node stands in the statement as written.
  Span span(@Nullable Object node) {
    return text.original().apply(placeOf(node));
  }

  /// The text of a node as it was parsed.
  String source(@Nullable Object node) {
    Span span = placeOf(node);
    return span.end() > text.text().length() ? "" : text.text().substring(span.start(), span.end());
  }

  private Span placeOf(@Nullable Object node) {
    Optional<Span> parsed = Spans.of(node);
    return parsed.isEmpty() ? new Span(0, text.text().length()) : text.place().apply(parsed.get());
  }

  private String excerpt(Object node) {
    String whole = source(node);
    return whole.length() <= 60 ? whole : whole.substring(0, 57) + "...";
  }

  /// Records a use, if anything reaches the clause.
  void use(UseRole role, Set<ColumnRef> sources, @Nullable Object node) {
    use(role, sources, node, Optional.empty());
  }

  void use(
      UseRole role,
      Set<ColumnRef> sources,
      @Nullable Object node,
      Optional<Use.Equality> equality) {
    if (!sources.isEmpty()) {
      findings.use(new Use(role, sources, span(node), equality));
    }
  }

  void use(UseRole role, Value value, @Nullable Object node) {
    use(role, value.sources(), node);
  }

  /// The expression can fail on some value of its sources.
  Value fallible(Value value, Object node) {
    use(UseRole.FALLIBLE, value, node);
    return value.failing();
  }

  /// Does the work and forgets what it found.
  <T> T quietly(Supplier<T> work) {
    Findings before = findings.copy();
    try {
      return work.get();
    } finally {
      findings.restore(before);
    }
  }

  /// Does the work on another text, with its own tree.
  <T> T reading(Text other, Statement root, Supplier<T> work) {
    Text outerText = text;
    NodeGuard outerGuard = guard;
    text = other;
    guard = new NodeGuard(NodeTable.standard());
    try {
      T result = work.get();
      requireAllVisited(root);
      return result;
    } finally {
      text = outerText;
      guard = outerGuard;
    }
  }
}
