package dev.sluice.gateway.managed;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One mapping of the file; every field that is read is taken out, and what is left was not known.
final class Fields {

  /// Something in the file is not as it must be; the message names the file and the key.
  static final class Problem extends RuntimeException {
    Problem(String message) {
      super(message);
    }
  }

  private final Path file;
  private final String prefix;
  private final Map<String, Object> left = new LinkedHashMap<>();

  Fields(Path file, String prefix, Object value) {
    this.file = file;
    this.prefix = prefix;
    if (!(value instanceof Map<?, ?> map)) {
      throw new Problem(file + ": " + where() + " must be a mapping of keys to values.");
    }
    map.forEach((key, entry) -> left.put(String.valueOf(key), entry == null ? "" : entry));
  }

  boolean isEmpty() {
    return left.isEmpty();
  }

  Optional<String> optional(String key) {
    Object value = left.remove(key);
    if (value instanceof Map<?, ?> || value instanceof List<?>) {
      throw problem(key, "one value");
    }
    return Optional.ofNullable(value).map(String::valueOf).filter(text -> !text.isBlank());
  }

  String text(String key) {
    return optional(key).orElseThrow(() -> problem(key, "set"));
  }

  boolean flag(String key, boolean otherwise) {
    Object value = left.remove(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw problem(key, "true or false");
  }

  List<String> texts(String key) {
    Object value = left.remove(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    throw problem(key, "a list");
  }

  Fields section(String key) {
    Object value = left.remove(key);
    return new Fields(file, prefix + key + ".", value == null ? Map.of() : value);
  }

  Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    left.forEach((key, value) -> all.put(key, String.valueOf(value)));
    left.clear();
    return all;
  }

  URI uri(String key, String text) {
    try {
      URI uri = new URI(text);
      if (uri.getScheme() != null && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // The problem below says all that is of use.
    }
    throw problem(key, "an address such as https://sluice.acme.test");
  }

  void nothingElse() {
    if (!left.isEmpty()) {
      throw new Problem(
          file
              + ": nobody knows the key "
              + prefix
              + left.keySet().iterator().next()
              + ". Nothing of this file is in force until it is mended.");
    }
  }

  private Problem problem(String key, String wanted) {
    return new Problem(file + ": " + prefix + key + " must be " + wanted + ".");
  }

  private String where() {
    return prefix.isEmpty() ? "the file" : prefix.substring(0, prefix.length() - 1);
  }
}
