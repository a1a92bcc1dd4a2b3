package dev.sluice.app.results;

import dev.sluice.app.fx.Messages;
import dev.sluice.gateway.workspace.RunEvent.ResultColumn;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.masking.ColumnMask;
import java.util.stream.Collectors;

/// A mask in words: where the values come from, what is shown instead, why.
final class MaskWords {

  private MaskWords() {}

  static String header(ResultColumn column, Messages messages) {
    String head = column.label() + "  ·  " + column.typeName();
    return column.mask().map(mask -> head + "\n" + sentence(mask, messages)).orElse(head);
  }

  static String cell(ResultColumn column, Messages messages) {
    return column.mask().map(mask -> sentence(mask, messages)).orElse("");
  }

  static String sentence(ColumnMask mask, Messages messages) {
    return messages.text(
        "mask.sentence", sources(mask), String.join(", ", mask.tags()), algorithm(mask, messages));
  }

  static String sources(ColumnMask mask) {
    return mask.sensitiveSources().stream()
        .map(ColumnRef::dotted)
        .collect(Collectors.joining(", "));
  }

  /// The algorithm's own name and, where there is one, what it does in words.
  static String algorithm(ColumnMask mask, Messages messages) {
    String name = mask.spec().algorithm();
    return switch (name) {
      case "redact", "nullify", "null", "email", "keep-last", "card", "hash" ->
          messages.text("mask.algorithm." + name, name);
      default -> name;
    };
  }
}
