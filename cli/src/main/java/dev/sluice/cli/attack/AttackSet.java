package dev.sluice.cli.attack;

import dev.sluice.cli.check.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is tried on what, under which policy.
///
/// @param cases JSON lines
/// @param fixture SQL that makes the tables and plants values
/// @param policy YAML
/// @param source of the cases, for problems
record AttackSet(List<String> cases, String fixture, String policy, String source) {

  /// Sluice's own cases.
  static AttackSet builtIn() throws IOException {
    return new AttackSet(
        resource("cases.jsonl").lines().toList(),
        resource("fixture.sql"),
        resource("policy.yaml"),
        "the built-in cases");
  }

  /// Somebody else's; all three or none.
  static AttackSet of(@Nullable Path cases, @Nullable Path fixture, @Nullable Path policy)
      throws IOException, BadInput {
    if (cases == null && fixture == null && policy == null) {
      return builtIn();
    }
    if (cases == null || fixture == null || policy == null) {
      throw new BadInput(
          "--cases, --fixture and --policy belong together; without all three the built-in cases"
              + " are used.");
    }
    return new AttackSet(
        text(cases).lines().toList(), text(fixture), text(policy), cases.toString());
  }

  private static String text(Path file) throws IOException, BadInput {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new BadInput("There is no file " + file + ".");
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = AttackSet.class.getResourceAsStream("/attack/" + name)) {
      if (stream == null) {
        throw new IOException("The built-in " + name + " is missing.");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
