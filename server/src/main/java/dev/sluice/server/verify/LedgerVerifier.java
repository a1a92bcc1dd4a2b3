package dev.sluice.server.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads an export (JSON lines: one `log`, then `entry` and `checkpoint` lines in order) and says
/// whether every entry and every checkpoint holds, or where it does not. An export cut off at a
/// checkpoint, or a whole other history signed with the log's key, agrees with itself: only what
/// somebody has seen before tells.
public final class LedgerVerifier {

  private LedgerVerifier() {}

  /// What was found.
  ///
  /// @param intact everything holds
  /// @param entries entries that hold
  /// @param covered how many of them a signed checkpoint vouches for
  /// @param checkpoints checkpoints that hold
  /// @param erased entries whose content was erased, as the export says; their places hold
  /// @param firstBroken sequence of the first entry that does not hold, 0 when none
  /// @param lastBroken the last that may be the one; the first, when it is known exactly
  /// @param message one sentence
  public record Report(
      boolean intact,
      long entries,
      long covered,
      long checkpoints,
      long erased,
      long firstBroken,
      long lastBroken,
      String message) {

    /// Where it is broken, for people: `#7`, or `#5 to #9` when nobody can tell more exactly.
    public String place() {
      return "#" + firstBroken + (lastBroken > firstBroken ? " to #" + lastBroken : "");
    }
  }

  /// A log of so many entries, as somebody has seen it.
  ///
  /// @param root of its Merkle tree
  public record Seen(long size, byte[] root) {}

  /// Checks an export by itself.
  ///
  /// @param pinnedKey the log's key as known from elsewhere (X.509, base64); without it the
  ///     export's own key is taken, which proves only that the export agrees with itself
  /// @throws IOException when the file cannot be read
  public static Report verify(Path export, Optional<String> pinnedKey) throws IOException {
    return read(export, new ExportReading(pinnedKey, List.of()));
  }

  /// Checks an export, and that it goes on from an earlier export of the same log.
  ///
  /// @throws IOException when a file cannot be read
  public static Report verify(Path export, Optional<String> pinnedKey, Path earlier)
      throws IOException {
    ExportReading before = new ExportReading(pinnedKey, List.of());
    Report known = read(earlier, before);
    return known.intact()
        ? read(export, new ExportReading(pinnedKey, before.vouched()))
        : new Report(
            false,
            known.entries(),
            known.covered(),
            known.checkpoints(),
            known.erased(),
            known.firstBroken(),
            known.lastBroken(),
            "In the earlier export: " + known.message());
  }

  private static Report read(Path export, ExportReading reading) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(export, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Optional<Report> problem = reading.take(line);
        if (problem.isPresent()) {
          return problem.get();
        }
      }
    }
    return reading.end();
  }
}
