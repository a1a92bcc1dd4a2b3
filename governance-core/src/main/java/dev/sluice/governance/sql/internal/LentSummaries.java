package dev.sluice.governance.sql.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// DuckDB's SUMMARIZE and DESCRIBE of a table or query, alone or in brackets: for the parser a
/// query of one call, whose outputs the analysis knows.
final class LentSummaries implements LentForms.Form {
  static final String SUMMARY = "sluice_summary";
  static final String DESCRIPTION = "sluice_description";
  private static final String OF_QUERY = "_of_query";

  private static final Map<String, String> MARKERS =
      Map.of("SUMMARIZE", SUMMARY, "DESCRIBE", DESCRIPTION);
  private static final Set<String> QUERY_STARTS = Set.of("SELECT", "WITH", "VALUES");

  @Override
  public List<GateToken> lend(List<GateToken> tokens) {
    List<GateToken> result = new ArrayList<>(tokens);
    for (int i = result.size() - 2; i >= 0; i--) {
      GateToken verb = result.get(i);
      String marker = MARKERS.get(verb.meaning());
      boolean begins = i == 0 || (result.get(i - 1).isMark("(") && afterFrom(result, i - 2));
      if (marker == null || !begins || verb.kind() != dev.sluice.governance.sql.TokenKind.WORD) {
        continue;
      }
      int close = i == 0 ? result.size() : GateTokens.closing(result, i - 1);
      boolean query = QUERY_STARTS.contains(result.get(i + 1).meaning());
      int nameEnd = GateTokens.nameEnd(result, i + 1);
      if (close < 0 || (!query && nameEnd != close)) {
        continue;
      }
      List<GateToken> lent = new ArrayList<>();
      lent.add(GateTokens.word("SELECT", verb));
      lent.add(GateTokens.word(query ? marker + OF_QUERY : marker, verb));
      lent.add(GateTokens.mark("(", verb));
      lent.add(GateTokens.mark("*", verb));
      lent.add(GateTokens.mark(")", verb));
      lent.add(GateTokens.word("FROM", verb));
      if (query) {
        lent.add(GateTokens.mark("(", verb));
        result.add(close, GateTokens.mark(")", verb));
      }
      result.remove(i);
      result.addAll(i, lent);
    }
    return result;
  }

  private static boolean afterFrom(List<GateToken> tokens, int at) {
    return at >= 0
        && (tokens.get(at).isWord("FROM")
            || tokens.get(at).isWord("JOIN")
            || tokens.get(at).isWord("AS")
            || tokens.get(at).isMark(","));
  }

  @Override
  public List<Piece> giveBack(List<Piece> pieces) {
    List<Piece> result = new ArrayList<>(pieces);
    for (int i = result.size() - 7; i >= 0; i--) {
      if (!Piece.at(result, i, "SELECT", "?", "(", "*", ")", "FROM")) {
        continue;
      }
      String marker = result.get(i + 1).text();
      boolean query = marker.endsWith(OF_QUERY);
      String verb =
          marker.startsWith(SUMMARY)
              ? "SUMMARIZE"
              : marker.startsWith(DESCRIPTION) ? "DESCRIBE" : "";
      if (verb.isEmpty()) {
        continue;
      }
      if (query) {
        int close = Piece.closing(result, i + 6);
        if (close < 0) {
          continue;
        }
        result.remove(close);
        result.remove(i + 6);
      }
      Piece first = result.get(i);
      result.subList(i, i + 6).clear();
      result.add(i, new Piece(verb, verb, first.apart()));
      Piece next = result.get(i + 1);
      result.set(i + 1, new Piece(next.text(), next.word(), true));
    }
    return result;
  }

  @Override
  public String sign() {
    return "sluice_";
  }
}
