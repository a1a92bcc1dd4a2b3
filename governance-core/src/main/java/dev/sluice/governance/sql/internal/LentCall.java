package dev.sluice.governance.sql.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way back of a form that is lent the shape of a call.
final class LentCall {
  private LentCall() {}

  /// What stands for one call.
  interface Back {
    /// @param name of the function as printed
    /// @param arguments without the brackets and the commas between them
    /// @return null to leave the call as it is
    @Nullable List<Piece> of(Piece name, List<List<Piece>> arguments);
  }

  /// Replaces each call of a function whose name begins so, inner calls first.
  static List<Piece> giveBack(List<Piece> pieces, String prefix, Back back) {
    List<Piece> result = pieces;
    for (int at = pieces.size() - 2; at >= 0; at--) {
      boolean call =
          result.get(at).text().startsWith(prefix) && result.get(at + 1).text().equals("(");
      int close = call ? Piece.closing(result, at + 1) : -1;
      if (close < 0) {
        continue;
      }
      List<List<Piece>> arguments = new ArrayList<>();
      int from = at + 2;
      List<Integer> ends = new ArrayList<>(Piece.commas(result, at + 1, close));
      ends.add(close);
      for (int end : ends) {
        arguments.add(result.subList(from, end));
        from = end + 1;
      }
      List<Piece> replaced = back.of(result.get(at), arguments);
      if (replaced != null) {
        List<Piece> changed = new ArrayList<>(result.subList(0, at));
        changed.addAll(replaced);
        changed.addAll(result.subList(close + 1, result.size()));
        result = changed;
      }
    }
    return result;
  }
}
