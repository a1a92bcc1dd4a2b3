package dev.sluice.governance.codec.wire;

import java.util.List;

/// What checking a policy found.
///
/// @param publishable nothing stands in the way but a second person, where one is needed
/// @param problems what is wrong with the text, with place and what was expected
/// @param warnings what is probably not meant
/// @param tests the policy's own expectations, in its order
public record PolicyTestReport(
    boolean publishable, List<String> problems, List<String> warnings, List<Test> tests) {
  public PolicyTestReport {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
    tests = List.copyOf(tests);
  }

  /// @param line in the policy's text
  /// @param expectation in words
  /// @param got what was decided, or why nothing could be
  /// @param reason of the decision, empty when there was none
  public record Test(int line, boolean passed, String expectation, String got, String reason) {}
}
