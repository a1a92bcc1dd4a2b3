package dev.sluice.cli.check;

import dev.sluice.governance.policy.ParsedPolicy;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.policy.PolicyEngines;
import dev.sluice.governance.policy.PolicyParser;
import dev.sluice.governance.policy.PolicyProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Policies by file and by content, each parsed once. A file that changed is read again.
public final class Policies {

  private record Stamp(Path file, FileTime modified, long size) {}

  private final Map<Stamp, LoadedPolicy> byFile = new HashMap<>();
  private final Map<String, LoadedPolicy> byText = new HashMap<>();

  /// @throws BadInput with file, line and column of everything that is wrong with it
  public LoadedPolicy fromFile(String name) throws BadInput {
    Path file = Path.of(name);
    try {
      Stamp stamp = new Stamp(file, Files.getLastModifiedTime(file), Files.size(file));
      LoadedPolicy known = byFile.get(stamp);
      if (known == null) {
        known = load(Files.readString(file, StandardCharsets.UTF_8), name);
        byFile.put(stamp, known);
      }
      return known;
    } catch (NoSuchFileException e) {
      throw new BadInput("There is no policy file " + name + ".");
    } catch (IOException e) {
      throw new BadInput("The policy file " + name + " cannot be read: " + e.getMessage() + ".");
    }
  }

  /// A bundle written as JSON or YAML.
  public LoadedPolicy fromText(String text) throws BadInput {
    LoadedPolicy known = byText.get(text);
    if (known == null) {
      known = load(text, "policy");
      byText.put(text, known);
    }
    return known;
  }

  private static LoadedPolicy load(String text, String source) throws BadInput {
    return switch (PolicyParser.parse(text, source)) {
      case ParsedPolicy.Parsed(PolicyBundle bundle, List<PolicyProblem> warnings) ->
          new LoadedPolicy(bundle, PolicyEngines.of(bundle));
      case ParsedPolicy.Problems(List<PolicyProblem> problems) ->
          throw new BadInput(
              problems.stream().map(PolicyProblem::toString).collect(Collectors.joining("\n")));
    };
  }
}
