package dev.sluice.governance.sql.internal.functions;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.internal.functions.FunctionEntry.Action;
import dev.sluice.governance.sql.internal.functions.FunctionEntry.Kind;
import dev.sluice.governance.sql.internal.functions.FunctionEntry.Totality;
import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The built-in functions of one engine, from `functions/<engine>.txt`.
///
/// A line is `name name ... : words`, where the words may come in any order:
/// `scalar` `aggregate` `window` `set` (scalar if left out); `pure` `volatile` `catalog` `values`
/// `call` `session` `file` `program` `network` `execute` `lock` `maintenance` (pure if left out);
/// `total` `numeric` `fallible` (fallible if left out); `type=text`; `args=text,integer`;
/// `costly=1,2` `rows=1` (positions from 1, `*` for all); `risky=2` (only that argument decides
/// whether a total function fails after all); `keys=1` (it fails when one of these arguments is
/// NULL or of another kind; `odd` for every other from the first); `conditional`; `after=hex,md5`.
/// A line `include name` reads another file first. A later line replaces an earlier one, and a line
/// `without name ...` takes names away.
public final class FunctionCatalogue {
  private static final Map<Dialect, FunctionCatalogue> LOADED = new EnumMap<>(Dialect.class);

  static {
    for (Dialect dialect : Dialect.values()) {
      Map<String, FunctionEntry> entries = new HashMap<>();
      read(dialect.id(), entries);
      LOADED.put(dialect, new FunctionCatalogue(entries));
    }
  }

  private final Map<String, FunctionEntry> entries;

  private FunctionCatalogue(Map<String, FunctionEntry> entries) {
    this.entries = Map.copyOf(entries);
  }

  public static FunctionCatalogue of(Dialect dialect) {
    FunctionCatalogue catalogue = LOADED.get(dialect);
    return catalogue == null ? new FunctionCatalogue(Map.of()) : catalogue;
  }

  /// @param lowerName the function's name in lower case, without a schema
  public Optional<FunctionEntry> find(String lowerName) {
    return Optional.ofNullable(entries.get(lowerName));
  }

  public int size() {
    return entries.size();
  }

  private static void read(String file, Map<String, FunctionEntry> entries) {
    String resource = "/dev/sluice/governance/functions/" + file + ".txt";
    try (InputStream stream = FunctionCatalogue.class.getResourceAsStream(resource)) {
      if (stream == null) {
        return;
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
          continue;
        }
        if (text.startsWith("include ")) {
          read(text.substring(8).strip(), entries);
        } else if (text.startsWith("without ")) {
          for (String name : text.substring(8).strip().split("\\s+")) {
            entries.remove(name);
          }
        } else {
          define(text, entries);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void define(String line, Map<String, FunctionEntry> entries) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      throw new IllegalStateException("A function line needs a colon: " + line);
    }
    String[] words = line.substring(colon + 1).strip().split("\\s+");
    for (String name : line.substring(0, colon).strip().split("\\s+")) {
      entries.put(name, entry(name, words));
    }
  }

  private static FunctionEntry entry(String name, String[] words) {
    Kind kind = Kind.SCALAR;
    Action action = Action.PURE;
    Totality totality = Totality.FALLIBLE;
    TypeFamily result = TypeFamily.UNKNOWN;
    List<TypeFamily> arguments = List.of();
    Set<Integer> costly = Set.of();
    Set<Integer> rows = Set.of();
    Set<Integer> risky = Set.of();
    Set<Integer> keys = Set.of();
    boolean conditional = false;
    Set<String> inverses = Set.of();
    for (String word : words) {
      int equals = word.indexOf('=');
      String key = equals < 0 ? word : word.substring(0, equals);
      String value = equals < 0 ? "" : word.substring(equals + 1);
      switch (key) {
        case "" -> {}
        case "scalar", "aggregate", "window", "set" -> kind = Kind.valueOf(upper(key));
        case "pure",
            "volatile",
            "catalog",
            "values",
            "call",
            "session",
            "file",
            "program",
            "network",
            "execute",
            "lock",
            "maintenance" ->
            action = Action.valueOf(upper(key));
        case "total", "numeric", "fallible" -> totality = Totality.valueOf(upper(key));
        case "type" -> result = TypeFamily.valueOf(upper(value));
        case "args" -> arguments = families(value);
        case "costly" -> costly = positions(value);
        case "rows" -> rows = positions(value);
        case "risky" -> risky = positions(value);
        case "keys" -> keys = value.equals("odd") ? Set.of(FunctionEntry.ODD) : positions(value);
        case "conditional" -> conditional = true;
        case "after" -> inverses = Set.of(value.split(","));
        default -> throw new IllegalStateException("Unknown word for " + name + ": " + word);
      }
    }
    return new FunctionEntry(
        name,
        kind,
        action,
        totality,
        result,
        arguments,
        costly,
        rows,
        risky,
        keys,
        conditional,
        inverses);
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  private static List<TypeFamily> families(String value) {
    List<TypeFamily> families = new ArrayList<>();
    Arrays.stream(value.split(",")).forEach(word -> families.add(TypeFamily.valueOf(upper(word))));
    return List.copyOf(families);
  }

  private static Set<Integer> positions(String value) {
    Set<Integer> positions = new HashSet<>();
    for (String word : value.split(",")) {
      positions.add(word.equals("*") ? -1 : Integer.parseInt(word) - 1);
    }
    return Set.copyOf(positions);
  }
}
