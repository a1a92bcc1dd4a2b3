package dev.sluice.server.mcp;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Calls under way, so that a client's `notifications/cancelled` finds the run it means. The SDK
/// gives a tool no request id, so the transport writes it into the call's `_meta` under [#KEY],
/// over whatever the client put there.
public final class InFlight {

  /// Where a transport puts the request id.
  public static final String KEY = "dev.sluice/request";

  private final Map<Object, Runnable> calls = new ConcurrentHashMap<>();
  private final Set<Object> cancelled = ConcurrentHashMap.newKeySet();

  /// The key of a request of a session.
  public static String key(String session, Object requestId) {
    return session + "/" + requestId.getClass().getSimpleName() + "/" + requestId;
  }

  /// @return false when the call was cancelled before it began
  boolean begin(Object key, Runnable cancel) {
    calls.put(key, cancel);
    return !cancelled.contains(key);
  }

  void end(Object key) {
    calls.remove(key);
  }

  /// Stops a call. One that is not known, or has ended, is left alone.
  public void cancel(Object key) {
    if (cancelled.size() > 10_000) {
      cancelled.clear();
    }
    cancelled.add(key);
    Runnable call = calls.get(key);
    if (call != null) {
      call.run();
    }
  }

  /// Whether the client has said that it no longer wants this answer. Asked once.
  public boolean wasCancelled(Object key) {
    return cancelled.remove(key);
  }
}
