package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// DuckDB's `USING SAMPLE n`, `n%`, `n PERCENT`, `n ROWS` or `method(n ...)` at the end of a query:
/// for the parser a window that nothing uses, whose name tells number, unit and method.
final class LentSamples implements LentForms.Form {
  private static final List<String> UNITS = List.of("", "%", "PERCENT", "ROWS");
  private static final List<String> METHODS = List.of("", "RESERVOIR", "SYSTEM", "BERNOULLI");
  private static final int CODES = 100;
  private static final String NAME = "sluice_sample_";
  private static final int LONGEST = 9;

  private record Sample(int end, String code) {}

  @Override
  public List<GateToken> lend(List<GateToken> tokens) {
    if (!GateTokens.hasWord(tokens, "SAMPLE")) {
      return tokens;
    }
    List<GateToken> result = new ArrayList<>(tokens.size());
    int at = 0;
    while (at < tokens.size()) {
      Optional<Sample> sample =
          GateTokens.at(tokens, at, "USING", "SAMPLE") ? sample(tokens, at + 2) : Optional.empty();
      if (sample.isEmpty()) {
        result.add(tokens.get(at++));
        continue;
      }
      GateToken first = tokens.get(at);
      result.add(GateTokens.word("WINDOW", first));
      result.add(GateTokens.word(NAME + sample.get().code(), first));
      result.add(GateTokens.word("AS", first));
      result.add(GateTokens.mark("(", first));
      result.add(GateTokens.word("ORDER", first));
      result.add(GateTokens.word("BY", first));
      result.add(GateTokens.number("1", first));
      result.add(GateTokens.mark(")", first));
      at = sample.get().end();
    }
    return result;
  }

  private static Optional<Sample> sample(List<GateToken> tokens, int from) {
    int at = from;
    int method = 0;
    boolean bracket = false;
    if (at + 1 < tokens.size()
        && tokens.get(at).kind() == TokenKind.WORD
        && tokens.get(at + 1).isMark("(")) {
      method = METHODS.indexOf(tokens.get(at).meaning());
      bracket = true;
      at += 2;
    }
    if (method < 0
        || at >= tokens.size()
        || tokens.get(at).kind() != TokenKind.NUMBER
        || !tokens.get(at).text().matches("[1-9][0-9]{0,8}")) {
      return Optional.empty();
    }
    String number = tokens.get(at).text();
    at++;
    int unit = at < tokens.size() ? Math.max(0, UNITS.indexOf(tokens.get(at).meaning())) : 0;
    at += unit > 0 ? 1 : 0;
    if (bracket) {
      if (at >= tokens.size() || !tokens.get(at).isMark(")")) {
        return Optional.empty();
      }
      at++;
    }
    boolean ends = at >= tokens.size() || tokens.get(at).isMark(")");
    int code = 10 * method + unit;
    return ends && number.length() <= LONGEST
        ? Optional.of(new Sample(at, number + (code < 10 ? "0" : "") + code))
        : Optional.empty();
  }

  @Override
  public List<Piece> giveBack(List<Piece> pieces) {
    List<Piece> result = new ArrayList<>(pieces.size());
    int at = 0;
    while (at < pieces.size()) {
      if (!Piece.at(pieces, at, "WINDOW", "?", "AS", "(", "ORDER", "BY", "1", ")")
          || !pieces.get(at + 1).text().matches(NAME + "[0-9]{3,11}")) {
        result.add(pieces.get(at++));
        continue;
      }
      long code = Long.parseLong(pieces.get(at + 1).text().substring(NAME.length()));
      int method = (int) (code % CODES) / 10;
      int unit = (int) (code % 10);
      result.add(Piece.word("USING"));
      result.add(Piece.word("SAMPLE"));
      if (method < METHODS.size() && unit < UNITS.size()) {
        add(result, METHODS.get(method), Long.toString(code / CODES), UNITS.get(unit));
      }
      at += 8;
    }
    return result;
  }

  private static void add(List<Piece> result, String method, String number, String unit) {
    if (!method.isEmpty()) {
      result.add(Piece.word(method));
      result.add(new Piece("(", "", false));
    }
    result.add(Piece.mark(number));
    if (!unit.isEmpty()) {
      result.add(unit.equals("%") ? new Piece("%", "", false) : Piece.word(unit));
    }
    if (!method.isEmpty()) {
      result.add(new Piece(")", "", false));
    }
  }

  @Override
  public String sign() {
    return NAME;
  }
}
