package dev.sluice.cli;

import dev.sluice.cli.check.BadInput;
import dev.sluice.cli.check.Lines;
import dev.sluice.cli.check.Place;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.sql.Dialect;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/// Who asks and where it would run: the same options for `check` and `run`.
final class WhoAndWhere implements Place {

  @Option(
      names = "--as",
      paramLabel = "SUBJECT",
      defaultValue = "",
      description = "Who asks, for example analyst@acme.test.")
  private String subject;

  @Option(
      names = "--groups",
      paramLabel = "NAMES",
      split = ",",
      description = "Their groups, separated by commas.")
  private Set<String> groups = new TreeSet<>();

  @Option(
      names = "--actor",
      paramLabel = "KIND",
      defaultValue = "person",
      description = "person, agent or pipeline (default: ${DEFAULT-VALUE}).")
  private String kind;

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description = "A label of the agent or pipeline; may be given several times.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--connection",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The connection it would run on, as the policy calls it.")
  private String connection;

  @Option(
      names = "--environment",
      paramLabel = "WORD",
      defaultValue = "production",
      description = "Its environment, when the policy does not say (default: ${DEFAULT-VALUE}).")
  private String environment;

  Actor actor() throws BadInput {
    Principal principal = Lines.principal(subject, groups, Set.of());
    return switch (kind) {
      case "person" -> new Actor.Person(principal, labels);
      case "agent" -> new Actor.Agent(principal, principal, labels);
      case "pipeline" -> new Actor.Pipeline(principal, labels);
      default -> throw new BadInput("--actor is person, agent or pipeline, not " + kind + ".");
    };
  }

  Map<String, String> labels() {
    return labels;
  }

  String connectionName() {
    return connection;
  }

  @Override
  public ConnectionContext context(Dialect engine) {
    return new ConnectionContext(connection, environment, engine, "direct", Map.of());
  }
}
