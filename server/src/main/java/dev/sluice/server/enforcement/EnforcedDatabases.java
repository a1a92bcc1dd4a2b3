package dev.sluice.server.enforcement;

import dev.sluice.server.Target;
import dev.sluice.server.Targets;
import dev.sluice.server.policies.Policies;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The databases of a server that enforce the policy themselves.
public final class EnforcedDatabases implements AutoCloseable {

  private final Targets targets;
  private final Policies policies;
  private final EnforcedDatabase.Listener listener;
  private final InstantSource clock;
  private final Map<String, EnforcedDatabase> databases = new LinkedHashMap<>();

  /// Applies what is to be applied, and looks at each database once.
  public EnforcedDatabases(
      Targets targets, Policies policies, EnforcedDatabase.Listener listener, InstantSource clock) {
    this.targets = targets;
    this.policies = policies;
    this.listener = listener;
    this.clock = clock;
    targets.all().forEach(this::find);
  }

  /// Empty for a database that does not enforce the policy itself. One whose logins changed is
  /// begun anew.
  public synchronized Optional<EnforcedDatabase> find(Target target) {
    EnforcedDatabase known = databases.get(target.name());
    if (known != null && known.target().equals(target)) {
      return Optional.of(known);
    }
    if (known != null) {
      databases.remove(target.name());
      known.close();
    }
    return target.enforcement().map(logins -> begun(target));
  }

  private EnforcedDatabase begun(Target target) {
    try {
      EnforcedDatabase database =
          new EnforcedDatabase(target, target.enforcement().orElseThrow(), listener, clock);
      databases.put(target.name(), database);
      policies.find().ifPresent(database::prepare);
      return database;
    } catch (EnforcementProblem problem) {
      throw new IllegalArgumentException(problem.getMessage(), problem);
    }
  }

  /// What a connection may be called now; the configured word for one without enforcement.
  public Standing standing(Target target) {
    return find(target)
        .map(EnforcedDatabase::standing)
        .orElseGet(() -> new Standing(target.ring(), target.whatCouldGoWrong(), List.of()));
  }

  /// Looks again, and ends logins of changes that were left behind.
  public void look() {
    for (Target target : targets.all()) {
      find(target)
          .ifPresent(
              database -> {
                policies.find().ifPresent(database::look);
                database.endLeftOver();
              });
    }
  }

  @Override
  public synchronized void close() {
    databases.values().forEach(EnforcedDatabase::close);
    databases.clear();
  }
}
