package dev.sluice.cli.run;

import dev.sluice.cli.check.BadInput;
import dev.sluice.cli.check.CheckInput;
import dev.sluice.cli.check.LineAnswerer;
import dev.sluice.cli.check.Lines;
import dev.sluice.cli.check.Policies;
import dev.sluice.cli.check.ReportJson;
import dev.sluice.cli.check.ScriptChecker;
import dev.sluice.cli.check.StatementReport;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementAnalysis;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers the lines of `sluice run --batch`: decides, runs what is allowed, and answers with what
/// came back. Statements of one line share a session; after a refusal or an error the rest of the
/// line does not run.
public final class RunLines implements LineAnswerer {

  private final LocalCore core;
  private final Database database;
  private final Policies policies;
  private final ReadyPolicy standard;
  private final Actor actor;
  private final ConnectionContext connection;
  private final StatementRun runs;

  /// @param standard for lines that bring no policy
  /// @param actor for lines that name nobody
  /// @param connection where it runs, as the policy knows it
  public RunLines(
      LocalCore core,
      Database database,
      Policies policies,
      ReadyPolicy standard,
      Actor actor,
      ConnectionContext connection,
      StatementRun runs) {
    this.core = core;
    this.database = database;
    this.policies = policies;
    this.standard = standard;
    this.actor = actor;
    this.connection = connection;
    this.runs = runs;
  }

  @Override
  public void answer(JsonNode line, ObjectNode answer) throws BadInput {
    if (!line.path("sql").isString()) {
      throw new BadInput("\"sql\" must be a text.");
    }
    run(line.path("sql").stringValue(), policy(line), actor(line), answer.putArray("statements"));
  }

  /// Decides and runs a script.
  public List<StatementReport> run(String text, ReadyPolicy policy, Actor who, ArrayNode statements)
      throws BadInput {
    Dialect engine = database.definition().engine();
    CatalogSnapshot catalog = CheckInput.with(database.catalog(), Optional.of(policy));
    CheckInput input = new CheckInput(engine, catalog, text, Optional.of(policy), who, connection);
    List<StatementReport> reports = new java.util.ArrayList<>();
    List<StatementAnalysis> analyses = core.scripts().read(text, engine, catalog);
    boolean readOnly = analyses.stream().allMatch(StatementAnalysis::readsOnly);
    try (RunSession session = new RunSession(database, readOnly)) {
      boolean going = true;
      for (StatementAnalysis analysis : analyses) {
        StatementReport report =
            new StatementReport(analysis, ScriptChecker.decide(input, analysis, Instant.now()));
        reports.add(report);
        ObjectNode statement = ReportJson.of(report, text);
        statements.add(statement);
        if (going) {
          going = runs.run(input, report, session, statement);
        } else {
          statement.put("error", "Not run, because an earlier statement of this line did not.");
        }
      }
    } catch (BackendFailure e) {
      throw new BadInput("The database cannot be reached (SQLSTATE " + e.sqlState() + ").");
    }
    boolean changesSchema =
        analyses.stream()
            .flatMap(analysis -> analysis.effects().stream())
            .anyMatch(effect -> Schemas.mayChange(effect.kind()));
    if (changesSchema) {
      database.forgetCatalog();
    }
    return reports;
  }

  private ReadyPolicy policy(JsonNode line) throws BadInput {
    JsonNode inline = line.path("policy");
    if (inline.isObject()) {
      return policies.fromText(inline.toString());
    }
    JsonNode file = line.path("policy_file");
    return file.isString() ? policies.fromFile(file.stringValue()) : standard;
  }

  private Actor actor(JsonNode line) throws BadInput {
    return line.path("actor").isObject() ? Lines.actor(line) : actor;
  }
}
