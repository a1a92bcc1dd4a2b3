package dev.sluice.cli.classify;

import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.discovery.Proposal;
import dev.sluice.governance.discovery.ProposedPolicy;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What was found, in words, as JSON or as a part of a policy.
///
/// @param proposals the surest first
/// @param decided columns that the policy classifies already
/// @param notSampled tables of which only the names were judged
record Findings(List<Proposal> proposals, int decided, Collection<TableRef> notSampled) {

  private static final String HOW_TO_DECIDE =
      """
      # Proposed by sluice classify. Read each line, delete what is wrong, paste the rest into the policy.
      # A column that needs no mask is decided on too: give it a tag of its own and exempt everybody from it,
      #   classifications: [{tag: open.reviewed, columns: [table.column]}]
      #   exemptions: [{id: reviewed, who: 'true', tags: [open.reviewed], reason: holds nothing to protect}]
      """;

  void print(PrintStream out) {
    for (Proposal proposal : proposals) {
      out.printf(
          Locale.ROOT,
          "%-44s %-20s %3d %%%s%n",
          proposal.column().dotted(),
          proposal.tag(),
          proposal.confidence(),
          proposal.confident() ? "  confident" : "");
      proposal.reasons().forEach(reason -> out.println("    " + reason));
    }
    if (!proposals.isEmpty()) {
      out.println();
    }
    long confident = proposals.stream().filter(Proposal::confident).count();
    out.println(
        (proposals.isEmpty()
                ? "Nothing is proposed."
                : proposals.size() + " proposed, " + confident + " of them confident.")
            + (decided == 0 ? "" : " Already in the policy: " + decided + ".")
            + " Nothing was changed.");
    if (!notSampled.isEmpty()) {
      out.println(
          "Judged by names alone, because the values could not be read in time or at all: "
              + String.join(", ", notSampled.stream().map(TableRef::dotted).toList()));
    }
    if (!proposals.isEmpty()) {
      out.println("With --yaml it is written as a part of a policy, to be read and pasted.");
    }
  }

  String yaml() {
    return proposals.isEmpty()
        ? "# Nothing is proposed.\n"
        : HOW_TO_DECIDE + ProposedPolicy.yaml(proposals);
  }

  String json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode list = node.putArray("proposals");
    for (Proposal proposal : proposals) {
      ObjectNode one = list.addObject();
      one.put("column", proposal.column().dotted());
      one.put("tag", proposal.tag());
      one.put("mask", proposal.mask().algorithm());
      one.put("confidence", proposal.confidence());
      one.put("confident", proposal.confident());
      ArrayNode reasons = one.putArray("reasons");
      proposal.reasons().forEach(reasons::add);
    }
    node.put("already_decided", decided);
    ArrayNode tables = node.putArray("judged_by_name_only");
    notSampled.stream().map(TableRef::dotted).forEach(tables::add);
    return JsonMapper.shared().writeValueAsString(node);
  }
}
