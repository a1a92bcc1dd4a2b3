package dev.sluice.governance.masking;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters of one mask, already validated against its algorithm's [MaskParameter]s.
public final class MaskSettings {

  private final Map<String, Object> values;

  MaskSettings(Map<String, Object> values) {
    this.values = values;
  }

  int wholeNumber(String name, int otherwise) {
    return values.get(name) instanceof Number number ? number.intValue() : otherwise;
  }

  BigDecimal decimal(String name, BigDecimal otherwise) {
    return values.get(name) instanceof Number number
        ? new BigDecimal(number.toString())
        : otherwise;
  }

  String text(String name, String otherwise) {
    return values.get(name) instanceof String text ? text : otherwise;
  }

  boolean flag(String name, boolean otherwise) {
    return values.get(name) instanceof Boolean flag ? flag : otherwise;
  }

  List<String> texts(String name) {
    Object value = values.get(name);
    if (value instanceof String text) {
      return List.of(text);
    }
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  @Nullable Object scalar(String name) {
    return values.get(name);
  }
}
