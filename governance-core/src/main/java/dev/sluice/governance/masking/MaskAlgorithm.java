package dev.sluice.governance.masking;

import java.util.List;
import java.util.function.BiFunction;

/// One masking algorithm as policies may name it.
///
/// @param name the word in the policy: `keep-last`
/// @param summary one sentence for people who choose one
/// @param keyed it needs a key from the server; without one it redacts
/// @param parameters what may be set; anything else is refused
public record MaskAlgorithm(
    String name,
    String summary,
    boolean keyed,
    List<MaskParameter> parameters,
    BiFunction<MaskSettings, MaskKeys, Mask> factory) {
  public MaskAlgorithm {
    parameters = List.copyOf(parameters);
  }
}
