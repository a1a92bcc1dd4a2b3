package dev.sluice.governance.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Makes masks from what a policy says.
public final class Masks {

  /// Validation of keyed masks needs some key; nothing is ever masked with it.
  private static final MaskKeys VALIDATION_KEYS = name -> Optional.of(new byte[32]);

  private Masks() {}

  /// @param keys for keyed algorithms; where the key is missing the mask redacts
  /// @throws IllegalArgumentException when [#problems] is not empty; the message is for people
  public static Mask of(MaskSpec spec, MaskKeys keys) {
    MaskAlgorithm algorithm = MaskCatalogue.BY_NAME.get(spec.algorithm());
    List<String> problems = algorithm == null ? problems(spec) : shapeProblems(algorithm, spec);
    if (algorithm == null || !problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(" ", problems));
    }
    return algorithm.factory().apply(new MaskSettings(spec.parameters()), keys);
  }

  /// What is wrong with a specification, one sentence each; empty when it is valid.
  public static List<String> problems(MaskSpec spec) {
    MaskAlgorithm algorithm = MaskCatalogue.BY_NAME.get(spec.algorithm());
    if (algorithm == null) {
      return List.of(
          "There is no mask \""
              + spec.algorithm()
              + "\"; there are "
              + String.join(", ", MaskCatalogue.BY_NAME.keySet())
              + ".");
    }
    List<String> problems = shapeProblems(algorithm, spec);
    if (problems.isEmpty()) {
      try {
        Objects.requireNonNull(
            algorithm.factory().apply(new MaskSettings(spec.parameters()), VALIDATION_KEYS));
      } catch (IllegalArgumentException e) {
        return List.of(String.valueOf(e.getMessage()));
      }
    }
    return problems;
  }

  /// Every algorithm with its parameters, for documentation and for the policy studio.
  public static List<MaskAlgorithm> algorithms() {
    return List.copyOf(MaskCatalogue.BY_NAME.values());
  }

  private static List<String> shapeProblems(MaskAlgorithm algorithm, MaskSpec spec) {
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, Object> entry : new java.util.TreeMap<>(spec.parameters()).entrySet()) {
      algorithm.parameters().stream()
          .filter(parameter -> parameter.name().equals(entry.getKey()))
          .findFirst()
          .ifPresentOrElse(
              parameter ->
                  Optional.ofNullable(parameter.problemWith(entry.getValue()))
                      .ifPresent(problems::add),
              () -> problems.add(unknownParameter(algorithm, entry.getKey())));
    }
    for (MaskParameter parameter : algorithm.parameters()) {
      if (parameter.required() && !spec.parameters().containsKey(parameter.name())) {
        problems.add("The mask " + algorithm.name() + " needs \"" + parameter.name() + "\".");
      }
    }
    return problems;
  }

  private static String unknownParameter(MaskAlgorithm algorithm, String name) {
    List<String> known = algorithm.parameters().stream().map(MaskParameter::name).toList();
    return "The mask "
        + algorithm.name()
        + " has no \""
        + name
        + "\""
        + (known.isEmpty()
            ? "; it takes no parameters."
            : "; it takes " + String.join(", ", known) + ".");
  }
}
