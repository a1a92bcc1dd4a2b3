package dev.sluice.gateway.remote;

import dev.sluice.governance.codec.wire.LogHead;

/// What a client has seen of a server and must never see less of. Safe for use by many threads.
public interface TrustMemory {

  /// The newest head that was checked, [LogHead#none] for a log never seen.
  LogHead head(String logOrigin);

  /// Keeps a head that was checked against the one before.
  void keep(String logOrigin, LogHead head);

  /// The highest policy version seen, 0 for none.
  long policyVersion(String logOrigin);

  /// Keeps a version when it is higher.
  void keepPolicyVersion(String logOrigin, long version);

  /// Forgets when the process ends.
  static TrustMemory inMemory() {
    return new ProcessTrustMemory();
  }
}
