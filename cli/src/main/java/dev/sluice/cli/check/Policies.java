package dev.sluice.cli.check;

import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.governance.policy.EngineParts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;

/// Policies by file and by content, each parsed once. A file that changed is read again.
public final class Policies {

  private record Stamp(Path file, FileTime modified, long size) {}

  private final EngineParts parts;
  private final Map<Stamp, ReadyPolicy> byFile = new HashMap<>();
  private final Map<String, ReadyPolicy> byText = new HashMap<>();

  /// @param parts what the engines may use besides the bundle
  public Policies(EngineParts parts) {
    this.parts = parts;
  }

  /// @throws BadInput with file, line and column of everything that is wrong with it
  public ReadyPolicy fromFile(String name) throws BadInput {
    Path file = Path.of(name);
    try {
      Stamp stamp = new Stamp(file, Files.getLastModifiedTime(file), Files.size(file));
      ReadyPolicy known = byFile.get(stamp);
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
  public ReadyPolicy fromText(String text) throws BadInput {
    ReadyPolicy known = byText.get(text);
    if (known == null) {
      known = load(text, "policy");
      byText.put(text, known);
    }
    return known;
  }

  private ReadyPolicy load(String text, String source) throws BadInput {
    try {
      return ReadyPolicy.read(text, source, parts);
    } catch (ReadyPolicy.Unreadable e) {
      throw new BadInput(e.getMessage());
    }
  }
}
