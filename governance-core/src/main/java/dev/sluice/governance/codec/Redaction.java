package dev.sluice.governance.codec;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.StringJoiner;

/// The text form of a record, without its sensitive values.
public final class Redaction {

  private Redaction() {}

  /// As a record prints itself, with `***` for each [Sensitive] component.
  public static String describe(Record record) {
    StringJoiner text = new StringJoiner(", ", record.getClass().getSimpleName() + "[", "]");
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      text.add(component.getName() + "=" + shown(record, component));
    }
    return text.toString();
  }

  private static String shown(Record record, RecordComponent component) {
    if (component.isAnnotationPresent(Sensitive.class)) {
      return "***";
    }
    try {
      return String.valueOf(component.getAccessor().invoke(record));
    } catch (IllegalAccessException | InvocationTargetException e) {
      return "?";
    }
  }
}
