package dev.sluice.server.http;

import dev.sluice.governance.codec.wire.ConnectionInfo;
import dev.sluice.server.Target;
import dev.sluice.server.Targets;
import dev.sluice.server.enforcement.Standing;
import dev.sluice.server.policies.Policies;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What anybody signed in may know of the connections: no login, no address beyond host and name.
///
/// @param standing what may be said of a connection now
public record ConnectionListing(
    Targets targets, Function<Target, Standing> standing, Policies policies) {

  /// Every connection, as it stands now.
  public List<ConnectionInfo> all() {
    Map<String, String> environments =
        policies.find().map(policy -> policy.loaded().environments()).orElse(Map.of());
    return targets.all().stream().map(target -> info(target, environments)).toList();
  }

  private ConnectionInfo info(Target target, Map<String, String> environments) {
    Standing now = standing.apply(target);
    return new ConnectionInfo(
        target.name(),
        environments.getOrDefault(target.name(), target.environment()),
        target.definition().engine().id(),
        now.ring(),
        target.labels(),
        place(target),
        target.owner(),
        now.sentence());
  }

  private static String place(Target target) {
    return target.definition().isFile()
        ? String.valueOf(Path.of(target.definition().database()).getFileName())
        : target.definition().host() + "/" + target.definition().database();
  }
}
