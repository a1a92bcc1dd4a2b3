package dev.sluice.app.shell;

import java.util.Locale;

/// How an environment is shown: a word and a style class that carries its colour.
public enum Environment {
  PRODUCTION("env-production", "PROD"),
  STAGING("env-staging", "STAGE"),
  DEVELOPMENT("env-development", "DEV"),
  OTHER("env-other", "");

  private final String styleClass;
  private final String word;

  Environment(String styleClass, String word) {
    this.styleClass = styleClass;
    this.word = word;
  }

  /// What a connection's environment name means; unknown names keep their own word.
  public static Environment of(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    if (folded.startsWith("prod")) {
      return PRODUCTION;
    }
    if (folded.startsWith("stag") || folded.startsWith("test") || folded.startsWith("uat")) {
      return STAGING;
    }
    if (folded.startsWith("dev") || folded.startsWith("local")) {
      return DEVELOPMENT;
    }
    return OTHER;
  }

  public String styleClass() {
    return styleClass;
  }

  /// `PROD`, `STAGE`, `DEV`, or the environment's own name in capitals.
  public static String wordFor(String name) {
    Environment environment = of(name);
    return environment == OTHER ? name.toUpperCase(Locale.ROOT) : environment.word;
  }
}
