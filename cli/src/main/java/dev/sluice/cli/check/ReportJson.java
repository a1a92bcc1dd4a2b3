package dev.sluice.cli.check;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.Proof;
import dev.sluice.governance.policy.WayOut;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.OutputColumn;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.Use;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The JSON form of a statement's report. Offsets are code points of the submitted text, half-open.
public final class ReportJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ReportJson() {}

  /// @param text the whole submitted text
  public static ObjectNode of(StatementReport report, String text) {
    CodePoints places = new CodePoints(text);
    StatementAnalysis analysis = report.analysis();
    int shift = analysis.statement().span().start();
    ObjectNode node = NODES.objectNode();
    node.put("text", analysis.statement().text());
    node.put("start", places.at(shift));
    node.put("end", places.at(analysis.statement().span().end()));
    node.put("kind", analysis.kind());
    node.put("parsed", analysis.parsed());
    ArrayNode effects = node.putArray("effects");
    analysis.effects().forEach(effect -> effects.add(effect(effect)));
    ArrayNode tables = node.putArray("tables");
    analysis.tables().stream().map(TableRef::dotted).forEach(tables::add);
    MaskingPlan plan = plan(report.decision());
    ArrayNode columns = node.putArray("columns");
    boolean decided = report.decision().isPresent();
    analysis.columns().forEach(column -> columns.add(column(column, plan, decided)));
    ArrayNode uses = node.putArray("uses");
    analysis.uses().forEach(use -> uses.add(use(use, places, shift)));
    node.put("complete", analysis.complete());
    report.decision().ifPresent(decision -> decide(node, decision, places, shift));
    ArrayNode refusals = node.putArray("refusals");
    analysis.refusals().forEach(refusal -> refusals.add(refusal(refusal, places, shift)));
    return node;
  }

  private static MaskingPlan plan(Optional<Decision> decision) {
    return decision
        .map(
            made ->
                switch (made) {
                  case Decision.Allow allow -> allow.permit().plan();
                  case Decision.NeedsApproval asked -> asked.plan();
                  case Decision.Deny deny -> MaskingPlan.none();
                })
        .orElse(MaskingPlan.none());
  }

  private static ObjectNode effect(Effect effect) {
    ObjectNode node = NODES.objectNode();
    node.put("kind", effect.kind().name());
    ArrayNode objects = node.putArray("objects");
    effect.objects().forEach(objects::add);
    node.put("filtered", effect.filtered());
    return node;
  }

  private static ObjectNode column(OutputColumn column, MaskingPlan plan, boolean decided) {
    ObjectNode node = NODES.objectNode();
    node.put("ordinal", column.ordinal());
    node.put("name", column.name());
    if (column.known()) {
      node.set("sources", sources(decided ? column.sources() : allSources(column)));
    } else {
      node.putNull("sources");
    }
    node.put("direct", column.direct());
    Optional<ColumnMask> mask = plan.maskAt(column.ordinal());
    node.put("mask", mask.map(found -> found.spec().algorithm()).orElse(null));
    return node;
  }

  /// Without a policy nothing is declassified: every column that reaches the cell is a source.
  private static Set<ColumnRef> allSources(OutputColumn column) {
    Set<ColumnRef> all = new TreeSet<>(column.sources());
    all.addAll(column.declassified());
    return all;
  }

  private static ArrayNode sources(Collection<ColumnRef> columns) {
    ArrayNode node = NODES.arrayNode();
    columns.stream().map(ColumnRef::dotted).forEach(node::add);
    return node;
  }

  private static ObjectNode use(Use use, CodePoints places, int shift) {
    ObjectNode node = NODES.objectNode();
    node.put("role", use.role().name());
    node.set("sources", sources(use.sources()));
    node.set("span", span(places.of(use.span(), shift)));
    return node;
  }

  private static void decide(ObjectNode node, Decision decision, CodePoints places, int shift) {
    Proof proof = decision.proof();
    node.put("decision", decision.word());
    node.put("rule", proof.rule());
    ArrayNode rules = node.putArray("rules");
    proof.rules().forEach(rules::add);
    node.put("reason", proof.reason());
    Optional<Span> place = proof.spans().stream().findFirst();
    if (place.isPresent()) {
      node.set("span", span(places.of(place.get(), shift)));
    } else {
      node.putNull("span");
    }
    ArrayNode ways = node.putArray("ways_out");
    proof.waysOut().stream().map(WayOut::label).forEach(ways::add);
    node.put("policy_version", proof.policyVersion());
  }

  private static ObjectNode refusal(Refusal refusal, CodePoints places, int shift) {
    ObjectNode node = NODES.objectNode();
    node.put("code", refusal.code());
    node.put("message", refusal.message());
    node.set("span", span(places.of(refusal.span(), shift)));
    node.put("way_out", refusal.wayOut());
    return node;
  }

  private static ArrayNode span(int[] place) {
    return NODES.arrayNode().add(place[0]).add(place[1]);
  }
}
