package dev.sluice.app.results;

import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A value in other forms than its text.
final class ValueForms {

  private static final int MOST_DEPTH = 200;
  private static final int HEX_BYTES = 64 * 1024;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
                  .build())
          .build();

  private ValueForms() {}

  /// The JSON object or array that a text holds; a bare number or word is not worth a tree.
  static Optional<JsonNode> json(String text) {
    String stripped = text.strip();
    if (!stripped.startsWith("{") && !stripped.startsWith("[")) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(stripped);
      return node.isContainer() ? Optional.of(node) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /// Offset, sixteen bytes, and what they are as ASCII, line by line; the first 64 KiB.
  static String hexDump(byte[] bytes) {
    StringBuilder dump = new StringBuilder();
    int end = Math.min(bytes.length, HEX_BYTES);
    for (int line = 0; line < end; line += 16) {
      dump.append(String.format(Locale.ROOT, "%08x  ", line));
      StringBuilder ascii = new StringBuilder();
      for (int i = line; i < line + 16; i++) {
        if (i < end) {
          dump.append(String.format(Locale.ROOT, "%02x ", bytes[i]));
          ascii.append(bytes[i] >= 0x20 && bytes[i] < 0x7f ? (char) bytes[i] : '.');
        } else {
          dump.append("   ");
        }
      }
      dump.append(' ').append(ascii).append('\n');
    }
    return bytes.length > end ? dump + "…\n" : dump.toString();
  }

  /// Whether the bytes begin as a PNG, JPEG, GIF or BMP does.
  static boolean isImage(byte[] bytes) {
    return begins(bytes, 0x89, 'P', 'N', 'G')
        || begins(bytes, 0xff, 0xd8, 0xff)
        || begins(bytes, 'G', 'I', 'F', '8')
        || begins(bytes, 'B', 'M');
  }

  private static boolean begins(byte[] bytes, int... magic) {
    if (bytes.length < magic.length + 8) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
