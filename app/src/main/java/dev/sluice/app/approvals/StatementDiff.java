package dev.sluice.app.approvals;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.sluice.governance.approval.ApprovalRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What of a statement differs from one that was asked for before, word by word.
final class StatementDiff {

  /// Less than this in common is another statement, of which a comparison says nothing.
  private static final double ALIKE = 0.5;

  private StatementDiff() {}

  enum Kind {
    SAME,
    ADDED,
    REMOVED
  }

  record Piece(Kind kind, String text) {}

  /// The newest request made before this one by the same one on the same connection with a
  /// statement that is much like it but another.
  static Optional<ApprovalRequest> earlier(ApprovalRequest item, List<ApprovalRequest> known) {
    return known.stream()
        .filter(other -> !other.id().equals(item.id()))
        .filter(other -> other.createdAt().isBefore(item.createdAt()))
        .filter(other -> other.requester().principal().isSameAs(item.requester().principal()))
        .filter(other -> other.capsule().connection().equals(item.capsule().connection()))
        .filter(other -> !other.capsule().text().equals(item.capsule().text()))
        .filter(other -> alike(other.capsule().text(), item.capsule().text()))
        .max(Comparator.comparing(ApprovalRequest::createdAt));
  }

  private static boolean alike(String before, String now) {
    List<String> words = words(now);
    long same =
        pieces(before, now).stream()
            .filter(piece -> piece.kind() == Kind.SAME)
            .mapToLong(piece -> piece.text().length())
            .sum();
    return !words.isEmpty() && same >= ALIKE * Math.max(before.length(), now.length());
  }

  static List<Piece> pieces(String before, String now) {
    List<String> old = words(before);
    List<String> fresh = words(now);
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    for (AbstractDelta<String> delta : DiffUtils.diff(old, fresh).getDeltas()) {
      int start = delta.getTarget().getPosition();
      add(pieces, Kind.SAME, fresh.subList(at, start));
      add(pieces, Kind.REMOVED, delta.getSource().getLines());
      add(pieces, Kind.ADDED, delta.getTarget().getLines());
      at = start + delta.getTarget().size();
    }
    add(pieces, Kind.SAME, fresh.subList(at, fresh.size()));
    return pieces;
  }

  private static void add(List<Piece> pieces, Kind kind, List<String> words) {
    if (!words.isEmpty()) {
      pieces.add(new Piece(kind, String.join("", words)));
    }
  }

  /// Words, blanks and signs; together they are the text.
  private static List<String> words(String text) {
    return List.of(text.split("(?<=\\s)(?=\\S)|(?<=\\w)(?=[^\\w\\s])|(?<=[^\\w\\s])(?=\\w)"));
  }
}
