package dev.sluice.governance.approval;

import java.time.Duration;
import java.util.Optional;

/// Conditions only ever narrow: what the requester asked for and the rule allows is the most that
/// anybody can approve.
final class Narrowing {

  private Narrowing() {}

  /// Why a review's conditions are not taken; empty when they are.
  static Optional<Transition.Refused> refusal(ApprovalRequest request, Review review) {
    Conditions set = review.conditions();
    if (set.none()) {
      return Optional.empty();
    }
    if (review.verdict() != Review.Verdict.APPROVE) {
      return Optional.of(ApprovalRefusals.conditionsOfNo());
    }
    if (set.executions().orElse(1) < 1
        || set.rows().orElse(1) < 1
        || !set.within().orElse(Duration.ofMinutes(1)).isPositive()) {
      return Optional.of(ApprovalRefusals.conditionTooLow());
    }
    return switch (request.right()) {
      case Right.Run run -> tooWide(request, set, request.capsule().rowCeiling());
      case Right.Export export -> tooWide(request, set, export.rows());
      case Right.Unmask unmask -> {
        if (set.executions().isPresent()) {
          yield Optional.of(ApprovalRefusals.conditionOfAnother("runs"));
        }
        if (set.rows().isPresent()) {
          yield Optional.of(ApprovalRefusals.conditionOfAnother("rows"));
        }
        yield tooWide(request, set, -1);
      }
    };
  }

  private static Optional<Transition.Refused> tooWide(
      ApprovalRequest request, Conditions set, long rows) {
    int executions = request.approvers().executions();
    if (set.executions().orElse(1) > executions) {
      return Optional.of(
          ApprovalRefusals.conditionTooWide("the number of runs is", String.valueOf(executions)));
    }
    Duration lasts = request.right().lasts(request.approvers());
    if (set.within().filter(within -> within.compareTo(lasts) > 0).isPresent()) {
      return Optional.of(ApprovalRefusals.conditionTooWide("the time is", inWords(lasts)));
    }
    if (rows >= 0 && set.rows().orElse(1) > rows) {
      return Optional.of(
          ApprovalRefusals.conditionTooWide("the number of rows is", String.valueOf(rows)));
    }
    return Optional.empty();
  }

  private static String inWords(Duration lasts) {
    long minutes = lasts.toMinutes();
    return minutes % 60 == 0 ? minutes / 60 + " h" : minutes + " min";
  }
}
