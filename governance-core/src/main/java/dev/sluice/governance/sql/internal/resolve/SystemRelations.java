package dev.sluice.governance.sql.internal.resolve;

import dev.sluice.governance.sql.Dialect;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The system relations and table functions of an engine that hold names only. All others are
/// refused.
///
/// Read from `catalogs/<engine>.txt`: `schema.name: column column ...`, one a line; `name()` for a
/// table function; columns may be left out, then only named columns can be read, no star.
public final class SystemRelations {
  private static final Map<Dialect, SystemRelations> LOADED =
      new java.util.EnumMap<>(Dialect.class);

  static {
    for (Dialect dialect : Dialect.values()) {
      LOADED.put(dialect, load(dialect));
    }
  }

  private final Map<String, List<String>> columns;

  private SystemRelations(Map<String, List<String>> columns) {
    this.columns = columns;
  }

  public static SystemRelations of(Dialect dialect) {
    SystemRelations relations = LOADED.get(dialect);
    return relations == null ? new SystemRelations(Map.of()) : relations;
  }

  /// Its columns in order, or null when it is not a listed relation; empty when the columns are not
  /// listed.
  public @Nullable List<String> columns(String schema, String name) {
    return columns.get(Identifiers.lower(schema + "." + name));
  }

  /// As [#columns], for a table function.
  public @Nullable List<String> functionColumns(String name) {
    return columns.get(Identifiers.lower(name) + "()");
  }

  private static SystemRelations load(Dialect dialect) {
    Map<String, List<String>> columns = new HashMap<>();
    String resource = "/dev/sluice/governance/catalogs/" + dialect.id() + ".txt";
    try (InputStream stream = SystemRelations.class.getResourceAsStream(resource)) {
      if (stream == null) {
        return new SystemRelations(columns);
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          int colon = line.indexOf(':');
          String name = colon < 0 ? line.strip() : line.substring(0, colon).strip();
          List<String> names = new ArrayList<>();
          if (colon >= 0 && !line.substring(colon + 1).isBlank()) {
            names.addAll(List.of(line.substring(colon + 1).strip().split("\\s+")));
          }
          columns.put(Identifiers.lower(name), List.copyOf(names));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SystemRelations(columns);
  }
}
