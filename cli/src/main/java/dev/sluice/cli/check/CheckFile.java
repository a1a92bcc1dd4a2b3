package dev.sluice.cli.check;

import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.gateway.schema.SchemaScript;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.Dialect;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Decides the statements of files and prints a verdict for each.
public final class CheckFile {

  private static final int ALLOWED = 0;
  private static final int NEEDS_APPROVAL = 3;
  private static final int DENIED = 4;

  private final LocalCore core;
  private final VerdictPrinter printer;

  public CheckFile(LocalCore core, VerdictPrinter printer) {
    this.core = core;
    this.printer = printer;
  }

  /// @return the exit code: 0 all allowed, 3 some need approval, 4 some are denied
  public int run(
      List<String> files,
      Optional<String> schema,
      String dialectWord,
      Optional<ReadyPolicy> policy,
      Actor actor,
      Place place)
      throws BadInput, IOException {
    Dialect dialect = Lines.dialect(dialectWord);
    CatalogSnapshot catalog =
        schema.isPresent() ? catalog(schema.get(), dialect) : CatalogSnapshot.empty();
    ScriptChecker checker = new ScriptChecker(core.scripts().forFiles());
    int worst = ALLOWED;
    int statements = 0;
    for (String file : files) {
      String text = SourceText.read(file);
      CheckInput input =
          new CheckInput(
              dialect,
              CheckInput.with(catalog, policy),
              text,
              policy,
              actor,
              place.context(dialect));
      List<StatementReport> reports = checker.check(input, Instant.now());
      for (StatementReport report : reports) {
        statements++;
        printer.print(SourceText.name(file), text, report, statements);
        worst = Math.max(worst, code(report));
      }
    }
    printer.summary(statements, worst == ALLOWED, policy.isPresent());
    return worst;
  }

  private static int code(StatementReport report) {
    return report
        .decision()
        .map(
            decision ->
                switch (decision) {
                  case Decision.Allow allow -> ALLOWED;
                  case Decision.NeedsApproval asked -> NEEDS_APPROVAL;
                  case Decision.Deny deny -> DENIED;
                })
        .orElse(report.analysis().refusals().isEmpty() ? ALLOWED : DENIED);
  }

  private CatalogSnapshot catalog(String file, Dialect dialect) throws BadInput, IOException {
    SchemaScript.Reading reading =
        SchemaScript.read(SourceText.read(file), dialect, core.analyzer(), defaultSchema(dialect));
    for (SchemaScript.Problem problem : reading.problems()) {
      System.err.println(
          "sluice: " + file + ", offset " + problem.span().start() + ": " + problem.message());
    }
    return reading.catalog();
  }

  /// What names without a schema mean on a fresh server.
  private static String defaultSchema(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL -> "public";
      case SQLITE, DUCKDB -> "main";
      case SQLSERVER -> "dbo";
      case MYSQL, MARIADB, TRINO, ANSI -> "";
    };
  }
}
