package dev.sluice.governance.policy;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.Optional;

/// The words that conditions may use, with their types: a condition that misspells one does not
/// compile. Two languages: rules know everything; `who` conditions know only who asks where and
/// when, because they are decided before the statement is looked at.
enum ConditionLanguage {
  RULE(true),
  WHO(false);

  /// What became of a condition's text.
  sealed interface Compiled {
    record Program(CelRuntime.Program program) implements Compiled {}

    /// @param line within the condition, from 1
    /// @param column within that line, from 0
    record Broken(int line, int column, String message) implements Compiled {}
  }

  private static final String PREFIX = "sluice.";
  private static final ListType TEXTS = ListType.create(SimpleType.STRING);
  private static final MapType LABELS = MapType.create(SimpleType.STRING, SimpleType.STRING);

  private static final Map<String, StructType> TYPES =
      Map.of(
          PREFIX + "User",
          struct(
              "User",
              Map.of(
                  "subject",
                  SimpleType.STRING,
                  "email",
                  SimpleType.STRING,
                  "groups",
                  TEXTS,
                  "roles",
                  TEXTS)),
          PREFIX + "Actor",
          struct(
              "Actor",
              Map.of(
                  "kind", SimpleType.STRING,
                  "on_behalf_of", SimpleType.STRING,
                  "client", SimpleType.STRING)),
          PREFIX + "Connection",
          struct(
              "Connection",
              Map.of(
                  "name", SimpleType.STRING,
                  "environment", SimpleType.STRING,
                  "engine", SimpleType.STRING,
                  "ring", SimpleType.STRING,
                  "labels", LABELS)),
          PREFIX + "Request",
          struct(
              "Request",
              Map.of(
                  "time", SimpleType.TIMESTAMP,
                  "origin", SimpleType.STRING,
                  "ticket", SimpleType.STRING)),
          PREFIX + "Session",
          struct(
              "Session", Map.of("in_transaction", SimpleType.BOOL, "rows_touched", SimpleType.INT)),
          PREFIX + "Effect",
          struct(
              "Effect",
              Map.of("kind", SimpleType.STRING, "objects", TEXTS, "filtered", SimpleType.BOOL)),
          PREFIX + "Statement",
          struct(
              "Statement",
              Map.ofEntries(
                  Map.entry("kind", SimpleType.STRING),
                  Map.entry("effects", ListType.create(reference("Effect"))),
                  Map.entry("reads_only", SimpleType.BOOL),
                  Map.entry("writes", SimpleType.BOOL),
                  Map.entry("tables", TEXTS),
                  Map.entry("columns", TEXTS),
                  Map.entry("tags_read", TEXTS),
                  Map.entry("tags_used", TEXTS),
                  Map.entry("functions", TEXTS),
                  Map.entry("limit", SimpleType.INT),
                  Map.entry("estimated_rows", SimpleType.INT),
                  Map.entry("parsed", SimpleType.BOOL))));

  private final Cel cel;

  ConditionLanguage(boolean aboutStatements) {
    CelBuilder builder =
        CelFactory.plannerCelBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setTypeProvider(provider())
            .setResultType(SimpleType.BOOL)
            .addVar("user", reference("User"))
            .addVar("actor", reference("Actor"))
            .addVar("connection", reference("Connection"))
            .addVar("request", reference("Request"))
            .addVar("labels", MapType.create(SimpleType.STRING, SimpleType.STRING));
    if (aboutStatements) {
      builder.addVar("statement", reference("Statement")).addVar("session", reference("Session"));
    }
    this.cel = builder.build();
  }

  Compiled compile(String condition) {
    CelValidationResult result = cel.compile(condition);
    if (result.hasError()) {
      CelIssue issue = result.getErrors().getFirst();
      return new Compiled.Broken(
          Math.max(1, issue.getSourceLocation().getLine()),
          Math.max(0, issue.getSourceLocation().getColumn()),
          issue.getMessage());
    }
    try {
      return new Compiled.Program(cel.createProgram(result.getAst()));
    } catch (CelValidationException | CelEvaluationException e) {
      return new Compiled.Broken(1, 0, String.valueOf(e.getMessage()));
    }
  }

  private static StructType struct(String name, Map<String, ? extends CelType> all) {
    ImmutableMap<String, CelType> fields = ImmutableMap.copyOf(all);
    return StructType.create(
        PREFIX + name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
  }

  private static StructTypeReference reference(String name) {
    return StructTypeReference.create(PREFIX + name);
  }

  private static CelTypeProvider provider() {
    return new CelTypeProvider() {
      @Override
      public ImmutableCollection<CelType> types() {
        return ImmutableList.copyOf(TYPES.values());
      }

      @Override
      public Optional<CelType> findType(String name) {
        return Optional.ofNullable(TYPES.get(name));
      }
    };
  }
}
