package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Lexer;
import dev.sluice.governance.sql.LexicalModes;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.Token;
import java.util.List;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.parser.ASTNodeAccess;
import net.sf.jsqlparser.parser.Node;
import org.jspecify.annotations.Nullable;

/// Finds the place in the statement text for a node of the tree or an offset of the printed text.
public final class SourceMap {
  private final NormalisedText normalised;
  private final List<Token> printed;
  private final List<Span> origins;
  private final Dialect dialect;
  private final LexicalModes modes;

  SourceMap(
      NormalisedText normalised,
      List<Token> printed,
      List<Span> origins,
      Dialect dialect,
      LexicalModes modes) {
    this.normalised = normalised;
    this.printed = List.copyOf(printed);
    this.origins = List.copyOf(origins);
    this.dialect = dialect;
    this.modes = modes;
  }

  /// The whole statement.
  public Span all() {
    return origins.isEmpty()
        ? new Span(0, 0)
        : new Span(origins.getFirst().start(), origins.getLast().end());
  }

  /// Where the node stands; the whole statement when that cannot be told.
  public Span spanOf(@Nullable Object node) {
    if (node == null) {
      return all();
    }
    Span position = byPosition(node);
    if (position != null) {
      return position;
    }
    if (node instanceof BinaryExpression binary) {
      Span left = byPosition(binary.getLeftExpression());
      Span right = byPosition(binary.getRightExpression());
      if (left != null && right != null) {
        return new Span(Math.min(left.start(), right.start()), Math.max(left.end(), right.end()));
      }
    }
    return bySearch(node.toString());
  }

  /// The place of a range of the text that the parser read.
  public Span ofParsed(int start, int end) {
    return normalised.origin(start, end);
  }

  /// The place of an offset of the printed text, such as one in an error of the database.
  public Span ofPrinted(int offset) {
    for (int i = 0; i < printed.size(); i++) {
      if (offset < printed.get(i).end()) {
        return origins.get(i);
      }
    }
    return all();
  }

  private @Nullable Span byPosition(@Nullable Object node) {
    if (!(node instanceof ASTNodeAccess access) || access.getASTNode() == null) {
      return null;
    }
    Node place = access.getASTNode();
    if (place.jjtGetFirstToken() == null || place.jjtGetLastToken() == null) {
      return null;
    }
    int start = place.jjtGetFirstToken().absoluteBegin - 1;
    int end = place.jjtGetLastToken().absoluteEnd - 1;
    return start < 0 || end < start ? null : normalised.origin(start, end);
  }

  /// The first place where the printed text holds these tokens.
  private Span bySearch(String text) {
    List<Token> wanted = Lexer.lex(text, dialect, modes).significant();
    if (wanted.isEmpty()) {
      return all();
    }
    for (int from = 0; from + wanted.size() <= printed.size(); from++) {
      int matched = 0;
      while (matched < wanted.size()
          && GateToken.meaningOf(printed.get(from + matched))
              .equals(GateToken.meaningOf(wanted.get(matched)))) {
        matched++;
      }
      if (matched == wanted.size()) {
        return new Span(origins.get(from).start(), origins.get(from + matched - 1).end());
      }
    }
    return all();
  }
}
