package dev.sluice.gateway.jdbc;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Wrapper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Makes objects of JDBC interfaces out of plain classes: a call goes to the public method of the
/// same name and parameters, and is refused when there is none. Completeness is by construction.
///
/// A class is generated for each pair of interface and plain class, once. A result is read cell by
/// cell: through reflection the calls would cost more than the rows.
final class Refusing {

  /// SQLSTATE of a feature that is not supported.
  static final String NOT_SUPPORTED = "0A000";

  private static final ClassDesc BASE = desc(Governed.class);
  private static final ClassDesc ENTRIES = desc(List.class);
  private static final MethodTypeDesc MADE_WITH =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object, ENTRIES);
  private static final MethodTypeDesc UNSERVED =
      MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_int);
  private static final Map<Pair, Shape> SHAPES = new ConcurrentHashMap<>();

  private Refusing() {}

  /// @param calls what serves the interface
  private record Pair(Class<?> type, Class<?> calls) {}

  /// @param make takes what serves, and the entry points
  private record Shape(MethodHandle make, List<Method> entries) {}

  static <T> T as(Class<T> type, Object calls) {
    Shape shape = SHAPES.computeIfAbsent(new Pair(type, calls.getClass()), Refusing::generate);
    try {
      return type.cast(shape.make().invoke(calls, shape.entries()));
    } catch (Throwable e) {
      throw new IllegalStateException("A generated class could not be used.", e);
    }
  }

  /// The method that serves an entry point.
  static Optional<Method> served(Class<?> calls, Method entry) {
    return Arrays.stream(calls.getMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isBridge())
        .filter(method -> method.getDeclaringClass() != Object.class)
        .filter(method -> method.getName().equals(entry.getName()))
        .filter(method -> Arrays.equals(method.getParameterTypes(), entry.getParameterTypes()))
        .findFirst();
  }

  private static Shape generate(Pair pair) {
    List<Method> entries =
        Arrays.stream(pair.type().getMethods())
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .filter(method -> method.getDeclaringClass() != Wrapper.class)
            .toList();
    ClassDesc name =
        ClassDesc.of(Refusing.class.getPackageName(), "Governed" + pair.type().getSimpleName());
    byte[] made =
        ClassFile.of()
            .build(
                name,
                type -> {
                  type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
                  type.withSuperclass(BASE);
                  type.withInterfaceSymbols(desc(pair.type()));
                  type.withMethodBody(
                      ConstantDescs.INIT_NAME,
                      MADE_WITH,
                      0,
                      code ->
                          code.aload(0)
                              .aload(1)
                              .aload(2)
                              .invokespecial(BASE, ConstantDescs.INIT_NAME, MADE_WITH)
                              .return_());
                  for (int number = 0; number < entries.size(); number++) {
                    entry(type, entries.get(number), number, pair.calls());
                  }
                });
    try {
      MethodHandles.Lookup inside = MethodHandles.lookup().defineHiddenClass(made, true);
      MethodHandle make =
          inside.findConstructor(
              inside.lookupClass(), MethodType.methodType(void.class, Object.class, List.class));
      return new Shape(make, entries);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A class could not be generated.", e);
    }
  }

  private static void entry(ClassBuilder type, Method entry, int number, Class<?> calls) {
    MethodTypeDesc shape = shape(entry);
    Optional<Method> target = served(calls, entry);
    type.withMethodBody(
        entry.getName(),
        shape,
        ClassFile.ACC_PUBLIC,
        code -> {
          code.aload(0);
          if (target.isPresent()) {
            serve(code, shape, target.get(), entry, calls);
          } else {
            code.loadConstant(number).invokevirtual(BASE, "unserved", UNSERVED);
            answer(code, entry.getReturnType());
          }
          code.return_(TypeKind.from(entry.getReturnType()));
        });
  }

  private static void serve(
      CodeBuilder code, MethodTypeDesc shape, Method target, Method entry, Class<?> calls) {
    if (!entry.getReturnType().isAssignableFrom(target.getReturnType())) {
      throw new IllegalStateException(target + " does not answer " + entry + ".");
    }
    code.getfield(BASE, "calls", ConstantDescs.CD_Object).checkcast(desc(calls));
    for (int at = 0; at < shape.parameterCount(); at++) {
      code.loadLocal(TypeKind.from(shape.parameterType(at)), code.parameterSlot(at));
    }
    code.invokevirtual(desc(calls), target.getName(), shape(target));
  }

  /// What is not served is answered with no, with 0, or not at all.
  private static void answer(CodeBuilder code, Class<?> wanted) {
    if (wanted == boolean.class) {
      code.checkcast(ConstantDescs.CD_Boolean)
          .invokevirtual(
              ConstantDescs.CD_Boolean,
              "booleanValue",
              MethodTypeDesc.of(ConstantDescs.CD_boolean));
    } else if (wanted.isPrimitive() && wanted != void.class) {
      ClassDesc kind = desc(wanted);
      code.checkcast(desc(Number.class))
          .invokevirtual(desc(Number.class), wanted.getName() + "Value", MethodTypeDesc.of(kind));
    } else if (wanted != void.class) {
      code.checkcast(desc(wanted));
    }
  }

  private static MethodTypeDesc shape(Method method) {
    return MethodTypeDesc.of(
        desc(method.getReturnType()),
        Arrays.stream(method.getParameterTypes()).map(Refusing::desc).toList());
  }

  private static ClassDesc desc(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }
}
