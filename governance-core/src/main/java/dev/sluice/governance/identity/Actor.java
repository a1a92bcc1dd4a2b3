package dev.sluice.governance.identity;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Who acts. A person acts for themselves; an agent acts for a person; a pipeline acts for the
/// workflow that started it. Only a [Person] may ever review a request.
public sealed interface Actor {

  /// The identity that was verified for this actor itself.
  Principal principal();

  /// The person whose rights bound this actor's, when it is not a person.
  Optional<Principal> onBehalfOf();

  /// `person`, `agent` or `pipeline`, as policies write it.
  String kind();

  /// Labels such as `workflow`, `commit`, `purpose` that came with the statement or session.
  Map<String, String> labels();

  /// This actor with further labels. What it already carries stays: a statement may add to what its
  /// session says, and not contradict it.
  default Actor withLabels(Map<String, String> more) {
    if (labels().keySet().containsAll(more.keySet())) {
      return this;
    }
    Map<String, String> all = new TreeMap<>(more);
    all.putAll(labels());
    return switch (this) {
      case Person person -> new Person(person.principal(), all);
      case Agent agent -> new Agent(agent.principal(), agent.owner(), all);
      case Pipeline pipeline -> new Pipeline(pipeline.principal(), all);
    };
  }

  /// A human being at a keyboard.
  record Person(Principal principal, Map<String, String> labels) implements Actor {
    public Person {
      labels = Map.copyOf(labels);
    }

    public Person(Principal principal) {
      this(principal, Map.of());
    }

    @Override
    public Optional<Principal> onBehalfOf() {
      return Optional.empty();
    }

    @Override
    public String kind() {
      return "person";
    }
  }

  /// A program that chooses its own statements, always for an owner.
  record Agent(Principal principal, Principal owner, Map<String, String> labels) implements Actor {
    public Agent {
      labels = Map.copyOf(labels);
    }

    @Override
    public Optional<Principal> onBehalfOf() {
      return Optional.of(owner);
    }

    @Override
    public String kind() {
      return "agent";
    }
  }

  /// A CI/CD job: runs reviewed text, for the workflow named in its labels.
  record Pipeline(Principal principal, Map<String, String> labels) implements Actor {
    public Pipeline {
      labels = Map.copyOf(labels);
    }

    @Override
    public Optional<Principal> onBehalfOf() {
      return Optional.empty();
    }

    @Override
    public String kind() {
      return "pipeline";
    }
  }
}
