package dev.sluice.gateway.remote;

import dev.sluice.governance.codec.wire.LogHead;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers for as long as the process lives.
final class ProcessTrustMemory implements TrustMemory {

  private final Map<String, LogHead> heads = new ConcurrentHashMap<>();
  private final Map<String, Long> versions = new ConcurrentHashMap<>();

  @Override
  public LogHead head(String logOrigin) {
    return heads.getOrDefault(logOrigin, LogHead.none());
  }

  @Override
  public void keep(String logOrigin, LogHead head) {
    heads.merge(logOrigin, head, (old, now) -> now.size() >= old.size() ? now : old);
  }

  @Override
  public long policyVersion(String logOrigin) {
    return versions.getOrDefault(logOrigin, 0L);
  }

  @Override
  public void keepPolicyVersion(String logOrigin, long version) {
    versions.merge(logOrigin, version, Math::max);
  }
}
