package dev.sluice.governance.sql.internal.tree;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Searches in trees.
public final class Trees {
  private Trees() {}

  /// Whether a node below the root is wanted, without looking below nodes that are closed.
  public static boolean contains(
      @Nullable Object root, Predicate<Object> wanted, Predicate<Object> closed) {
    if (root == null) {
      return false;
    }
    if (!(root instanceof Enum<?>) && root.getClass().getName().startsWith(NodeTable.ROOT)) {
      if (closed.test(root)) {
        return false;
      }
      if (wanted.test(root)) {
        return true;
      }
      for (Field field : NodeTable.standard().shape(root.getClass()).read()) {
        if (contains(NodeTable.valueOf(field, root), wanted, closed)) {
          return true;
        }
      }
    }
    if (root instanceof Collection<?> elements) {
      return elements.stream().anyMatch(element -> contains(element, wanted, closed));
    }
    return root instanceof Map.Entry<?, ?> entry
        && (contains(entry.getKey(), wanted, closed) || contains(entry.getValue(), wanted, closed));
  }
}
