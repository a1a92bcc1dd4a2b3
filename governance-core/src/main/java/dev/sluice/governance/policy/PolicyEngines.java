package dev.sluice.governance.policy;

/// Makes policy engines.
public final class PolicyEngines {

  private PolicyEngines() {}

  /// An engine that refuses whatever needs a part besides the bundle: equality budgets, rewriting.
  public static PolicyEngine of(PolicyBundle bundle) {
    return of(bundle, EngineParts.none());
  }

  /// An engine for one bundle. Making it indexes the rules; conditions are compiled when first
  /// needed. Safe for use by several threads.
  public static PolicyEngine of(PolicyBundle bundle, EngineParts parts) {
    return new StandardPolicyEngine(bundle, parts);
  }

  /// Compiles what decisions will need, so that the first one is not slow. Takes about a second in
  /// a fresh process; call it off the user's path.
  ///
  /// @param most how many conditions at most
  public static void warmUp(PolicyEngine engine, int most) {
    if (engine instanceof StandardPolicyEngine standard) {
      standard.warmUp(most);
    }
  }
}
