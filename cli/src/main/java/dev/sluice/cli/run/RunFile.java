package dev.sluice.cli.run;

import dev.sluice.cli.check.BadInput;
import dev.sluice.cli.check.SourceText;
import dev.sluice.cli.check.StatementReport;
import dev.sluice.cli.check.VerdictPrinter;
import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.policy.Decision;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Runs the statements of files and prints verdicts and results for people.
public final class RunFile {

  private static final int FAILED = 1;
  private static final int NEEDS_APPROVAL = 3;
  private static final int DENIED = 4;

  private final RunLines lines;
  private final ReadyPolicy policy;
  private final Actor actor;
  private final VerdictPrinter printer;

  public RunFile(RunLines lines, ReadyPolicy policy, Actor actor, VerdictPrinter printer) {
    this.lines = lines;
    this.policy = policy;
    this.actor = actor;
    this.printer = printer;
  }

  /// @return the exit code
  public int run(List<String> files) throws BadInput, IOException {
    int worst = 0;
    int number = 0;
    for (String file : files) {
      String text = SourceText.read(file);
      ArrayNode answers = JsonNodeFactory.instance.arrayNode();
      List<StatementReport> reports = lines.run(text, policy, actor, answers);
      for (int index = 0; index < reports.size(); index++) {
        number++;
        ObjectNode answer = (ObjectNode) answers.get(index);
        printer.print(SourceText.name(file), text, reports.get(index), number);
        printer.result(answer);
        worst = Math.max(worst, code(reports.get(index), answer));
      }
    }
    printer.summary(number, worst == 0, false);
    return worst;
  }

  private static int code(StatementReport report, ObjectNode answer) {
    return switch (report.decision().orElseThrow()) {
      case Decision.Allow allow -> answer.has("error") ? FAILED : 0;
      case Decision.NeedsApproval asked -> NEEDS_APPROVAL;
      case Decision.Deny deny -> DENIED;
    };
  }
}
