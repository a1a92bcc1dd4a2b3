package dev.sluice.server.ledger;

import dev.sluice.governance.audit.AuditChain;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.audit.CanonicalJson;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.server.Ids;
import dev.sluice.server.Sealer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// What stands in the log for an event: id, kind and time in the clear, the rest encrypted by a key
/// of its own.
///
/// @param text canonical JSON, exactly what is hashed
/// @param key the event's key, 32 bytes; erased to erase the event
record Envelope(String text, byte[] key) {

  static final int VERSION = 1;

  static Envelope around(AuditEvent event) {
    byte[] key = Ids.bytes(32);
    byte[] body = AuditChain.canonical(event).getBytes(StandardCharsets.UTF_8);
    Map<String, Object> object = new TreeMap<>();
    object.put("v", VERSION);
    object.put("id", event.id());
    object.put("kind", event.kind());
    object.put("at", event.at().toString());
    object.put("body", new Sealer(key).seal(body, event.id()));
    return new Envelope(CanonicalJson.write(object), key);
  }

  /// The event inside.
  ///
  /// @throws IllegalArgumentException when the key does not open it
  static AuditEvent open(String envelope, byte[] key) {
    try {
      Map<?, ?> object = JsonCodec.read(envelope, Map.class);
      if (!Integer.valueOf(VERSION).equals(object.get("v"))) {
        throw new IllegalArgumentException("An envelope of another version.");
      }
      byte[] body =
          new Sealer(key)
              .open(String.valueOf(object.get("body")), String.valueOf(object.get("id")));
      return JsonCodec.read(new String(body, StandardCharsets.UTF_8), AuditEvent.class);
    } catch (JsonCodec.MalformedJson e) {
      throw new IllegalArgumentException("An envelope that is not understood.", e);
    }
  }
}
