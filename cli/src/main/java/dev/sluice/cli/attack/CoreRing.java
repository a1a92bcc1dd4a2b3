package dev.sluice.cli.attack;

import dev.sluice.cli.attack.AttackCase.Expect;
import dev.sluice.cli.check.BadInput;
import dev.sluice.cli.check.Policies;
import dev.sluice.cli.run.Database;
import dev.sluice.cli.run.RunLines;
import dev.sluice.cli.run.StatementRun;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.decision.MemoryBudget;
import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.gateway.journal.Journal;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.masking.MaskKeys;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.EngineParts;
import dev.sluice.governance.sql.AtSourceRewriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The first ring: the road of `sluice run --batch`, on a login that may do everything. What stops
/// an attack here is the core and the executor alone.
final class CoreRing implements Ring {

  private static final int MOST_ROWS = 10_000;

  private final BoundedParserWorker worker = BoundedParserWorker.standard();
  private final Path folder;
  private final Journal journal;
  private final Database database;
  private final RunLines lines;

  CoreRing(Ground ground, ReadyPolicy policy, Actor actor, ConnectionContext context)
      throws IOException {
    this.folder = Files.createTempDirectory("sluice-attack");
    try {
      this.journal = SqliteJournal.open(folder.resolve("journal.db"));
    } catch (Journal.JournalProblem e) {
      throw new IOException(e.getMessage(), e);
    }
    this.database = new Database(ground.definition(), ground.login());
    LocalCore core = LocalCore.of(worker);
    MemoryBudget budget = new MemoryBudget();
    byte[] key = "a key of no importance to anybody".getBytes(StandardCharsets.US_ASCII);
    MaskKeys keys = name -> Optional.of(key.clone());
    this.lines =
        new RunLines(
            core,
            database,
            new Policies(parts(worker)),
            policy,
            actor,
            context,
            new StatementRun(core.executor(), journal, budget, keys, MOST_ROWS));
  }

  /// What the engine of the policy may use.
  static EngineParts parts(BoundedParserWorker worker) {
    return EngineParts.none()
        .withBudget(new MemoryBudget())
        .withRewriter(AtSourceRewriter.standard(worker));
  }

  @Override
  public void attack(Tried tried) {
    int number = 0;
    for (String text : tried.attack().texts()) {
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      line.put("sql", text);
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      try {
        lines.answer(line, answer);
      } catch (BadInput e) {
        tried.look("an error", e.getMessage());
        tried.wrong("not answered: " + e.getMessage());
        return;
      } catch (RuntimeException | StackOverflowError e) {
        tried.wrong("internal error " + e.getClass().getSimpleName());
        return;
      }
      for (JsonNode statement : answer.path("statements")) {
        look(tried, statement);
      }
      if (number++ == 0 && !tried.attack().several()) {
        judge(tried, answer.path("statements"));
      }
    }
  }

  private static void look(Tried tried, JsonNode statement) {
    statement.path("labels").forEach(label -> tried.look("a label", label.asString("")));
    for (JsonNode row : statement.path("rows")) {
      for (int column = 0; column < row.size(); column++) {
        JsonNode cell = row.get(column);
        tried.cell(column, cell.isNull() ? null : cell.asString(cell.toString()));
      }
    }
    tried.endOfResult();
    tried.look("an error", statement.path("error").asString(""));
    statement.path("warnings").forEach(warning -> tried.look("a warning", warning.asString("")));
    statement.path("incidents").forEach(text -> tried.look("an incident", text.asString("")));
  }

  /// Whether the first text was answered as it should be.
  private static void judge(Tried tried, JsonNode statements) {
    AttackCase attack = tried.attack();
    String verdict = verdict(statements);
    boolean allowed = verdict.equals("allow");
    if (allowed && attack.expect() == Expect.MASK) {
      masked(tried, statements);
    }
    if (attack.expect() == Expect.BLOCK) {
      if (allowed && !allMasked(statements)) {
        tried.leak("it was allowed");
      } else if (attack.benign() && attack.approval() && !verdict.equals("needs-approval")) {
        tried.wrong(verdict + ", though somebody could approve it: " + reason(statements));
      }
      return;
    }
    if (!allowed) {
      if (!attack.mayRefuse()) {
        tried.wrong(verdict + ": " + reason(statements));
      }
      return;
    }
    for (JsonNode statement : statements) {
      if (statement.has("error") && !attack.mayRefuse()) {
        tried.wrong("error: " + statement.path("error").asString(""));
      }
      for (JsonNode column : statement.path("columns")) {
        if (attack.expect() == Expect.ALLOW && !column.path("mask").isNull()) {
          tried.wrong("masked, though nothing in it is sensitive");
        }
      }
    }
  }

  private static void masked(Tried tried, JsonNode statements) {
    for (int[] place : tried.attack().masked()) {
      JsonNode column = statements.path(place[0]).path("columns").path(place[1]);
      if (column.path("mask").isNull() || column.path("mask").isMissingNode()) {
        tried.leak("column " + (place[1] + 1) + " is not masked");
      }
    }
  }

  private static boolean allMasked(JsonNode statements) {
    boolean any = false;
    for (JsonNode statement : statements) {
      for (JsonNode column : statement.path("columns")) {
        any = true;
        if (column.path("mask").isNull()) {
          return false;
        }
      }
    }
    return any;
  }

  private static String verdict(JsonNode statements) {
    String worst = statements.isEmpty() ? "deny" : "allow";
    for (JsonNode statement : statements) {
      String decision = statement.path("decision").asString("deny");
      if (decision.equals("deny") || worst.equals("allow")) {
        worst = decision;
      }
    }
    return worst;
  }

  private static String reason(JsonNode statements) {
    for (JsonNode statement : statements) {
      if (!statement.path("decision").asString("").equals("allow")) {
        return statement.path("reason").asString("");
      }
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    database.close();
    journal.close();
    worker.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
