package dev.sluice.server.enforcement;

import dev.sluice.server.enforcement.LeaseBroker.Outstanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Ends leases that are over: those whose time has passed, those somebody asked to end, and those
/// of a server that no longer exists. What fails is tried at the next sweep, for ever.
public final class LeaseSweeper {

  /// Told of each step, for the ledger.
  public interface Listener {
    /// @param reason `expired` or `revoked`
    void ended(String login, String reason);

    /// The database could not be reached, or refused.
    void failed(String object, EnforcementProblem problem);
  }

  private final LeaseBroker broker;
  private final Listener listener;
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();

  public LeaseSweeper(LeaseBroker broker, Listener listener) {
    this.broker = broker;
    this.listener = listener;
  }

  /// Ends a lease now; when the database does not answer, at the next sweep that finds it.
  ///
  /// @return whether it has ended
  public boolean revoke(String login) {
    revoked.add(login);
    return end(login, "revoked");
  }

  /// Looks for what is over and ends it.
  ///
  /// @return how many leases that should have ended are still there
  public int sweep() {
    List<Outstanding> outstanding;
    try {
      outstanding = broker.outstanding();
    } catch (EnforcementProblem problem) {
      listener.failed("sweep", problem);
      return revoked.size();
    }
    List<String> names = outstanding.stream().map(Outstanding::login).toList();
    revoked.retainAll(names);
    List<String> left = new ArrayList<>();
    for (Outstanding lease : outstanding) {
      boolean asked = revoked.contains(lease.login());
      if ((asked || lease.overdue()) && !end(lease.login(), asked ? "revoked" : "expired")) {
        left.add(lease.login());
      }
    }
    return left.size();
  }

  private boolean end(String login, String reason) {
    try {
      broker.revoke(login);
      revoked.remove(login);
      listener.ended(login, reason);
      return true;
    } catch (EnforcementProblem problem) {
      listener.failed(login, problem);
      return false;
    }
  }
}
