package dev.sluice.governance.policy;

import java.util.List;

/// What a policy text turned out to be.
public sealed interface ParsedPolicy {

  /// A valid policy.
  ///
  /// @param warnings what is valid but probably not meant
  record Parsed(PolicyBundle bundle, List<PolicyProblem> warnings) implements ParsedPolicy {
    public Parsed {
      warnings = List.copyOf(warnings);
    }
  }

  /// Not a policy. Whoever held another one keeps it.
  ///
  /// @param problems at least one, in the order of the text
  record Problems(List<PolicyProblem> problems) implements ParsedPolicy {
    public Problems {
      problems = List.copyOf(problems);
    }
  }
}
