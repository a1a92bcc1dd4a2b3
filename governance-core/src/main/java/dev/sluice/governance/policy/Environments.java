package dev.sluice.governance.policy;

import java.util.Locale;

/// Which environments count as production.
final class Environments {

  private Environments() {}

  /// Everything that is not plainly something else is treated with production's care: only names
  /// that say development, test or the like are not production.
  static boolean isProduction(String environment) {
    String name = environment.toLowerCase(Locale.ROOT);
    return !(name.startsWith("dev")
        || name.startsWith("test")
        || name.startsWith("local")
        || name.startsWith("sandbox")
        || name.startsWith("staging")
        || name.startsWith("demo")
        || name.startsWith("qa")
        || name.startsWith("ci"));
  }
}
