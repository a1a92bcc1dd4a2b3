package dev.sluice.governance.sql.internal.tree;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which classes of the parser's tree are understood and which of their fields: `nodes.txt`.
public final class NodeTable {
  static final String ROOT = "net.sf.jsqlparser.";
  private static final NodeTable STANDARD = load();

  /// How a class is treated.
  enum Treatment {
    READ,
    /// A mere holder: what it holds is visited.
    TRANSPARENT,
    OPAQUE,
    REFUSED
  }

  /// The fields of one exact class, its superclasses' included.
  ///
  /// @param read fields that the analysis visits
  /// @param mustBeUnset fields of which it knows nothing
  /// @param readValues reads the former at once
  /// @param unsetValues reads the latter at once
  record Shape(
      Treatment treatment,
      Field[] read,
      Field[] mustBeUnset,
      FieldValues readValues,
      FieldValues unsetValues) {

    Shape(Treatment treatment, Field[] read, Field[] mustBeUnset) {
      this(treatment, read, mustBeUnset, new FieldValues(read), new FieldValues(mustBeUnset));
    }
  }

  private record Entry(Treatment treatment, Set<String> read, Set<String> inert) {}

  private final Map<String, Entry> entries;
  private final Map<Class<?>, Shape> shapes = new java.util.concurrent.ConcurrentHashMap<>();
  private static final Shape UNLISTED = new Shape(Treatment.REFUSED, new Field[0], new Field[0]);

  private NodeTable(Map<String, Entry> entries) {
    this.entries = entries;
  }

  public static NodeTable standard() {
    return STANDARD;
  }

  /// Names of all listed classes.
  Set<String> classNames() {
    return entries.keySet();
  }

  /// Fields listed with a class.
  Set<String> listedFields(String className) {
    Entry entry = entries.get(className);
    Set<String> all = new LinkedHashSet<>();
    if (entry != null) {
      all.addAll(entry.read());
      all.addAll(entry.inert());
      all.remove("*");
    }
    return all;
  }

  Shape shape(Class<?> type) {
    Shape known = shapes.get(type);
    return known != null ? known : shapes.computeIfAbsent(type, this::shapeOf);
  }

  private Shape shapeOf(Class<?> type) {
    Entry own = entries.get(type.getName());
    if (own == null || own.treatment() == Treatment.REFUSED) {
      return UNLISTED;
    }
    if (own.treatment() == Treatment.OPAQUE) {
      return new Shape(Treatment.OPAQUE, new Field[0], new Field[0]);
    }
    List<Field> read = new ArrayList<>();
    List<Field> rest = new ArrayList<>();
    for (Class<?> at = type; at != null && at.getName().startsWith(ROOT); at = at.getSuperclass()) {
      Entry entry = entries.get(at.getName());
      for (Field field : at.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())) {
          continue;
        }
        if (entry != null && entry.read().contains(field.getName())) {
          field.setAccessible(true);
          read.add(field);
        } else if (entry == null
            || !(entry.inert().contains(field.getName()) || entry.inert().contains("*"))) {
          field.setAccessible(true);
          rest.add(field);
        }
      }
    }
    return new Shape(own.treatment(), read.toArray(new Field[0]), rest.toArray(new Field[0]));
  }

  static @Nullable Object valueOf(Field field, Object node) {
    try {
      return field.get(node);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("A field of the tree cannot be read: " + field, e);
    }
  }

  private static NodeTable load() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    try (InputStream stream =
        NodeTable.class.getResourceAsStream("/dev/sluice/governance/sql/internal/tree/nodes.txt")) {
      if (stream == null) {
        throw new IllegalStateException("nodes.txt is missing.");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          read(line.strip(), entries);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new NodeTable(new HashMap<>(entries));
  }

  private static void read(String line, Map<String, Entry> entries) {
    if (line.startsWith("opaque ")) {
      entries.put(
          ROOT + line.substring(7).strip(), new Entry(Treatment.OPAQUE, Set.of(), Set.of()));
      return;
    }
    if (line.startsWith("refused ")) {
      entries.put(
          ROOT + line.substring(8).strip(), new Entry(Treatment.REFUSED, Set.of(), Set.of()));
      return;
    }
    boolean transparent = line.startsWith("transparent ");
    int equals = line.indexOf('=');
    int bar = line.indexOf('|');
    String read = line.substring(equals + 1, bar < 0 ? line.length() : bar);
    String inert = bar < 0 ? "" : line.substring(bar + 1);
    entries.put(
        ROOT + line.substring(transparent ? 12 : 0, equals).strip(),
        new Entry(transparent ? Treatment.TRANSPARENT : Treatment.READ, words(read), words(inert)));
  }

  private static Set<String> words(String text) {
    return text.isBlank() ? Set.of() : new HashSet<>(Arrays.asList(text.strip().split("\\s+")));
  }
}
