package dev.sluice.cli.check;

import dev.sluice.gateway.schema.SchemaScript;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementAnalyzer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Decides the statements of files and prints a verdict for each.
public final class CheckFile {

  private static final int ALLOWED = 0;
  private static final int NEEDS_APPROVAL = 3;
  private static final int DENIED = 4;

  private final StatementAnalyzer analyzer;
  private final VerdictPrinter printer;

  public CheckFile(StatementAnalyzer analyzer, VerdictPrinter printer) {
    this.analyzer = analyzer;
    this.printer = printer;
  }

  /// @return the exit code: 0 all allowed, 3 some need approval, 4 some are denied
  public int run(
      List<String> files,
      Optional<String> schema,
      String dialectWord,
      Optional<LoadedPolicy> policy,
      Actor actor,
      Place place)
      throws BadInput, IOException {
    Dialect dialect = Lines.dialect(dialectWord);
    CatalogSnapshot catalog =
        schema.isPresent() ? catalog(schema.get(), dialect) : CatalogSnapshot.empty();
    ScriptChecker checker = new ScriptChecker(analyzer);
    int worst = ALLOWED;
    int statements = 0;
    for (String file : files) {
      String text = read(file);
      CheckInput input =
          new CheckInput(dialect, catalog, text, policy, actor, place.context(dialect));
      List<StatementReport> reports = checker.check(input, Instant.now());
      for (StatementReport report : reports) {
        statements++;
        printer.print(file.equals("-") ? "standard input" : file, text, report, statements);
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
        SchemaScript.read(read(file), dialect, analyzer, defaultSchema(dialect));
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

  private static String read(String file) throws BadInput, IOException {
    if (file.equals("-")) {
      InputStream input = System.in;
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }
    try {
      return new String(Files.readAllBytes(Path.of(file)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new BadInput("There is no file " + file + ".");
    }
  }
}
