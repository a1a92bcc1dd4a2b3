package dev.sluice.governance.codec.wire;

import java.util.List;

/// Asks to see columns unmasked for a while.
///
/// @param columns `table.column` or `schema.table.column`
/// @param minutes how long, from the approval on
/// @param reason the requester's words, not blank
public record NewUnmask(String connection, List<String> columns, long minutes, String reason) {
  public NewUnmask {
    columns = List.copyOf(columns);
  }
}
