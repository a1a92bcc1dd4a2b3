package dev.sluice.governance.masking;

import java.util.Map;

/// A masking algorithm and its parameters as a policy writes them; already validated.
///
/// @param algorithm `redact`, `nullify`, `email`, `keep-last`, ...
/// @param parameters such as `count: 4`; values are strings, numbers, booleans or lists of them
public record MaskSpec(String algorithm, Map<String, Object> parameters) {
  public MaskSpec {
    parameters = Map.copyOf(parameters);
  }

  public static MaskSpec of(String algorithm) {
    return new MaskSpec(algorithm, Map.of());
  }

  /// The most restrictive mask: a typed fixed token or NULL, never a hint of length or shape.
  public static MaskSpec redact() {
    return of("redact");
  }
}
