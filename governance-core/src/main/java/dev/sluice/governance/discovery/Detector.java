package dev.sluice.governance.discovery;

import dev.sluice.governance.masking.MaskSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// How one kind of sensitive data is recognised.
///
/// @param tag classification it proposes
/// @param words what it is, for people
/// @param mask proposed mask
/// @param sureNames words of a name that say it plainly
/// @param likelyNames words of a name that may say it
/// @param kinds of column types that can hold it
/// @param test of one value, if values can be tested
/// @param proof how much a passed test proves
record Detector(
    String tag,
    String words,
    MaskSpec mask,
    Set<String> sureNames,
    Set<String> likelyNames,
    Set<ValueKind> kinds,
    Optional<Predicate<String>> test,
    Proof proof) {

  enum Proof {
    /// A form or check digit that hardly anything else has.
    STRONG,
    /// Many other things look like it.
    WEAK
  }

  /// Words that make a name say something about the data instead of being it.
  static final Set<String> ABOUT =
      Set.of(
          "verified",
          "confirmed",
          "sent",
          "type",
          "kind",
          "count",
          "flag",
          "is",
          "has",
          "status",
          "enabled",
          "opt",
          "length",
          "format",
          "preference",
          "template",
          "provider",
          "domain",
          "currency",
          "range",
          "grade",
          "band",
          "policy",
          "attempts",
          "expires",
          "updated");

  static final List<Detector> ALL = Detectors.all();

  /// How sure the name makes us, from 0 to 100.
  int byName(Set<String> tokens) {
    int sure = tokens.stream().anyMatch(sureNames::contains) ? 85 : 0;
    int likely = tokens.stream().anyMatch(likelyNames::contains) ? 55 : 0;
    int found = Math.max(sure, likely);
    return tokens.stream().anyMatch(ABOUT::contains) ? found / 3 : found;
  }

  boolean fits(ValueKind kind) {
    return kind == ValueKind.UNKNOWN || kinds.contains(kind);
  }
}
