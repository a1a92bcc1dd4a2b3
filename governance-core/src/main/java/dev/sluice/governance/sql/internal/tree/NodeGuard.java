package dev.sluice.governance.sql.internal.tree;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes sure that nothing in a tree is passed over: every node that is visited must be of a listed
/// class with nothing set that the table does not list, and in the end every node that can be
/// reached must have been visited.
public final class NodeGuard {
  private final NodeTable table;
  private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());

  public NodeGuard(NodeTable table) {
    this.table = table;
  }

  /// Marks a node as visited.
  ///
  /// @return what is not understood of the node itself, if anything, in the words of a person
  public Optional<String> visit(Object node) {
    if (!visited.add(node)) {
      return Optional.empty();
    }
    NodeTable.Shape shape = table.shape(node.getClass());
    if (shape.treatment() == NodeTable.Treatment.REFUSED) {
      return Optional.of(NodeWords.of(node.getClass()));
    }
    @Nullable Object[] values = shape.unsetValues().of(node);
    for (int i = 0; i < values.length; i++) {
      if (!unset(values[i])) {
        Field field = shape.mustBeUnset()[i];
        return Optional.of(NodeWords.of(field.getDeclaringClass(), field.getName()));
      }
    }
    return Optional.empty();
  }

  /// Marks a node and everything below it as visited, without looking at it.
  public void visitAll(@Nullable Object node) {
    if (node == null) {
      return;
    }
    if (isNode(node)) {
      if (!visited.add(node)) {
        return;
      }
      for (Object value : table.shape(node.getClass()).readValues().of(node)) {
        visitAll(value);
      }
    }
    if (node instanceof Collection<?> elements) {
      elements.forEach(this::visitAll);
    } else if (node instanceof Map.Entry<?, ?> entry) {
      visitAll(entry.getKey());
      visitAll(entry.getValue());
    }
  }

  /// A node below the root that was never visited, if there is one.
  public Optional<Object> unvisited(Object root) {
    return Optional.ofNullable(search(root, Collections.newSetFromMap(new IdentityHashMap<>())));
  }

  private @Nullable Object search(@Nullable Object value, Set<Object> seen) {
    if (value == null) {
      return null;
    }
    if (isNode(value)) {
      if (!seen.add(value)) {
        return null;
      }
      NodeTable.Shape shape = table.shape(value.getClass());
      if (shape.treatment() != NodeTable.Treatment.TRANSPARENT && !visited.contains(value)) {
        return value;
      }
      for (Object below : shape.readValues().of(value)) {
        Object found = search(below, seen);
        if (found != null) {
          return found;
        }
      }
    }
    if (value instanceof Collection<?> elements) {
      for (Object element : elements) {
        Object found = search(element, seen);
        if (found != null) {
          return found;
        }
      }
    } else if (value instanceof Map.Entry<?, ?> entry) {
      Object found = search(entry.getKey(), seen);
      return found != null ? found : search(entry.getValue(), seen);
    }
    return null;
  }

  private static boolean isNode(Object value) {
    return !(value instanceof Enum<?>) && value.getClass().getName().startsWith(NodeTable.ROOT);
  }

  private static boolean unset(@Nullable Object value) {
    if (value == null) {
      return true;
    }
    return switch (value) {
      case Boolean flag -> !flag;
      case Number number -> number.longValue() == 0;
      case Character character -> character == 0;
      case String text -> text.isEmpty();
      case Collection<?> elements -> elements.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      case Enum<?> constant -> constant.name().equals("NONE");
      default -> false;
    };
  }
}
