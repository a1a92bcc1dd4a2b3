package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.internal.resolve.Field;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.List;

/// One column of a query's result and where it was asked for.
record Output(Field field, Span span) {

  static Output of(String name, Value value, Span span) {
    return new Output(new Field(name, value), span);
  }

  static List<Field> fields(List<Output> outputs) {
    return outputs.stream().map(Output::field).toList();
  }
}
