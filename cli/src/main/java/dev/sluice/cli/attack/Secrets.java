package dev.sluice.cli.attack;

import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.MaskKeys;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.masking.RowMasker;
import dev.sluice.governance.masking.RowMaskers;
import dev.sluice.governance.policy.ColumnSights.Sight;
import dev.sluice.governance.sql.Dialect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The raw values of sensitive columns, to be found wherever and in whatever form they come out:
/// whole or six characters of one, reversed, hashed.
///
/// What a mask shows of a value by design, and what open columns hold too, is no secret.
final class Secrets {

  private static final int PIECE = 6;
  private static final int SHORTEST = 4;
  private static final List<String> HASHES = List.of("MD5", "SHA-1", "SHA-256");

  private final Set<String> pieces = new HashSet<>();
  private int values;

  private Secrets() {}

  /// Reads them as an administrator.
  static Secrets read(
      Connection administrator, Dialect engine, List<Sight> sights, Contents contents)
      throws SQLException {
    Secrets secrets = new Secrets();
    StringBuilder open = new StringBuilder();
    char quote = engine == Dialect.MARIADB || engine == Dialect.MYSQL ? '`' : '"';
    for (Sight sight : sights) {
      String sql =
          "SELECT DISTINCT "
              + quoted(sight.column().column(), quote)
              + " FROM "
              + (sight.column().table().schema().isEmpty()
                  ? ""
                  : quoted(sight.column().table().schema(), quote) + ".")
              + quoted(sight.column().table().name(), quote);
      RowMasker masker = masker(sight.spec());
      try (Statement statement = administrator.createStatement();
          ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          Object value = result.getObject(1);
          if (value != null) {
            secrets.add(String.valueOf(result.getString(1)));
            @Nullable Object[] shown = {
              value instanceof Number || value instanceof String ? value : result.getString(1)
            };
            masker.mask(shown);
            open.append(String.valueOf(shown[0]).toLowerCase(Locale.ROOT)).append('\n');
          }
        }
      }
    }
    secrets.pieces.removeIf(open.toString()::contains);
    secrets.forgetOpen(contents, sights);
    return secrets;
  }

  private static RowMasker masker(MaskSpec spec) {
    byte[] key = new byte[32];
    return RowMaskers.of(
        new MaskingPlan(
            List.of("value"), List.of(new ColumnMask(0, Set.of("t"), Set.of(), spec, false))),
        (MaskKeys) name -> Optional.of(key));
  }

  /// Tables without a sensitive column are open: what they hold is no secret.
  private void forgetOpen(Contents contents, List<Sight> sights) {
    Set<String> closed = new HashSet<>();
    sights.forEach(sight -> closed.add(sight.column().table().name().toLowerCase(Locale.ROOT)));
    contents
        .rows()
        .keySet()
        .forEach(
            table -> {
              String name = table.replaceAll("[\"`]", "").toLowerCase(Locale.ROOT);
              String bare = name.substring(name.lastIndexOf('.') + 1);
              if (!name.isEmpty() && !closed.contains(bare)) {
                String cells = contents.cells(table);
                pieces.removeIf(cells::contains);
              }
            });
  }

  private void add(String value) {
    String text = value.toLowerCase(Locale.ROOT);
    if (text.length() < SHORTEST) {
      return;
    }
    values++;
    if (text.length() <= PIECE) {
      pieces.add(text);
    }
    for (int start = 0; start + PIECE <= text.length(); start++) {
      pieces.add(text.substring(start, start + PIECE));
    }
    for (String hash : HASHES) {
      pieces.add(hash(hash, value));
    }
  }

  private static String hash(String algorithm, String value) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance(algorithm).digest(value.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  int count() {
    return values;
  }

  /// Whether a text that came back holds one that was not in what was asked.
  boolean in(@Nullable String text, String asked) {
    if (text == null || text.length() < SHORTEST) {
      return false;
    }
    String question = asked.toLowerCase(Locale.ROOT);
    String found = text.toLowerCase(Locale.ROOT);
    return holds(found, question)
        || holds(new StringBuilder(found).reverse().toString(), question)
        || holds(decoded(text), question);
  }

  private boolean holds(String found, String question) {
    for (int start = 0; start + SHORTEST <= found.length(); start++) {
      for (int length : new int[] {SHORTEST, SHORTEST + 1, PIECE, 32, 40, 64}) {
        if (start + length <= found.length()) {
          String piece = found.substring(start, start + length);
          if (pieces.contains(piece) && !question.contains(piece)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// As hexadecimal or base 64 of something, or nothing.
  private static String decoded(String text) {
    String compact = text.strip().replaceFirst("^(\\\\x|0x)", "").replaceAll("\\s", "");
    byte[] bytes = new byte[0];
    if (compact.matches("([0-9A-Fa-f]{2}){4,}")) {
      bytes = HexFormat.of().parseHex(compact);
    } else if (compact.matches("[A-Za-z0-9+/]{8,}={0,2}") && compact.length() % 4 == 0) {
      bytes = java.util.Base64.getDecoder().decode(compact);
    }
    return new String(bytes, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
  }

  private static String quoted(String name, char quote) {
    return quote + name.replace(String.valueOf(quote), "" + quote + quote) + quote;
  }
}
