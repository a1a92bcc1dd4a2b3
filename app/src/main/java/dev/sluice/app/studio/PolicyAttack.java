package dev.sluice.app.studio;

import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.discovery.ColumnSamples;
import dev.sluice.governance.discovery.Discovery;
import dev.sluice.governance.discovery.Proposal;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.DecisionRequest;
import dev.sluice.governance.policy.EngineParts;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.policy.PolicyEngine;
import dev.sluice.governance.policy.PolicyEngines;
import dev.sluice.governance.sql.AtSourceRewriter;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementAnalyzers;
import dev.sluice.governance.sql.StatementText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/// Tries to get at every sensitive column of a connection under a policy, by decisions alone:
/// nothing is run. A value is taken for got when it would reach a result, or another table,
/// unmasked; for guessed when a statement may choose rows by it.
final class PolicyAttack {

  /// So many columns at most, so that it ends soon.
  static final int MOST_COLUMNS = 60;

  private static final List<String> SHOWS =
      List.of(
          "SELECT {c} FROM {t}",
          "SELECT * FROM {t}",
          "SELECT x.{c} AS harmless FROM {t} x",
          "SELECT upper({c}) FROM {t}",
          "SELECT coalesce({c}, 'x') FROM {t}",
          "SELECT nullif({c}, 'x') FROM {t}",
          "SELECT CASE WHEN {c} LIKE 'a%' THEN 1 ELSE 0 END FROM {t}",
          "SELECT max({c}) FROM {t}",
          "SELECT min({c}), max({c}) FROM {t}",
          "SELECT DISTINCT {c} FROM {t}",
          "SELECT q.v FROM (SELECT {c} AS v FROM {t}) q",
          "WITH w AS (SELECT {c} AS v FROM {t}) SELECT v FROM w",
          "SELECT {c} FROM {t} UNION SELECT {c} FROM {t}",
          "SELECT (SELECT max({c}) FROM {t}) AS v",
          "SELECT a.{c} FROM {t} a JOIN {t} b ON a.{c} = b.{c}",
          "SELECT first_value({c}) OVER (ORDER BY {c}) FROM {t}",
          "SELECT lag({c}) OVER (ORDER BY {k}) FROM {t}",
          "SELECT {c} || '' FROM {t}",
          "SELECT replace({c}, 'a', 'b') FROM {t}",
          "SELECT length({c}) FROM {t}");

  private static final List<String> GUESSES =
      List.of(
          "SELECT count(*) FROM {t} WHERE {c} = 'a'",
          "SELECT count(*) FROM {t} WHERE {c} LIKE 'a%'",
          "SELECT count(*) FROM {t} WHERE {c} > 'm'",
          "SELECT {k} FROM {t} WHERE length({c}) = 5",
          "SELECT {k} FROM {t} ORDER BY {c}",
          "SELECT count(*) FROM {t} GROUP BY {c}",
          "SELECT count(*) FROM {t} HAVING max({c}) > 'm'",
          "SELECT EXISTS (SELECT 1 FROM {t} WHERE {c} = 'a') AS found",
          "SELECT a.{k} FROM {t} a JOIN {t} b ON a.{c} = b.{c}");

  private static final List<String> COPIES =
      List.of(
          "CREATE TABLE sluice_copy AS SELECT {c} AS v FROM {t}",
          "UPDATE {t} SET {k} = {c}",
          "INSERT INTO {t} SELECT * FROM {t}");

  /// How an attempt got through.
  enum Way {
    SHOWN,
    GUESSED,
    COPIED
  }

  /// What got through.
  ///
  /// @param tag classification, or the one that discovery proposes
  /// @param classified whether the policy classifies the column
  /// @param rule that allowed it
  record Through(
      ColumnRef column, String tag, boolean classified, Way way, String sql, String rule) {}

  /// @param skipped columns beyond [#MOST_COLUMNS]
  record Report(int columns, int tried, List<Through> through, int skipped, boolean cancelled) {}

  private record Aim(ColumnRef column, String tag, boolean classified) {}

  private final StatementAnalyzer analyzer =
      StatementAnalyzers.standard(ParserWorker.onCallerThread());
  private final ReadyPolicy policy;
  private final ReadyPolicy written;
  private final List<Proposal> proposals;
  /// As the policy, but without rewriting: what it does not allow was only allowed on masked
  /// values.
  private final PolicyEngine onRawValues;
  private final CatalogSnapshot catalog;
  private final ConnectionContext connection;
  private final Actor actor;
  private final Instant at;

  /// @param groups of the one who attacks
  PolicyAttack(
      String yaml,
      CatalogSnapshot catalog,
      ConnectionContext connection,
      Set<String> groups,
      Instant at)
      throws ReadyPolicy.Unreadable {
    // What decides a person's statements: the same rewriter, and the same discovery.
    EngineParts parts =
        EngineParts.none()
            .withBudget((subject, column, day) -> Set.of())
            .withRewriter(AtSourceRewriter.standard(ParserWorker.onCallerThread()));
    ReadyPolicy written = ReadyPolicy.read(yaml, "policy", parts);
    this.catalog = catalog.withFunctions(written.bundle().functions());
    this.written = written;
    this.proposals = Discovery.propose(this.catalog, ColumnSamples.none());
    this.policy = written.withDiscovered(proposals, connection.name(), parts);
    this.onRawValues =
        PolicyEngines.of(
            withoutRowFilters(written.bundle()),
            EngineParts.none()
                .withBudget((subject, column, day) -> Set.of())
                .withDiscovered(proposals, connection.name()));
    this.connection = connection;
    this.actor =
        new Actor.Person(
            new Principal("attack", "attacker", null, "attacker", groups, Set.of("analyst")));
    this.at = at;
  }

  /// Row filters are written into a statement too, and would look like masks at the source.
  private static PolicyBundle withoutRowFilters(PolicyBundle bundle) {
    return new PolicyBundle(
        bundle.version(),
        bundle.expires(),
        bundle.minClient(),
        bundle.mode(),
        bundle.connections(),
        bundle.classifications(),
        bundle.masks(),
        bundle.exemptions(),
        List.of(),
        bundle.breakGlass(),
        bundle.exports(),
        bundle.agents(),
        bundle.tests(),
        bundle.rules(),
        bundle.functions());
  }

  /// @param going told the attempts done and all there are; it ends when this says no
  Report run(BiPredicate<Integer, Integer> going) {
    List<Aim> all = aims();
    List<Aim> aims = all.subList(0, Math.min(MOST_COLUMNS, all.size()));
    int total = aims.size() * (SHOWS.size() + GUESSES.size() + COPIES.size());
    List<Through> through = new ArrayList<>();
    int tried = 0;
    for (Aim aim : aims) {
      for (Way way : Way.values()) {
        for (String template : templates(way)) {
          if (!going.test(tried, total)) {
            return new Report(aims.size(), tried, through, all.size() - aims.size(), true);
          }
          String sql = fill(template, aim.column());
          tried++;
          attempt(aim, way, sql).ifPresent(through::add);
        }
      }
    }
    return new Report(aims.size(), tried, through, all.size() - aims.size(), false);
  }

  private static List<String> templates(Way way) {
    return switch (way) {
      case SHOWN -> SHOWS;
      case GUESSED -> GUESSES;
      case COPIED -> COPIES;
    };
  }

  private List<Aim> aims() {
    List<Aim> aims = new ArrayList<>();
    written
        .sights()
        .of(catalog, actor, connection, at)
        .forEach(sight -> aims.add(new Aim(sight.column(), String.join(", ", sight.tags()), true)));
    for (Proposal proposal : proposals) {
      if (!written.sights().classified(connection.name(), proposal.column())) {
        aims.add(new Aim(proposal.column(), proposal.tag(), false));
      }
    }
    return aims;
  }

  private Optional<Through> attempt(Aim aim, Way way, String sql) {
    StatementAnalysis analysis =
        analyzer.analyze(StatementText.of(sql), connection.engine(), catalog);
    DecisionRequest request =
        new DecisionRequest(
            analysis,
            catalog,
            actor,
            connection,
            at,
            "window",
            "",
            false,
            0,
            List.of(),
            Optional.empty());
    Decision decision = policy.engine().decide(request);
    return switch (decision) {
      case Decision.Deny deny -> Optional.empty();
      case Decision.NeedsApproval asks -> Optional.empty();
      case Decision.Allow allow -> {
        boolean got =
            switch (way) {
              case SHOWN -> shown(analysis, allow, aim.column());
              case GUESSED ->
                  shown(analysis, allow, aim.column())
                      || (analysis.uses().stream()
                              .anyMatch(use -> use.sources().contains(aim.column()))
                          && onRawValues.decide(request) instanceof Decision.Allow);
              case COPIED -> !analysis.readsOnly();
            };
        yield got
            ? Optional.of(
                new Through(
                    aim.column(), aim.tag(), aim.classified(), way, sql, allow.proof().rule()))
            : Optional.empty();
      }
    };
  }

  private static boolean shown(StatementAnalysis analysis, Decision.Allow allow, ColumnRef aim) {
    return analysis.columns().stream()
        .anyMatch(
            column ->
                (!column.known() || column.sources().contains(aim))
                    && allow.permit().plan().maskAt(column.ordinal()).isEmpty());
  }

  private String fill(String template, ColumnRef column) {
    String key =
        catalog
            .find(column.table())
            .map(Relation::columns)
            .flatMap(
                columns ->
                    columns.stream()
                        .map(CatalogColumn::name)
                        .filter(name -> !name.equals(column.column()))
                        .findFirst())
            .orElse(column.column());
    String table =
        column.table().schema().isEmpty()
            ? quoted(column.table().name())
            : quoted(column.table().schema()) + "." + quoted(column.table().name());
    return template
        .replace("{t}", table)
        .replace("{c}", quoted(column.column()))
        .replace("{k}", quoted(key));
  }

  private String quoted(String name) {
    if (name.matches("[a-z_][a-z0-9_]*")) {
      return name;
    }
    boolean ticks = connection.engine() == Dialect.MARIADB || connection.engine() == Dialect.MYSQL;
    String mark = ticks ? "`" : "\"";
    return mark + name.replace(mark, mark + mark) + mark;
  }
}
