package dev.sluice.governance.policy;

import dev.sluice.governance.masking.MaskSpec;
import java.util.List;
import java.util.Optional;

/// What a policy says of a tag. The pattern that fixes most of the tag is the one meant; a tag of
/// which nothing is said is redacted and may not be used.
final class TagMasks {

  private final List<TagMask> masks;
  private final List<TagMask> agentMasks;

  TagMasks(List<TagMask> masks, List<TagMask> agentMasks) {
    this.masks = masks;
    this.agentMasks = agentMasks;
  }

  TagMask forTag(String tag) {
    return best(masks, tag).orElseGet(() -> TagMask.strictest(tag));
  }

  /// An agent never sees more than the person it acts for: a mask of its own that is neither the
  /// same nor a full one is replaced by the full one.
  MaskSpec specFor(String tag, boolean agent) {
    MaskSpec own = forTag(tag).spec();
    if (!agent) {
      return own;
    }
    Optional<MaskSpec> agents = best(agentMasks, tag).map(TagMask::spec);
    if (agents.isEmpty() || agents.get().equals(own)) {
      return own;
    }
    return isFull(agents.get()) ? agents.get() : MaskSpec.redact();
  }

  private static boolean isFull(MaskSpec spec) {
    return spec.algorithm().equals("redact") || spec.algorithm().equals("nullify");
  }

  private static Optional<TagMask> best(List<TagMask> masks, String tag) {
    TagMask best = null;
    for (TagMask mask : masks) {
      if (TagPattern.matches(mask.tag(), tag)
          && (best == null || TagPattern.weight(mask.tag()) > TagPattern.weight(best.tag()))) {
        best = mask;
      }
    }
    return Optional.ofNullable(best);
  }
}
