package dev.sluice.governance.sql.internal;

import java.util.ArrayList;
import java.util.List;

/// A run of words and brackets that stands for another.
///
/// @param own as the server writes it
/// @param lent as the parser reads it; it means nothing in the dialect
/// @param key the first word of the former
record LentPhrase(List<String> own, List<String> lent, String key) implements LentForms.Form {

  LentPhrase(List<String> own, List<String> lent) {
    this(own, lent, keyOf(own));
  }

  @Override
  public List<GateToken> lend(List<GateToken> tokens) {
    if (!GateTokens.hasWord(tokens, key)) {
      return tokens;
    }
    String[] phrase = own.toArray(String[]::new);
    List<GateToken> result = new ArrayList<>(tokens.size());
    int at = 0;
    while (at < tokens.size()) {
      boolean found =
          GateTokens.at(tokens, at, phrase) && (at == 0 || !tokens.get(at - 1).isMark("."));
      if (!found) {
        result.add(tokens.get(at++));
        continue;
      }
      GateToken first = tokens.get(at);
      lent.forEach(word -> result.add(GateTokens.word(word, first)));
      at += phrase.length;
    }
    return result;
  }

  @Override
  public List<Piece> giveBack(List<Piece> pieces) {
    String[] phrase = lent.toArray(String[]::new);
    List<Piece> result = new ArrayList<>(pieces.size());
    int at = 0;
    while (at < pieces.size()) {
      if (Piece.at(pieces, at, phrase)) {
        own.forEach(word -> result.add(Piece.word(word)));
        at += phrase.length;
      } else {
        result.add(pieces.get(at++));
      }
    }
    return result;
  }

  @Override
  public String sign() {
    return lent.get(1);
  }

  private static String keyOf(List<String> words) {
    return words.stream().filter(word -> word.length() > 1).findFirst().orElseThrow();
  }
}
