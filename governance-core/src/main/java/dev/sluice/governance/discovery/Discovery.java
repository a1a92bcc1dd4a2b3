package dev.sluice.governance.discovery;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.RelationKind;
import dev.sluice.governance.masking.MaskSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Proposes classifications for the columns of a database. Pure: the same catalog and samples give
/// the same proposals, and nothing of the samples is left in them.
public final class Discovery {

  /// So many values of a column are looked at, at most.
  public static final int SAMPLES = 200;

  private static final int FEWEST_SAMPLES = 5;
  private static final int WORTH_PROPOSING = 40;
  private static final int LONG_TEXT = 25;
  private static final Set<String> FREE_TEXT_NAMES =
      Set.of(
          "note",
          "notes",
          "comment",
          "body",
          "message",
          "description",
          "remark",
          "text",
          "memo",
          "subject",
          "feedback",
          "transcript");

  private Discovery() {}

  /// At most one proposal a column, the surest first.
  public static List<Proposal> propose(CatalogSnapshot catalog, ColumnSamples samples) {
    List<Proposal> proposals = new ArrayList<>();
    for (Relation relation : catalog.relations()) {
      if (relation.isView() || relation.kind() == RelationKind.SEQUENCE) {
        continue;
      }
      for (CatalogColumn column : relation.columns()) {
        ColumnRef ref = new ColumnRef(relation.ref(), column.name());
        List<String> values = samples.of(ref).stream().limit(SAMPLES).toList();
        propose(ref, column, values).ifPresent(proposals::add);
      }
    }
    proposals.sort(
        Comparator.comparingInt(Proposal::confidence).reversed().thenComparing(Proposal::column));
    return List.copyOf(proposals);
  }

  private static Optional<Proposal> propose(
      ColumnRef ref, CatalogColumn column, List<String> values) {
    List<Proposal> found = new ArrayList<>();
    for (Detector detector : Detector.ALL) {
      judge(detector, ref, column, values).ifPresent(found::add);
    }
    freeText(ref, column, values).ifPresent(found::add);
    return found.stream()
        .filter(proposal -> proposal.confidence() >= WORTH_PROPOSING)
        .max(Comparator.comparingInt(Proposal::confidence));
  }

  private static Optional<Proposal> judge(
      Detector detector, ColumnRef ref, CatalogColumn column, List<String> values) {
    List<String> reasons = new ArrayList<>();
    int confidence = 0;
    boolean fits = detector.fits(ValueKind.of(column.type()));
    int byName = fits ? detector.byName(NameTokens.of(column.name())) : 0;
    if (byName > 0) {
      confidence = byName;
      reasons.add("Its name says " + detector.words() + ".");
    }
    int byComment = fits ? detector.byName(NameTokens.of(column.comment())) : 0;
    if (byComment > 0) {
      confidence = Math.max(confidence, Math.min(byComment, 60) + (byName > 0 ? 5 : 0));
      reasons.add("Its comment speaks of " + detector.words() + ".");
    }
    if (detector.test().isPresent() && values.size() >= FEWEST_SAMPLES && fits) {
      long valid = values.stream().filter(detector.test().get()).count();
      int share = (int) (valid * 100 / values.size());
      confidence = withSamples(detector.proof(), confidence, share);
      reasons.addFirst(
          share + " % of " + values.size() + " sampled values are valid " + detector.words() + ".");
    }
    return confidence <= 0
        ? Optional.empty()
        : Optional.of(
            new Proposal(ref, detector.tag(), detector.mask(), Math.min(99, confidence), reasons));
  }

  private static int withSamples(Detector.Proof proof, int before, int share) {
    return switch (proof) {
      case STRONG -> {
        if (share >= 90) {
          yield Math.max(90, before + 10);
        }
        yield share >= 30 ? Math.max(75, before) : share >= 10 ? before : before - 50;
      }
      case WEAK -> {
        if (share >= 90) {
          yield before > 0 ? before + 12 : 45;
        }
        yield share >= 30 ? before : before - 40;
      }
    };
  }

  private static Optional<Proposal> freeText(
      ColumnRef ref, CatalogColumn column, List<String> values) {
    if (ValueKind.of(column.type()) != ValueKind.TEXT) {
      return Optional.empty();
    }
    List<String> reasons = new ArrayList<>();
    int confidence = 0;
    if (NameTokens.of(column.name()).stream().anyMatch(FREE_TEXT_NAMES::contains)) {
      confidence = 45;
      reasons.add("Its name says free text.");
    }
    List<String> longTexts = values.stream().filter(value -> value.length() >= LONG_TEXT).toList();
    if (longTexts.size() >= FEWEST_SAMPLES && longTexts.size() * 2 >= values.size()) {
      long personal = longTexts.stream().filter(Validators::holdsPersonalData).count();
      int share = (int) (personal * 100 / longTexts.size());
      if (personal > 0) {
        confidence = share >= 5 ? Math.max(85, confidence + 40) : 60;
        reasons.addFirst(
            "Personal data stands in " + share + " % of " + longTexts.size() + " sampled texts.");
      } else {
        confidence -= 20;
      }
    }
    return confidence <= 0
        ? Optional.empty()
        : Optional.of(
            new Proposal(
                ref, "pii.free-text", MaskSpec.redact(), Math.min(99, confidence), reasons));
  }
}
