package dev.sluice.governance.discovery;

import dev.sluice.governance.masking.MaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Proposals as the parts of a policy that a person would write.
public final class ProposedPolicy {

  private ProposedPolicy() {}

  /// `classifications:` and `masks:` in YAML, with the reasons as comments. Names are quoted, so
  /// that no name can become anything else.
  public static String yaml(List<Proposal> proposals) {
    Map<String, List<Proposal>> byTag = new TreeMap<>();
    for (Proposal proposal : proposals) {
      byTag.computeIfAbsent(proposal.tag(), tag -> new ArrayList<>()).add(proposal);
    }
    StringBuilder yaml = new StringBuilder("classifications:\n");
    byTag.forEach(
        (tag, columns) -> {
          yaml.append("  - tag: ").append(tag).append("\n    columns:\n");
          columns.forEach(
              proposal ->
                  yaml.append("      - ")
                      .append(quoted(dotted(proposal)))
                      .append(" # ")
                      .append(proposal.confidence())
                      .append(" %: ")
                      .append(String.join(" ", proposal.reasons()))
                      .append('\n'));
        });
    yaml.append("masks:\n");
    byTag.forEach(
        (tag, columns) ->
            yaml.append("  ")
                .append(tag)
                .append(": ")
                .append(mask(columns.getFirst().mask()))
                .append('\n'));
    return yaml.toString();
  }

  private static String dotted(Proposal proposal) {
    String schema = proposal.column().table().schema();
    return (schema.isEmpty() ? "" : part(schema) + ".")
        + part(proposal.column().table().name())
        + "."
        + part(proposal.column().column());
  }

  /// A part with a dot or blank in it is quoted, as classifications read it.
  private static String part(String name) {
    return name.matches("[\\p{L}\\p{N}_$]+") ? name : "\"" + name.replace("\"", "") + "\"";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''").replaceAll("\\p{Cntrl}", " ") + "'";
  }

  private static String mask(MaskSpec spec) {
    return "{algorithm: "
        + spec.algorithm()
        + new TreeMap<>(spec.parameters())
            .entrySet().stream()
                .map(entry -> ", " + entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining())
        + ", uses: deny}";
  }
}
