package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.discovery.Proposal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Says which columns are hidden because discovery is sure of them and nobody has decided yet.
final class DiscoveredColumns {

  private final Map<ColumnRef, Proposal> byColumn = new HashMap<>();
  private final List<PolicyBundle.Classification> decided;

  DiscoveredColumns(PolicyBundle bundle, List<Proposal> discovered) {
    this.decided = bundle.classifications();
    discovered.stream()
        .filter(Proposal::confident)
        .forEach(proposal -> byColumn.put(proposal.column(), proposal));
  }

  /// The proposals among some columns, of which the policy itself says nothing.
  private Stream<Proposal> among(Collection<ColumnRef> columns, String connection) {
    if (byColumn.isEmpty() || columns.stream().noneMatch(byColumn::containsKey)) {
      return Stream.empty();
    }
    ColumnTags written = new ColumnTags(decided, connection);
    return columns.stream()
        .filter(column -> written.of(column).isEmpty())
        .flatMap(column -> Stream.ofNullable(byColumn.get(column)));
  }

  /// A sentence for each, with a blank before it; empty when there are none.
  String words(Collection<ColumnRef> columns, String connection) {
    StringBuilder words = new StringBuilder();
    among(columns, connection)
        .forEach(
            proposal ->
                words
                    .append(' ')
                    .append(proposal.column().dotted())
                    .append(" is hidden because discovery takes it for ")
                    .append(proposal.tag())
                    .append(" (")
                    .append(proposal.confidence())
                    .append(" %: ")
                    .append(String.join(" ", proposal.reasons()))
                    .append(") and nobody has decided on it yet."));
    return words.toString();
  }

  Optional<WayOut> wayOut(ColumnRef column, String connection) {
    return among(List.of(column), connection)
        .findFirst()
        .map(
            proposal ->
                new WayOut.Advice(
                    "If it holds nothing to protect, ask a policy administrator to say so in the"
                        + " policy: sluice policy dismiss "
                        + column.dotted()
                        + "."));
  }
}
