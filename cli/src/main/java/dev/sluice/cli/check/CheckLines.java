package dev.sluice.cli.check;

import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.gateway.decision.ScriptReader;
import dev.sluice.governance.sql.Dialect;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers the lines of `sluice check --batch`.
public final class CheckLines implements LineAnswerer {

  private final ScriptChecker checker;
  private final Policies policies;
  private final SchemaJson schemas = new SchemaJson();
  private final Optional<ReadyPolicy> standard;

  /// @param standard the policy for lines that bring none
  public CheckLines(ScriptReader scripts, Policies policies, Optional<ReadyPolicy> standard) {
    this.checker = new ScriptChecker(scripts);
    this.policies = policies;
    this.standard = standard;
  }

  @Override
  public void answer(JsonNode line, ObjectNode answer) throws BadInput {
    CheckInput input = input(line);
    ArrayNode statements = answer.putArray("statements");
    for (StatementReport report : checker.check(input, Instant.now())) {
      statements.add(ReportJson.of(report, input.text()));
    }
  }

  private CheckInput input(JsonNode line) throws BadInput {
    Dialect dialect = Lines.dialect(Lines.text(line, "dialect", ""));
    if (!line.path("sql").isString()) {
      throw new BadInput("\"sql\" must be a text.");
    }
    Optional<ReadyPolicy> policy = policy(line);
    return new CheckInput(
        dialect,
        CheckInput.with(schemas.read(line), policy),
        line.path("sql").stringValue(),
        policy,
        Lines.actor(line),
        Lines.connection(line, dialect));
  }

  private Optional<ReadyPolicy> policy(JsonNode line) throws BadInput {
    JsonNode inline = line.path("policy");
    if (inline.isObject()) {
      return Optional.of(policies.fromText(inline.toString()));
    }
    if (inline.isString()) {
      return Optional.of(policies.fromText(inline.stringValue()));
    }
    String file = Lines.text(line, "policy_file", "");
    return file.isEmpty() ? standard : Optional.of(policies.fromFile(file));
  }
}
