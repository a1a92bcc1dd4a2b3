package dev.sluice.cli.check;

import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.gateway.schema.SchemaScript;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.Dialect;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /// How findings are told: as text, or for a pull request.
  public enum Form {
    TEXT,
    SARIF,
    GITHUB
  }

  /// @param files files, folders of migrations, changelogs
  /// @param placeholders values for `${name}` in migrations
  /// @param out takes what is not text
  /// @return the exit code: 0 all allowed, 3 some need approval, 4 some are denied
  public int run(
      List<String> files,
      Map<String, String> placeholders,
      Form form,
      PrintStream out,
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
    CatalogSnapshot[] now = {CheckInput.with(catalog, policy)};
    List<Finding> findings = new ArrayList<>();
    for (Source source : new Sources(placeholders).of(files)) {
      CheckInput input =
          new CheckInput(dialect, now[0], source.text(), policy, actor, place.context(dialect));
      List<StatementReport> reports =
          source.changes()
              ? checker.check(
                  input,
                  Instant.now(),
                  (known, statement) -> {
                    now[0] =
                        SchemaScript.after(
                            known, statement, dialect, core.analyzer(), defaultSchema(dialect));
                    return now[0];
                  })
              : checker.check(input, Instant.now());
      for (StatementReport report : reports) {
        statements++;
        if (form == Form.TEXT) {
          printer.print(source.name(), source.text(), report, statements);
        } else {
          Finding.of(source, report).ifPresent(findings::add);
        }
        worst = Math.max(worst, code(report));
      }
    }
    switch (form) {
      case TEXT -> printer.summary(statements, worst == ALLOWED, policy.isPresent());
      case SARIF -> out.print(FindingReport.sarif(findings));
      case GITHUB -> out.print(FindingReport.github(findings));
    }
    out.flush();
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
