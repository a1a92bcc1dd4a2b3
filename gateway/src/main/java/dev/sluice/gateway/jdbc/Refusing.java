package dev.sluice.gateway.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Wrapper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Makes objects of JDBC interfaces out of plain classes: a call goes to the public method of the
/// same name and parameters, and is refused when there is none. Completeness is by construction.
final class Refusing implements InvocationHandler {

  /// SQLSTATE of a feature that is not supported.
  static final String NOT_SUPPORTED = "0A000";

  private static final Map<Class<?>, Map<Method, Optional<Method>>> TARGETS =
      new ConcurrentHashMap<>();

  private final Object calls;
  private final Map<Method, Optional<Method>> targets;

  private Refusing(Object calls) {
    this.calls = calls;
    this.targets = TARGETS.computeIfAbsent(calls.getClass(), type -> new ConcurrentHashMap<>());
  }

  static <T> T as(Class<T> type, Object calls) {
    return type.cast(
        Proxy.newProxyInstance(
            Refusing.class.getClassLoader(), new Class<?>[] {type}, new Refusing(calls)));
  }

  @Override
  public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(self, method, arguments);
    }
    if (method.getDeclaringClass() == Wrapper.class && arguments != null) {
      return wrapper(self, method, (Class<?>) arguments[0]);
    }
    Method target = targets.computeIfAbsent(method, this::target).orElse(null);
    if (target == null) {
      return unserved(method);
    }
    try {
      return target.invoke(calls, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /// What a database is asked about itself and that nobody promised: no.
  private @Nullable Object unserved(Method method) throws SQLException {
    if (calls instanceof DatabaseCalls) {
      if (method.getReturnType() == boolean.class) {
        return false;
      }
      if (method.getReturnType() == int.class && method.getName().startsWith("getMax")) {
        return 0;
      }
    }
    String words =
        "Sluice does not serve "
            + method.getDeclaringClass().getSimpleName()
            + "."
            + method.getName()
            + ". What it serves is in docs/agents.md.";
    if (List.of(method.getExceptionTypes()).contains(SQLClientInfoException.class)) {
      throw new SQLClientInfoException(words, NOT_SUPPORTED, Map.of());
    }
    throw new SQLFeatureNotSupportedException(words, NOT_SUPPORTED);
  }

  private Optional<Method> target(Method method) {
    return served(calls.getClass(), method);
  }

  /// The method that serves an entry point.
  static Optional<Method> served(Class<?> calls, Method entry) {
    return Arrays.stream(calls.getMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> method.getDeclaringClass() != Object.class)
        .filter(method -> method.getName().equals(entry.getName()))
        .filter(method -> Arrays.equals(method.getParameterTypes(), entry.getParameterTypes()))
        .findFirst();
  }

  private @Nullable Object ofObject(Object self, Method method, Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "equals" -> arguments != null && self == arguments[0];
      case "hashCode" -> System.identityHashCode(self);
      default -> "Sluice " + calls.getClass().getSimpleName().replace("Calls", "");
    };
  }

  /// There is nothing behind these objects to be had.
  private static Object wrapper(Object self, Method method, Class<?> wanted) throws SQLException {
    boolean own = wanted.isInstance(self);
    if (method.getName().equals("isWrapperFor")) {
      return own;
    }
    if (own) {
      return self;
    }
    throw new SQLFeatureNotSupportedException(
        "There is no " + wanted.getSimpleName() + " behind a governed object.", NOT_SUPPORTED);
  }
}
