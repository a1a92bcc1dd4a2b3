package dev.sluice.governance.sql.internal;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a node of the parser's tree holds, whatever its class: all its fields, read by reflection,
/// so that a class that a new version of the parser adds is walked like any other.
final class NodeFields {

  private static final String PARSER = "net.sf.jsqlparser.";

  private static final ClassValue<Field[]> FIELDS =
      new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
          List<Field> fields = new ArrayList<>();
          for (Class<?> at = type; at.getName().startsWith(PARSER); at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
              if (!Modifier.isStatic(field.getModifiers())
                  && !field.getType().isPrimitive()
                  && field.getType() != String.class
                  && !isPosition(field)) {
                field.setAccessible(true);
                fields.add(field);
              }
            }
          }
          return fields.toArray(Field[]::new);
        }
      };

  private NodeFields() {}

  static boolean isNode(Object value) {
    return value.getClass().getName().startsWith(PARSER) && !value.getClass().isEnum();
  }

  /// The nodes that a node holds, in fields, lists, maps and arrays.
  static List<Object> childrenOf(Object node) {
    List<Object> children = new ArrayList<>();
    for (Field field : FIELDS.get(node.getClass())) {
      try {
        collect(field.get(node), children);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("The parser's tree cannot be read.", e);
      }
    }
    if (node instanceof Collection<?> collection) {
      collection.forEach(element -> collect(element, children));
    }
    return children;
  }

  private static void collect(@Nullable Object value, List<Object> children) {
    switch (value) {
      case null -> {
        // an empty field
      }
      case Collection<?> collection when !isNode(value) ->
          collection.forEach(element -> collect(element, children));
      case Map<?, ?> map ->
          map.forEach(
              (key, element) -> {
                collect(key, children);
                collect(element, children);
              });
      case Object[] array -> {
        for (Object element : array) {
          collect(element, children);
        }
      }
      case java.util.Optional<?> optional ->
          optional.ifPresent(element -> collect(element, children));
      default -> {
        if (isNode(value)) {
          children.add(value);
        }
      }
    }
  }

  /// Places in the text and results of resolving hold nodes that are not part of the statement.
  private static boolean isPosition(Field field) {
    return field.getType().getName().startsWith(PARSER + "parser.")
        || field.getName().equals("resolvedTable");
  }
}
