package dev.sluice.governance.sql.internal.tree;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the same fields of many objects. The analysis reads some thousand fields of each tree: one
/// call of a compiled handle for all fields of an object costs a fraction of as many reflective
/// reads. Making the handle costs more than a few reads, so it is made once it pays.
///
/// Safe for any number of threads.
final class FieldValues {
  private static final int PAYS_AFTER = 2_000;

  private final Field[] fields;
  // Two threads may lose a count to each other, which does no harm.
  private int uses;
  private volatile @Nullable MethodHandle handle;

  /// @param fields made accessible
  FieldValues(Field[] fields) {
    this.fields = fields;
  }

  /// In the order of the fields.
  @Nullable Object[] of(Object node) {
    MethodHandle compiled = handle;
    if (compiled != null) {
      return through(compiled, node);
    }
    if (fields.length > 0 && uses++ >= PAYS_AFTER) {
      handle = compile();
    }
    @Nullable Object[] values = new Object[fields.length];
    for (int i = 0; i < fields.length; i++) {
      values[i] = NodeTable.valueOf(fields[i], node);
    }
    return values;
  }

  private static @Nullable Object[] through(MethodHandle handle, Object node) {
    try {
      return (Object[]) handle.invokeExact(node);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("Fields of the tree cannot be read.", e);
    }
  }

  private MethodHandle compile() {
    MethodHandle[] getters =
        Arrays.stream(fields).map(FieldValues::getter).toArray(MethodHandle[]::new);
    MethodHandle collect =
        MethodHandles.identity(Object[].class).asCollector(Object[].class, fields.length);
    return MethodHandles.permuteArguments(
        MethodHandles.filterArguments(collect, 0, getters),
        MethodType.methodType(Object[].class, Object.class),
        new int[fields.length]);
  }

  private static MethodHandle getter(Field field) {
    try {
      return MethodHandles.lookup()
          .unreflectGetter(field)
          .asType(MethodType.methodType(Object.class, Object.class));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("A field of the tree cannot be read: " + field, e);
    }
  }
}
