package dev.sluice.server.ledger;

import dev.sluice.governance.audit.CanonicalJson;
import dev.sluice.governance.audit.ChainedEvent;
import dev.sluice.server.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Writes the whole log as JSON lines: what it is, then each entry, each checkpoint after the last
/// entry it covers, and a checkpoint of the end. Contents stay encrypted.
public final class LedgerExport {

  private final Store store;
  private final Ledger ledger;
  private final String publicKey;

  /// @param publicKey the log's key, X.509, base64
  public LedgerExport(Store store, Ledger ledger, String publicKey) {
    this.store = store;
    this.ledger = ledger;
    this.publicKey = publicKey;
  }

  /// Writes everything that is committed now.
  public void write(Writer out) {
    ledger.keepCheckpoint();
    store.read(
        handle -> {
          try {
            write(handle, out);
            return 0;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void write(Handle handle, Writer out) throws IOException {
    line(out, Map.of("type", "log", "origin", ledger.origin(), "key", publicKey));
    Map<Long, String> notes = new HashMap<>();
    handle
        .createQuery("SELECT size, note FROM checkpoint")
        .map((row, context) -> Map.entry(row.getLong("size"), row.getString("note")))
        .forEach(note -> notes.put(note.getKey(), note.getValue()));
    Set<Long> erased = LedgerTables.erased(handle);
    long newest = notes.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
    for (ChainedEvent entry : LedgerTables.entriesAfter(handle, 0)) {
      if (entry.sequence() > newest) {
        break;
      }
      Map<String, Object> fields = new HashMap<>();
      fields.put("type", "entry");
      fields.put("sequence", entry.sequence());
      fields.put("previous", entry.previous());
      fields.put("envelope", entry.canonical());
      fields.put("hash", entry.hash());
      if (erased.contains(entry.sequence())) {
        fields.put("erased", true);
      }
      line(out, fields);
      String note = notes.get(entry.sequence());
      if (note != null) {
        line(out, Map.of("type", "checkpoint", "note", note));
      }
    }
    out.flush();
  }

  private static void line(Writer out, Map<String, Object> fields) throws IOException {
    out.write(CanonicalJson.write(fields));
    out.write('\n');
  }
}
