package dev.sluice.governance.codec.wire;

import java.util.List;

/// The freezes that hold now, oldest first.
public record WriteFreezeList(List<WriteFreeze> freezes) {
  public WriteFreezeList {
    freezes = List.copyOf(freezes);
  }
}
