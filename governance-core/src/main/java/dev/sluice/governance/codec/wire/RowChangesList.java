package dev.sluice.governance.codec.wire;

import java.util.List;

/// What the uses of one approval did to rows, oldest first; only uses of which rows were kept.
public record RowChangesList(List<RowChanges> uses) {
  public RowChangesList {
    uses = List.copyOf(uses);
  }
}
