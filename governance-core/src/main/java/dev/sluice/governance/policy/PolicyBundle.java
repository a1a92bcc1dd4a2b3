package dev.sluice.governance.policy;

import dev.sluice.governance.approval.ApproverRule;
import dev.sluice.governance.catalog.DeclaredFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A whole policy, as published: what [PolicyParser] makes of the YAML document. Immutable data; it
/// says nothing by itself, [PolicyEngines] makes it decide.
///
/// @param version grows with every publication
/// @param expires after this instant nothing runs on production; empty for an unpublished policy
/// @param minClient smallest client version that may use it, empty when any
/// @param mode enforce or observe
/// @param connections the connections it governs; when not empty, all others are refused
/// @param classifications which columns carry which tags
/// @param masks what people see of a tag and what else they may do with it
/// @param exemptions who sees tags raw, until when
/// @param rowFilters which rows of a table somebody sees
/// @param breakGlass who may skip approval in an emergency
/// @param exports who may let more rows leave than the rules do; empty when nobody
/// @param agents what holds for agents in addition
/// @param tests expectations that must hold before it is published
/// @param rules in the order written
/// @param functions functions of the databases that the policy vouches for
public record PolicyBundle(
    long version,
    Optional<Instant> expires,
    String minClient,
    Mode mode,
    List<GovernedConnection> connections,
    List<Classification> classifications,
    List<TagMask> masks,
    List<Exemption> exemptions,
    List<RowFilter> rowFilters,
    Optional<BreakGlass> breakGlass,
    Optional<Exports> exports,
    AgentTerms agents,
    List<PolicyTest> tests,
    List<Rule> rules,
    List<DeclaredFunction> functions) {

  public PolicyBundle {
    connections = List.copyOf(connections);
    classifications = List.copyOf(classifications);
    masks = List.copyOf(masks);
    exemptions = List.copyOf(exemptions);
    rowFilters = List.copyOf(rowFilters);
    tests = List.copyOf(tests);
    rules = List.copyOf(rules);
    functions = List.copyOf(functions);
  }

  /// Whether decisions bind.
  public enum Mode {
    ENFORCE,
    /// Rules are decided and recorded but do not stop anything; never on production. Masking and
    /// the refusal of what is not understood always hold.
    OBSERVE
  }

  /// A connection by name. The policy, not the client, says which environment it belongs to.
  ///
  /// @param owner team or person to turn to, empty when not said
  public record GovernedConnection(String name, String environment, String owner) {}

  /// Columns that carry a tag.
  ///
  /// @param columns `table.column`, `schema.table.column`; `*` stands for any name
  /// @param connections names of the connections it is about; empty means all
  public record Classification(String tag, List<String> columns, List<String> connections) {
    public Classification {
      columns = List.copyOf(columns);
      connections = List.copyOf(connections);
    }
  }

  /// Somebody sees some tags raw. Never inherited by agents.
  ///
  /// @param who CEL condition
  /// @param tags tags or patterns such as `pii.*`
  /// @param until the first instant at which it no longer holds
  public record Exemption(String id, String who, List<String> tags, Instant until, String reason) {
    public Exemption {
      tags = List.copyOf(tags);
    }
  }

  /// Somebody sees only some rows of a table.
  ///
  /// @param who CEL condition: whom it restricts
  /// @param filter SQL condition over the table's own columns
  public record RowFilter(String id, String table, String who, String filter) {}

  /// Who may run something without the approval it needs, and what follows.
  public record BreakGlass(String who, Duration maxDuration, Duration reviewWithin) {}

  /// Who may let more rows leave than the rules let everybody take.
  ///
  /// @param maxRows at most, whoever agrees, at least 1
  public record Exports(ApproverRule approvers, long maxRows) {}

  /// What holds for agents on top of what holds for the person they act for.
  ///
  /// @param masks tag or pattern -> mask; never looser than the person's own
  /// @param requireLabels labels an agent must carry
  public record AgentTerms(List<TagMask> masks, Limits limits, List<String> requireLabels) {
    public AgentTerms {
      masks = List.copyOf(masks);
      requireLabels = List.copyOf(requireLabels);
    }

    public static AgentTerms none() {
      return new AgentTerms(List.of(), Limits.none(), List.of());
    }
  }

  /// An expectation on the policy itself.
  ///
  /// @param groups of the person asking
  /// @param subject of the person asking
  /// @param actorKind `person`, `agent` or `pipeline`
  /// @param labels that the actor carries
  /// @param on connection name
  /// @param expect `allow`, `needs-approval` or `deny`
  /// @param rule id of the rule that must win, if said
  /// @param line in the policy text
  public record PolicyTest(
      List<String> groups,
      String subject,
      String actorKind,
      Map<String, String> labels,
      String on,
      String sql,
      String expect,
      Optional<String> rule,
      int line) {
    public PolicyTest {
      groups = List.copyOf(groups);
      labels = Map.copyOf(labels);
    }
  }
}
