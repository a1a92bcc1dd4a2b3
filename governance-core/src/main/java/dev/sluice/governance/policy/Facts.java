package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.policy.Requirement.Dimension;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.StatementAnalysis;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A request in the words of conditions. For an agent, `user` is the person it acts for: an agent
/// may do nothing that this person may not. Tables and columns are listed with and without their
/// schema, so that a rule that leaves the schema out means every schema.
///
/// @param variables for conditions
/// @param present for the rule index
record Facts(Map<String, Object> variables, EnumMap<Dimension, Set<String>> present) {

  static Principal user(Actor actor) {
    return actor.onBehalfOf().orElse(actor.principal());
  }

  /// What `who` conditions may ask.
  static Map<String, Object> who(DecisionRequest request, ConnectionContext connection) {
    Actor actor = request.actor();
    Principal user = user(actor);
    Map<String, Object> variables = new HashMap<>();
    variables.put(
        "user",
        Map.of(
            "subject", user.subject(),
            "email", user.email() == null ? "" : user.email(),
            "groups", List.copyOf(user.groups()),
            "roles", List.copyOf(user.roles())));
    variables.put(
        "actor",
        Map.of(
            "kind", actor.kind(),
            "on_behalf_of", actor.onBehalfOf().map(Principal::subject).orElse(""),
            "client", actor.labels().getOrDefault("client", request.origin())));
    variables.put(
        "connection",
        Map.of(
            "name", connection.name(),
            "environment", connection.environment(),
            "engine", connection.engine().id(),
            "ring", connection.ring(),
            "labels", connection.labels()));
    variables.put(
        "request",
        Map.of("time", request.at(), "origin", request.origin(), "ticket", request.ticket()));
    variables.put("labels", actor.labels());
    return variables;
  }

  /// What rules may ask.
  static Facts of(DecisionRequest request, ConnectionContext connection, ColumnTags tags) {
    StatementAnalysis analysis = request.analysis();
    Set<ColumnRef> read = new TreeSet<>();
    analysis.columns().forEach(column -> read.addAll(column.sources()));
    Set<ColumnRef> used = new TreeSet<>();
    analysis.uses().forEach(use -> used.addAll(use.sources()));
    Set<ColumnRef> all = new TreeSet<>(read);
    all.addAll(used);
    List<String> tables =
        analysis.tables().stream()
            .flatMap(table -> Stream.of(table.dotted(), table.name()))
            .distinct()
            .toList();
    Set<String> tagsRead = tags.of(read);
    Set<String> tagsUsed = tags.of(used);

    Map<String, Object> statement = new HashMap<>();
    statement.put("kind", analysis.kind());
    statement.put("effects", effects(analysis.effects()));
    statement.put("reads_only", analysis.readsOnly());
    statement.put("writes", analysis.writes());
    statement.put("tables", tables);
    statement.put(
        "columns",
        all.stream()
            .flatMap(c -> Stream.of(c.dotted(), c.table().name() + "." + c.column()))
            .distinct()
            .toList());
    statement.put("tags_read", List.copyOf(tagsRead));
    statement.put("tags_used", List.copyOf(tagsUsed));
    statement.put("functions", analysis.functions());
    statement.put("limit", analysis.limit().orElse(-1));
    statement.put("estimated_rows", estimatedRows(request));
    statement.put("parsed", analysis.parsed());

    Map<String, Object> variables = who(request, connection);
    variables.put("statement", statement);
    variables.put(
        "session",
        Map.of("in_transaction", request.inTransaction(), "rows_touched", request.rowsTouched()));
    return new Facts(variables, present(request, connection, tables, tagsRead, tagsUsed));
  }

  private static EnumMap<Dimension, Set<String>> present(
      DecisionRequest request,
      ConnectionContext connection,
      List<String> tables,
      Set<String> tagsRead,
      Set<String> tagsUsed) {
    StatementAnalysis analysis = request.analysis();
    Principal user = user(request.actor());
    EnumMap<Dimension, Set<String>> present = new EnumMap<>(Dimension.class);
    present.put(Dimension.ENVIRONMENT, Set.of(connection.environment()));
    present.put(Dimension.CONNECTION, Set.of(connection.name()));
    present.put(Dimension.ENGINE, Set.of(connection.engine().id()));
    present.put(Dimension.RING, Set.of(connection.ring()));
    present.put(Dimension.GROUP, user.groups());
    present.put(Dimension.ROLE, user.roles());
    present.put(Dimension.SUBJECT, Set.of(user.subject()));
    present.put(Dimension.ACTOR_KIND, Set.of(request.actor().kind()));
    present.put(Dimension.STATEMENT_KIND, Set.of(analysis.kind()));
    Set<String> kinds = new HashSet<>();
    analysis.effects().forEach(effect -> kinds.add(effect.kind().name()));
    present.put(Dimension.EFFECT, kinds);
    present.put(Dimension.TABLE, new HashSet<>(tables));
    present.put(Dimension.TAG_READ, tagsRead);
    present.put(Dimension.TAG_USED, tagsUsed);
    present.put(
        Dimension.FLAG,
        Set.of(
            analysis.readsOnly() ? "reads_only" : "!reads_only",
            analysis.writes() ? "writes" : "!writes",
            analysis.parsed() ? "parsed" : "!parsed"));
    return present;
  }

  private static List<Map<String, Object>> effects(List<Effect> effects) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Effect effect : effects) {
      all.add(
          Map.of(
              "kind", effect.kind().name(),
              "objects", withBareNames(effect.objects()),
              "filtered", effect.filtered()));
    }
    return all;
  }

  private static List<String> withBareNames(List<String> objects) {
    return objects.stream()
        .flatMap(object -> Stream.of(object, object.substring(object.lastIndexOf('.') + 1)))
        .distinct()
        .toList();
  }

  /// The largest estimate among the tables, bounded by the statement's own limit; -1 when unknown.
  static long estimatedRows(DecisionRequest request) {
    long largest = -1;
    for (TableRef table : request.analysis().tables()) {
      long rows = request.catalog().find(table).map(Relation::estimatedRows).orElse(-1L);
      largest = Math.max(largest, rows);
    }
    return largest >= 0 && request.analysis().limit().isPresent()
        ? Math.min(largest, request.analysis().limit().getAsLong())
        : largest;
  }
}
