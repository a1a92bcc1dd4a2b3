package dev.sluice.governance.enforcement;

import dev.sluice.governance.sql.Dialect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// SQL that makes a database enforce a policy, for a person to review and for the server to apply.
///
/// Applying it twice is the same as once. On PostgreSQL all steps belong into one transaction.
///
/// @param dialect of the SQL
/// @param database it is for
/// @param names of the schemas and roles it makes
/// @param steps in order
/// @param problems why it must not be applied; empty when it may
/// @param notes what a reviewer should know
/// @param profiles fingerprint of each access profile by the name of its reader role
public record EnforcementPlan(
    Dialect dialect,
    String database,
    EnforcementNames names,
    List<PlanStep> steps,
    List<PlanProblem> problems,
    List<PlanNote> notes,
    Map<String, String> profiles) {

  public EnforcementPlan {
    steps = List.copyOf(steps);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
    profiles = Map.copyOf(profiles);
  }

  /// The profiles as an applied database remembers them, one `READER=FINGERPRINT` a line.
  public String profileLines() {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(profiles)
        .forEach((reader, print) -> lines.append(profileLine(reader, print)).append('\n'));
    return lines.toString();
  }

  /// One line of it.
  public static String profileLine(String reader, String fingerprint) {
    return reader + "=" + fingerprint;
  }

  public boolean applicable() {
    return problems.isEmpty();
  }

  /// SHA-256 (hex) over the statements: what a bundle records and an applied database remembers.
  public String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (PlanStep step : steps) {
        digest.update((step.sql().length() + ":" + step.sql()).getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  /// The plan as a script with the reasons as comments. Names in comments have line breaks taken
  /// out, so that no name can become a statement.
  public String script() {
    StringBuilder script = new StringBuilder();
    script.append("-- Sluice enforcement for ").append(oneLine(database)).append('\n');
    script.append("-- plan ").append(hash()).append('\n');
    for (PlanProblem problem : problems) {
      script.append("-- PROBLEM ").append(oneLine(problem.object())).append(": ");
      script.append(oneLine(problem.message())).append(' ').append(oneLine(problem.wayOut()));
      script.append('\n');
    }
    for (PlanNote note : notes) {
      script.append("-- note ").append(oneLine(note.object())).append(": ");
      script.append(oneLine(note.message())).append('\n');
    }
    for (PlanStep step : steps) {
      script.append("\n-- ").append(oneLine(step.object())).append(": ");
      script.append(oneLine(step.why())).append('\n').append(step.sql()).append(";\n");
    }
    return script.toString();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\R", " ");
  }
}
