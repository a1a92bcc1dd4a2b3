package dev.sluice.papers;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is decided on a fenced block.
public sealed interface Mark {

  /// A test runs it, or reads it with the reader of the real thing.
  ///
  /// @param how the first word: which runner
  /// @param detail the rest, empty for none
  record Run(String how, String detail) implements Mark {}

  /// The runs below it on the page find it as a file.
  record AsFile(String name) implements Mark {}

  /// It is not run.
  ///
  /// @param reason why not
  record Shown(String reason) implements Mark {}

  /// Reads a comment such as `<!-- run: commands -->`.
  ///
  /// @return empty for any other comment
  static Optional<Mark> of(String comment) {
    Matcher found =
        Pattern.compile("<!--\\s*(run|file|shown):\\s*(.*?)\\s*-->", Pattern.DOTALL)
            .matcher(comment.strip());
    if (!found.matches() || found.group(2).isBlank()) {
      return Optional.empty();
    }
    String said = found.group(2).replaceAll("\\s+", " ");
    return Optional.of(
        switch (found.group(1)) {
          case "file" -> new AsFile(said);
          case "shown" -> new Shown(said);
          default -> {
            String[] parts = said.split(" ", 2);
            yield new Run(parts[0], parts.length > 1 ? parts[1] : "");
          }
        });
  }
}
