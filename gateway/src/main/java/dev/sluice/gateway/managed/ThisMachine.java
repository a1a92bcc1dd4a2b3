package dev.sluice.gateway.managed;

import dev.sluice.gateway.workspace.WorkspaceProblem;

/// What an administrator laid down for this machine, put in force.
public final class ThisMachine {

  private ThisMachine() {}

  /// Reads the managed settings and trusts their roots from here on. Every command that talks to a
  /// server asks this first.
  public static ManagedSettings settings() throws WorkspaceProblem {
    try {
      ManagedSettings settings = ManagedSettingsFile.inForce(System.getenv());
      TrustRoots.install(settings.trustRoots());
      return settings;
    } catch (ManagedSettingsFile.Unreadable | TrustRoots.Unusable e) {
      throw new WorkspaceProblem(
          "managed-settings",
          WorkspaceProblem.Blame.INTERNAL,
          String.valueOf(e.getMessage()),
          "An administrator of this machine can mend it.");
    }
  }
}
