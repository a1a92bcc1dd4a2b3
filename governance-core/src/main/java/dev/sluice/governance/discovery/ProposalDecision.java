package dev.sluice.governance.discovery;

import dev.sluice.governance.masking.MaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes a person's decision on a proposal of discovery into the text of a policy, so that it is
/// proposed, reviewed, published and logged like any other change of it. Everything else of the
/// text, comments too, stays as it is.
public final class ProposalDecision {

  /// The tag of a column that somebody looked at and found harmless.
  public static final String REVIEWED = "open.reviewed";

  private static final Pattern VERSION = Pattern.compile("(?m)^version:[ \\t]*([0-9]+)");

  private ProposalDecision() {}

  /// The policy with the column classified and masked as proposed.
  ///
  /// @param connection where it counts, and nowhere else
  /// @return empty when a section is not written as a list with a line for each entry
  public static Optional<String> accepted(String yaml, Proposal proposal, String connection) {
    return with(yaml, "classifications", classification(proposal, proposal.tag(), connection))
        .flatMap(
            text ->
                hasMask(text, proposal.tag())
                    ? Optional.of(text)
                    : with(text, "masks", proposal.tag() + ": " + mask(proposal.mask())));
  }

  /// The policy with the column looked at and open for everybody but agents.
  ///
  /// @param connection where it counts, and nowhere else
  /// @return as for [#accepted]
  public static Optional<String> dismissed(String yaml, Proposal proposal, String connection) {
    return with(yaml, "classifications", classification(proposal, REVIEWED, connection))
        .flatMap(
            text ->
                text.contains("tags: [" + REVIEWED + "]")
                    ? Optional.of(text)
                    : with(
                        text,
                        "exemptions",
                        "- {id: reviewed, who: 'true', tags: ["
                            + REVIEWED
                            + "], until: 2099-01-01, reason: looked at and found to hold nothing"
                            + " to protect}"));
  }

  private static String classification(Proposal proposal, String tag, String connection) {
    return "- {tag: "
        + tag
        + ", columns: ["
        + quoted(proposal.column().dotted())
        + "], connections: ["
        + quoted(connection)
        + "]}";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String mask(MaskSpec spec) {
    StringBuilder text = new StringBuilder("{algorithm: ").append(spec.algorithm());
    for (Map.Entry<String, ?> parameter : new TreeMap<>(spec.parameters()).entrySet()) {
      text.append(", ").append(parameter.getKey()).append(": ").append(parameter.getValue());
    }
    return text.append(", uses: deny}").toString();
  }

  private static boolean hasMask(String yaml, String tag) {
    String family = tag.replaceAll("\\..*", "");
    return Pattern.compile(
            "(?m)^\\s+[\"']?(" + Pattern.quote(tag) + "|" + family + "\\.\\*)[\"']?:")
        .matcher(yaml)
        .find();
  }

  /// Puts an entry at the head of a section, indented like the one that stands there.
  private static Optional<String> with(String yaml, String section, String entry) {
    List<String> lines = new ArrayList<>(yaml.lines().toList());
    int head = -1;
    for (int line = 0; line < lines.size(); line++) {
      if (lines.get(line).startsWith(section + ":")) {
        head = line;
      }
    }
    if (head < 0) {
      lines.add(section + ":");
      lines.add("  " + entry);
      return Optional.of(String.join("\n", lines) + "\n");
    }
    String rest = lines.get(head).substring(section.length() + 1).replaceAll("#.*", "").strip();
    if (!rest.isEmpty()) {
      return Optional.empty();
    }
    String indent = "  ";
    for (String line : lines.subList(head + 1, lines.size())) {
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        indent = line.substring(0, line.length() - line.stripLeading().length());
        break;
      }
    }
    lines.add(head + 1, indent + entry);
    return Optional.of(String.join("\n", lines) + "\n");
  }

  /// The text with the version that follows its own.
  public static String nextVersion(String yaml) {
    Matcher version = VERSION.matcher(yaml);
    return version.find()
        ? version.replaceFirst("version: " + (Long.parseLong(version.group(1)) + 1))
        : yaml;
  }
}
