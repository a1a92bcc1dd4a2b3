package dev.sluice.governance.policy;

import dev.sluice.governance.discovery.Proposal;
import dev.sluice.governance.sql.AtSourceRewriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an engine may use besides the bundle. Where a part is missing, what would need it is
/// refused.
///
/// @param budget for `uses: equality`
/// @param rewriter for `uses: at-source` and row filters
/// @param proposals classifications that discovery is sure of and nobody has decided on yet: they
///     mask until a person decides
/// @param discovered what those classifications were made of, for the reasons of decisions
public record EngineParts(
    Optional<EqualityBudget> budget,
    Optional<AtSourceRewriter> rewriter,
    List<PolicyBundle.Classification> proposals,
    List<Proposal> discovered) {
  public EngineParts {
    proposals = List.copyOf(proposals);
    discovered = List.copyOf(discovered);
  }

  public static EngineParts none() {
    return new EngineParts(Optional.empty(), Optional.empty(), List.of(), List.of());
  }

  public EngineParts withBudget(EqualityBudget other) {
    return new EngineParts(Optional.of(other), rewriter, proposals, discovered);
  }

  public EngineParts withRewriter(AtSourceRewriter other) {
    return new EngineParts(budget, Optional.of(other), proposals, discovered);
  }

  /// What discovery is sure of, for columns that the policy does not classify.
  ///
  /// @param connection that was looked at
  public EngineParts withDiscovered(List<Proposal> found, String connection) {
    List<PolicyBundle.Classification> sure = new ArrayList<>(proposals);
    found.stream()
        .filter(Proposal::confident)
        .forEach(
            proposal ->
                sure.add(
                    new PolicyBundle.Classification(
                        proposal.tag(),
                        List.of(ColumnPattern.exactly(proposal.column())),
                        List.of(connection))));
    return new EngineParts(budget, rewriter, sure, found);
  }

  public EngineParts withProposals(List<PolicyBundle.Classification> other) {
    return new EngineParts(budget, rewriter, other, discovered);
  }
}
