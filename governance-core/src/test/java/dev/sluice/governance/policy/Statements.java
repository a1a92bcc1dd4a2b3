package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.OutputColumn;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.governance.sql.Use;
import dev.sluice.governance.sql.UseRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// Analyses written by hand, so that decisions are tested apart from reading SQL.
final class Statements {

  static final TableRef CUSTOMERS = new TableRef("public", "customers");
  static final TableRef ORDERS = new TableRef("public", "orders");
  static final CatalogSnapshot CATALOG =
      CatalogSnapshot.of(
          List.of("public"),
          List.of(
              Relation.table(
                  CUSTOMERS,
                  List.of(
                      CatalogColumn.of("id", "int"),
                      CatalogColumn.of("email", "text"),
                      CatalogColumn.of("national_id", "text"),
                      CatalogColumn.of("birth_date", "date"))),
              Relation.table(
                  ORDERS,
                  List.of(CatalogColumn.of("id", "int"), CatalogColumn.of("status", "text")))),
          List.of());

  private final String text;
  private String kind = "SELECT";
  private boolean parsed = true;
  private boolean complete = true;
  private final List<Effect> effects = new ArrayList<>();
  private final Set<TableRef> tables = new TreeSet<>();
  private final List<OutputColumn> columns = new ArrayList<>();
  private final List<Use> uses = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();

  private Statements(String text) {
    this.text = text;
  }

  static Statements select(String text) {
    return new Statements(text).effect(EffectKind.READ);
  }

  static Statements of(String kind, String text, Effect... effects) {
    Statements statement = new Statements(text);
    statement.kind = kind;
    statement.effects.addAll(List.of(effects));
    return statement;
  }

  static Statements unparsed(String text) {
    Statements statement = of("UNRECOGNISED", text, Effect.of(EffectKind.UNRECOGNISED));
    statement.parsed = false;
    statement.complete = false;
    return statement.refused("unparsable", "This is not SQL that Sluice understands.");
  }

  static ColumnRef column(TableRef table, String name) {
    return new ColumnRef(table, name);
  }

  Statements effect(EffectKind effect) {
    effects.add(Effect.of(effect));
    return this;
  }

  Statements direct(String name, ColumnRef... sources) {
    return output(name, true, sources);
  }

  Statements derived(String name, ColumnRef... sources) {
    return output(name, false, sources);
  }

  private Statements output(String name, boolean direct, ColumnRef... sources) {
    List.of(sources).forEach(source -> tables.add(source.table()));
    columns.add(
        new OutputColumn(
            columns.size(), name, true, Set.of(sources), Set.of(), direct, new Span(0, 1)));
    return this;
  }

  Statements use(UseRole role, String place, ColumnRef... sources) {
    List.of(sources).forEach(source -> tables.add(source.table()));
    uses.add(new Use(role, Set.of(sources), spanOf(place), Optional.empty()));
    return this;
  }

  Statements equality(String place, ColumnRef source, String... constants) {
    tables.add(source.table());
    uses.add(
        new Use(
            UseRole.PREDICATE,
            Set.of(source),
            spanOf(place),
            Optional.of(new Use.Equality(source, List.of(constants)))));
    return this;
  }

  Statements table(TableRef table) {
    tables.add(table);
    return this;
  }

  Statements refused(String code, String message) {
    refusals.add(new Refusal(code, message, new Span(0, text.length()), "Write it otherwise."));
    return this;
  }

  Statements incomplete() {
    complete = false;
    return this;
  }

  private Span spanOf(String place) {
    int start = text.indexOf(place);
    return new Span(start, start + place.length());
  }

  StatementAnalysis analysis() {
    return new StatementAnalysis(
        StatementText.of(text),
        Dialect.POSTGRESQL,
        kind,
        parsed,
        complete,
        parsed ? Optional.of(text) : Optional.empty(),
        effects,
        List.copyOf(tables),
        columns,
        uses,
        List.of(),
        OptionalLong.empty(),
        refusals);
  }
}
