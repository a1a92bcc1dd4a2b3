package dev.sluice.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What statements are for, from the command line and the environment.
public final class Labels {

  private static final List<String> FROM_ENVIRONMENT =
      List.of("workflow", "purpose", "model", "commit", "run");

  private Labels() {}

  /// The labels given, and those of `SLUICE_WORKFLOW`, `SLUICE_PURPOSE`, `SLUICE_MODEL`,
  /// `SLUICE_COMMIT` and `SLUICE_RUN` that are not given.
  public static Map<String, String> of(Map<String, String> given) {
    Map<String, String> labels = new TreeMap<>();
    for (String name : FROM_ENVIRONMENT) {
      String value = System.getenv("SLUICE_" + name.toUpperCase(Locale.ROOT));
      if (value != null && !value.isBlank()) {
        labels.put(name, value);
      }
    }
    labels.putAll(given);
    return labels;
  }
}
