package dev.sluice.governance.policy.broken;

/// Broken on purpose: the core starts no threads.
final class StartsAThread {
  void start() {
    new Thread(() -> {}).start();
  }
}
