package dev.sluice.governance.masking;

import java.util.Optional;

/// Keys for keyed masks (hash, token, fake). They come from the server, never from the bundle. No
/// key for a name: the mask redacts.
public interface MaskKeys {

  /// @param name key name, `default` when the policy names none
  /// @return at least 32 bytes, or empty
  Optional<byte[]> key(String name);

  static MaskKeys none() {
    return name -> Optional.empty();
  }
}
