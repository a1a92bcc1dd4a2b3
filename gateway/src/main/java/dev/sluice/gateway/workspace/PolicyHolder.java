package dev.sluice.gateway.workspace;

import dev.sluice.gateway.decision.MemoryBudget;
import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.gateway.remote.ServerClient;
import dev.sluice.gateway.remote.VerifiedPolicy;
import dev.sluice.governance.discovery.Proposal;
import dev.sluice.governance.policy.EngineParts;
import dev.sluice.governance.policy.PolicyEngines;
import dev.sluice.governance.sql.AtSourceRewriter;
import dev.sluice.governance.sql.ParserWorker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The verified policy in force, fetched when first needed and after each change.
final class PolicyHolder {

  private static final int WARM_CONDITIONS = 50;

  private final ServerClient client;
  private final EngineParts parts;
  private volatile @Nullable ReadyPolicy current;
  private final Map<String, OnConnection> onConnections = new ConcurrentHashMap<>();

  /// @param from the policy it was made of
  /// @param found what discovery proposes there
  private record OnConnection(ReadyPolicy from, List<Proposal> found, ReadyPolicy policy) {}

  PolicyHolder(ServerClient client, MemoryBudget budget) {
    this.client = client;
    this.parts =
        EngineParts.none()
            .withBudget(budget)
            .withRewriter(AtSourceRewriter.standard(ParserWorker.onCallerThread()));
  }

  ReadyPolicy policy() throws WorkspaceProblem {
    ReadyPolicy known = current;
    return known == null ? refresh() : known;
  }

  /// The policy as it holds on a connection: what discovery is sure of is hidden there until
  /// somebody decides on it.
  ReadyPolicy on(ConnectionRoad road) throws WorkspaceProblem {
    ReadyPolicy policy = policy();
    List<Proposal> found = road.discovered();
    if (found.stream().noneMatch(Proposal::confident)) {
      return policy;
    }
    String name = road.context().name();
    OnConnection known = onConnections.get(name);
    if (known == null || known.from() != policy || known.found() != found) {
      known = new OnConnection(policy, found, policy.withDiscovered(found, name, parts));
      onConnections.put(name, known);
    }
    return known.policy();
  }

  @Nullable ReadyPolicy known() {
    return current;
  }

  synchronized ReadyPolicy refresh() throws WorkspaceProblem {
    VerifiedPolicy verified = client.policy();
    ReadyPolicy known = current;
    if (known != null && known.bundle().version() == verified.version()) {
      return known;
    }
    try {
      ReadyPolicy ready = ReadyPolicy.read(verified.yaml(), "policy " + verified.version(), parts);
      PolicyEngines.warmUp(ready.engine(), WARM_CONDITIONS);
      current = ready;
      return ready;
    } catch (ReadyPolicy.Unreadable e) {
      throw new WorkspaceProblem(
          "policy-not-understood",
          WorkspaceProblem.Blame.SERVER,
          "The policy in force cannot be read by this version: " + e.getMessage(),
          "Update this program, or ask a policy administrator.");
    }
  }
}
