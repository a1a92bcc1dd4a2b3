package dev.sluice.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Looks through everything that one login of a database can read for bytes of the server's keys,
/// in every way that databases write bytes.
final class KeySearch {

  private static final int MOST_ROWS = 100_000;

  /// So many bytes of a key in a row are no chance.
  private static final int WINDOW = 9;

  private final Map<String, String> needles = new LinkedHashMap<>();
  private final List<String> found = new ArrayList<>();
  private long characters;

  /// @param folder of a server whose masks `hash`, `token` and `fake` have keys by these names
  KeySearch(Path folder) {
    ServerKeys keys = ServerKeys.loadOrCreate(folder.resolve("sluice-server.keys"));
    MaskKeyring ring = new MaskKeyring(keys.seal());
    add("seal", keys.seal());
    add("policy", keys.policy().getPrivate().getEncoded());
    add("log", keys.log().getPrivate().getEncoded());
    for (String name : List.of("default", "hash", "token", "fake", "pii.email", "equality")) {
      add(name, ring.key(name).orElseThrow());
    }
  }

  byte[] sealKey(Path folder) {
    return ServerKeys.loadOrCreate(folder.resolve("sluice-server.keys")).seal();
  }

  /// Three places next to each other, one of which Base64 of any text around it starts a group at;
  /// and three more for a key of which only the end is there.
  private void add(String name, byte[] key) {
    int start = Math.max(0, key.length - 32);
    for (int from : List.of(start, start + 1, start + 2, start + 16, start + 17, start + 18)) {
      byte[] part = java.util.Arrays.copyOfRange(key, from, from + WINDOW);
      String hex = HexFormat.of().formatHex(part);
      needles.put(hex, name);
      needles.put(hex.toUpperCase(Locale.ROOT), name);
      needles.put(Base64.getEncoder().encodeToString(part), name);
      needles.put(Base64.getUrlEncoder().encodeToString(part), name);
      needles.put(new String(part, StandardCharsets.ISO_8859_1), name);
      needles.put(escaped(part), name);
      needles.put(HexFormat.ofDelimiter(" ").formatHex(part), name);
      needles.put(HexFormat.of().withPrefix("\\x").formatHex(part), name);
    }
  }

  /// As PostgreSQL's `escape` format writes bytes.
  private static String escaped(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      int value = b & 0xff;
      text.append(
          value == '\\'
              ? "\\\\"
              : value < 32 || value > 126
                  ? String.format(Locale.ROOT, "\\%03o", value)
                  : String.valueOf((char) value));
    }
    return text.toString();
  }

  /// Reads the whole answer; what cannot be read holds nothing for this login.
  void read(Connection connection, String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int width = rows.getMetaData().getColumnCount();
      StringBuilder all = new StringBuilder();
      for (int count = 0; rows.next() && count < MOST_ROWS; count++) {
        for (int column = 1; column <= width; column++) {
          String value = rows.getString(column);
          all.append(value == null ? "" : value).append('\n');
        }
      }
      look(sql, all.toString());
    } catch (SQLException refused) {
      // It is not for this login.
    }
  }

  /// One pass: only places whose two characters begin some needle are looked at.
  private void look(String where, String text) {
    characters += text.length();
    Map<Integer, List<String>> starts = new java.util.HashMap<>();
    java.util.BitSet begin = new java.util.BitSet();
    for (String needle : needles.keySet()) {
      int pair = needle.charAt(0) << 8 ^ needle.charAt(1);
      begin.set(pair);
      starts.computeIfAbsent(pair, first -> new ArrayList<>()).add(needle);
    }
    for (int i = 0; i + 1 < text.length(); i++) {
      int pair = text.charAt(i) << 8 ^ text.charAt(i + 1);
      if (begin.get(pair)) {
        for (String needle : starts.getOrDefault(pair, List.of())) {
          if (text.regionMatches(true, i, needle, 0, needle.length())) {
            found.add(needles.get(needle) + " in " + where);
          }
        }
      }
    }
  }

  List<String> found() {
    return found;
  }

  long characters() {
    return characters;
  }
}
