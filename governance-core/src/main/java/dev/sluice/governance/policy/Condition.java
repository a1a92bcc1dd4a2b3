package dev.sluice.governance.policy;

import dev.cel.runtime.CelEvaluationException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One condition, compiled when it is first needed. Safe for use by several threads.
final class Condition {

  /// What a condition says of some facts.
  sealed interface Outcome {
    record Holds(boolean value) implements Outcome {}

    /// It could not be decided; whoever asked must refuse.
    record Failed(String message) implements Outcome {}
  }

  private static final Outcome YES = new Outcome.Holds(true);
  private static final Outcome NO = new Outcome.Holds(false);

  private final ConditionLanguage language;
  private final String text;
  private volatile ConditionLanguage.@Nullable Compiled compiled;

  Condition(ConditionLanguage language, String text) {
    this.language = language;
    this.text = text;
  }

  ConditionLanguage.Compiled compiled() {
    ConditionLanguage.Compiled known = compiled;
    if (known == null) {
      known = language.compile(text);
      compiled = known;
    }
    return known;
  }

  Outcome of(Map<String, Object> facts) {
    return switch (compiled()) {
      case ConditionLanguage.Compiled.Broken broken -> new Outcome.Failed(broken.message());
      case ConditionLanguage.Compiled.Program program -> evaluate(program, facts);
    };
  }

  private static Outcome evaluate(
      ConditionLanguage.Compiled.Program program, Map<String, Object> facts) {
    try {
      return switch (program.program().eval(facts)) {
        case Boolean value -> value ? YES : NO;
        case null, default -> new Outcome.Failed("the condition is neither true nor false");
      };
    } catch (CelEvaluationException e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return new Outcome.Failed(
          "the condition cannot be evaluated (" + e.getClass().getSimpleName() + ")");
    }
  }
}
