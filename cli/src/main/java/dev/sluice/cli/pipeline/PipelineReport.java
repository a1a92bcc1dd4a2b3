package dev.sluice.cli.pipeline;

import dev.sluice.cli.pipeline.StepResult.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What a pipeline's run came to.
///
/// @param connection where it ran
/// @param schemaBefore fingerprint of the catalog before
/// @param schemaAfter fingerprint of the catalog after
/// @param schemaChanges what differs, a line each
/// @param steps in order
public record PipelineReport(
    String connection,
    String schemaBefore,
    String schemaAfter,
    List<String> schemaChanges,
    List<StepResult> steps) {

  /// 0 all ran; else the code of the first that did not.
  public int exitCode() {
    return steps.stream()
        .map(StepResult::state)
        .filter(state -> !state.isGood())
        .findFirst()
        .map(State::exitCode)
        .orElse(0);
  }

  public String text() {
    StringBuilder out = new StringBuilder();
    for (StepResult step : steps) {
      out.append(
          String.format(
              Locale.ROOT,
              "%-10s %s:%d  %s%n",
              word(step.state()),
              step.file(),
              step.line(),
              firstLine(step.sql())));
      if (!step.message().isBlank() && step.state() != State.SKIPPED) {
        out.append("           ").append(step.message()).append('\n');
      }
    }
    if (schemaBefore.equals(schemaAfter)) {
      out.append("The schema is as it was.\n");
    } else {
      out.append("The schema changed:\n");
      schemaChanges.forEach(line -> out.append("  ").append(line).append('\n'));
    }
    return out.toString();
  }

  public String json() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("connection", connection);
    report.put("exit_code", exitCode());
    report.put("schema_before", schemaBefore);
    report.put("schema_after", schemaAfter);
    report.put("schema_changes", schemaChanges);
    List<Map<String, Object>> all = new ArrayList<>();
    for (StepResult step : steps) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("file", step.file());
      each.put("line", step.line());
      each.put("sql", step.sql());
      each.put("state", word(step.state()));
      each.put("rule", step.rule());
      each.put("message", step.message());
      each.put("request_id", step.requestId());
      each.put("rows", step.rows());
      each.put("milliseconds", step.time().toMillis());
      all.add(each);
    }
    report.put("statements", all);
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(report)
        + "\n";
  }

  /// JUnit's XML, as CI systems show it.
  public String junit() {
    long failures = steps.stream().filter(step -> bad(step.state())).count();
    long skipped = steps.stream().filter(step -> step.state() == State.SKIPPED).count();
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.append(
        String.format(
            Locale.ROOT,
            "<testsuite name=\"sluice run %s\" tests=\"%d\" failures=\"%d\" skipped=\"%d\">%n",
            xml(connection),
            steps.size(),
            failures,
            skipped));
    for (StepResult step : steps) {
      out.append(
          String.format(
              Locale.ROOT,
              "  <testcase classname=\"%s\" name=\"line %d: %s\" time=\"%.3f\">",
              xml(step.file()),
              step.line(),
              xml(firstLine(step.sql())),
              step.time().toMillis() / 1000.0));
      if (step.state() == State.SKIPPED) {
        out.append("<skipped/>");
      } else if (bad(step.state())) {
        out.append(
            String.format(
                Locale.ROOT,
                "<failure type=\"%s\" message=\"%s\"/>",
                word(step.state()),
                xml(step.message())));
      }
      out.append("</testcase>\n");
    }
    if (!schemaChanges.isEmpty()) {
      out.append("  <system-out>The schema changed:\n");
      schemaChanges.forEach(change -> out.append("  ").append(xml(change)).append('\n'));
      out.append("  </system-out>\n");
    }
    return out.append("</testsuite>\n").toString();
  }

  private static boolean bad(State state) {
    return !state.isGood() && state != State.SKIPPED;
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String firstLine(String sql) {
    String line = sql.strip().lines().findFirst().orElse("");
    return line.length() > 100 ? line.substring(0, 100) + "…" : line;
  }

  private static String xml(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> {
                  boolean allowed = point >= 0x20 && point != 0xFFFE && point != 0xFFFF;
                  out.appendCodePoint(allowed ? point : ' ');
                }
              }
            });
    return out.toString();
  }
}
