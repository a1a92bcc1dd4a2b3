package dev.sluice.governance.sql.internal.tree;

import dev.sluice.governance.sql.Span;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import net.sf.jsqlparser.parser.ASTNodeAccess;
import org.jspecify.annotations.Nullable;

/// Where a node stands in the text that was parsed.
public final class Spans {
  private static final int DEPTH = 12;

  private Spans() {}

  /// The node's own range, or that of what is below it; empty when nothing has a place.
  public static Optional<Span> of(@Nullable Object node) {
    int[] range = {Integer.MAX_VALUE, -1};
    widen(node, range, 0);
    return range[1] < 0
        ? Optional.empty()
        : Optional.of(new Span(Math.max(0, range[0]), Math.max(range[0], range[1])));
  }

  private static void widen(@Nullable Object value, int[] range, int depth) {
    if (value == null || depth > DEPTH) {
      return;
    }
    if (value instanceof ASTNodeAccess access
        && access.getASTNode() != null
        && access.getASTNode().jjtGetFirstToken() != null) {
      range[0] = Math.min(range[0], access.getASTNode().jjtGetFirstToken().absoluteBegin - 1);
      range[1] = Math.max(range[1], access.getASTNode().jjtGetLastToken().absoluteEnd - 1);
      return;
    }
    if (value instanceof Collection<?> elements) {
      elements.forEach(element -> widen(element, range, depth + 1));
    } else if (value instanceof Map.Entry<?, ?> entry) {
      widen(entry.getKey(), range, depth + 1);
      widen(entry.getValue(), range, depth + 1);
    }
    if (!(value instanceof Enum<?>) && value.getClass().getName().startsWith(NodeTable.ROOT)) {
      for (Field field : NodeTable.standard().shape(value.getClass()).read()) {
        widen(NodeTable.valueOf(field, value), range, depth + 1);
      }
    }
  }
}
