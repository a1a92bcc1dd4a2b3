package dev.sluice.app.results;

import dev.sluice.app.fx.Messages;
import dev.sluice.governance.approval.ApproverRule;
import java.util.stream.Collectors;

/// Who decides, in a sentence.
final class ApproverWords {

  private ApproverWords() {}

  static String of(ApproverRule rule, Messages messages) {
    String who =
        rule.anyOf().stream()
            .map(entry -> entry.substring(entry.indexOf(':') + 1))
            .collect(Collectors.joining(", "));
    return messages.text(
        rule.quorum() == 1 ? "approvers.one" : "approvers.many",
        who,
        rule.quorum(),
        messages.count("times", rule.executions()));
  }
}
