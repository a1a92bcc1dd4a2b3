package dev.sluice.gateway.updates;

import dev.sluice.governance.audit.CanonicalJson;
import dev.sluice.governance.codec.CompactJws;
import dev.sluice.governance.codec.JsonCodec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a channel offers, signed.
///
/// @param channel such as `stable`
/// @param version the newest one
/// @param floor the lowest version that should still run
/// @param issued when it was signed; one that was issued earlier than the last seen is not taken
/// @param expires after this it says nothing any more
/// @param address a page for people that says what is new and where to get it
public record UpdateManifest(
    String channel,
    ProductVersion version,
    ProductVersion floor,
    Instant issued,
    Instant expires,
    URI address) {

  private static final String TYPE = "sluice-update+json";

  /// Reads a manifest whose signature is the key's.
  ///
  /// @return empty for anything else, without a difference between forms of wrong
  public static Optional<UpdateManifest> verified(String signed, PublicKey key) {
    return CompactJws.verify(signed.strip(), kid -> Optional.of(key))
        .filter(found -> TYPE.equals(found.header().get("typ")))
        .flatMap(found -> read(new String(found.payload(), StandardCharsets.UTF_8)));
  }

  /// The manifest as it is published.
  public String signed(PrivateKey key) {
    Map<String, Object> content = new TreeMap<>();
    content.put("address", address.toString());
    content.put("channel", channel);
    content.put("expires", expires.toString());
    content.put("floor", floor.toString());
    content.put("issued", issued.toString());
    content.put("version", version.toString());
    return CompactJws.sign(
        Map.of("typ", TYPE), CanonicalJson.write(content).getBytes(StandardCharsets.UTF_8), key);
  }

  private static Optional<UpdateManifest> read(String json) {
    try {
      Map<?, ?> content = JsonCodec.read(json, Map.class);
      Optional<ProductVersion> version = ProductVersion.of(text(content, "version"));
      Optional<ProductVersion> floor = ProductVersion.of(text(content, "floor"));
      URI address = URI.create(text(content, "address"));
      if (version.isEmpty() || floor.isEmpty() || !"https".equals(address.getScheme())) {
        return Optional.empty();
      }
      return Optional.of(
          new UpdateManifest(
              text(content, "channel"),
              version.get(),
              floor.get(),
              Instant.parse(text(content, "issued")),
              Instant.parse(text(content, "expires")),
              address));
    } catch (JsonCodec.MalformedJson | DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String text(Map<?, ?> content, String name) {
    return content.get(name) instanceof String text ? text : "";
  }
}
