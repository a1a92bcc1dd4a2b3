package dev.sluice.governance.masking;

import static dev.sluice.governance.masking.MaskParameter.flag;
import static dev.sluice.governance.masking.MaskParameter.text;
import static dev.sluice.governance.masking.MaskParameter.wholeNumber;

import dev.sluice.governance.masking.MaskParameter.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Every masking algorithm there is, by name.
final class MaskCatalogue {

  private static final int LONGEST_KEPT = 10_000;
  private static final MaskParameter KEY = text("key");

  static final Map<String, MaskAlgorithm> BY_NAME = byName();

  private MaskCatalogue() {}

  private static Map<String, MaskAlgorithm> byName() {
    Map<String, MaskAlgorithm> all = new LinkedHashMap<>();
    List.of(
            plain("redact", "A fixed token for text, NULL for the rest.", s -> RedactMask.INSTANCE),
            plain("nullify", "NULL for everything.", s -> new NullifyMask()),
            plain(
                "fixed",
                "One constant of the column's type.",
                s -> fixed(s),
                new MaskParameter("value", Kind.SCALAR, true, 0, 0)),
            plain(
                "keep-first",
                "The first characters; the rest hidden.",
                s -> new KeepMask(s.wholeNumber("count", 1), 0),
                wholeNumber("count", 1, LONGEST_KEPT).asRequired()),
            plain(
                "keep-last",
                "The last characters; the rest hidden.",
                s -> new KeepMask(0, s.wholeNumber("count", 1)),
                wholeNumber("count", 1, LONGEST_KEPT).asRequired()),
            plain(
                "keep-both",
                "The first and the last characters.",
                s -> new KeepMask(s.wholeNumber("first", 1), s.wholeNumber("last", 1)),
                wholeNumber("first", 1, LONGEST_KEPT).asRequired(),
                wholeNumber("last", 1, LONGEST_KEPT).asRequired()),
            plain(
                "range",
                "The characters at given positions.",
                s -> new RangeMask(s.texts("show")),
                new MaskParameter("show", Kind.TEXT_LIST, true, 1, 20)),
            plain(
                "email",
                "An address with its beginnings and its last label.",
                s -> new EmailMask(s.flag("keep-domain", false)),
                flag("keep-domain")),
            plain(
                "phone",
                "The last digits of a telephone number.",
                s -> new PhoneMask(s.wholeNumber("count", 2)),
                wholeNumber("count", 0, 4)),
            plain(
                "card",
                "The end of a card number, and its first six if asked.",
                s -> new CardMask(s.wholeNumber("first", 0), s.wholeNumber("last", 4)),
                wholeNumber("first", 0, 6),
                wholeNumber("last", 0, 4)),
            plain("iban", "Country and end of an IBAN.", s -> new IbanMask()),
            plain(
                "regex",
                "What matches is replaced; where nothing matches, all is hidden.",
                s -> new RegexMask(s.text("pattern", ""), s.text("replacement", "*")),
                text("pattern").asRequired(),
                text("replacement")),
            plain("shape", "Letters and digits replaced, punctuation kept.", s -> new ShapeMask()),
            keyed(
                "hash",
                "A keyed hash, the same for equal values.",
                (s, digest) -> new HashMask(digest, s.wholeNumber("length", 32)),
                wholeNumber("length", 16, 64)),
            keyed(
                "token",
                "A stand-in of the same type that joins like the value.",
                (s, digest) -> new TokenMask(digest)),
            plain("date-to-year", "The first day of the year.", s -> new DateToYearMask()),
            plain("date-to-month", "The first day of the month.", s -> new DateToMonthMask()),
            plain(
                "age-band",
                "An age as a band of years.",
                MaskCatalogue::ageBand,
                wholeNumber("years", 2, 50),
                text("as-of")),
            plain(
                "round",
                "The nearest multiple.",
                s -> new RoundMask(s.decimal("to", BigDecimal.TEN), RoundingMode.HALF_EVEN),
                step("to")),
            plain(
                "bucket",
                "The lower end of the bucket.",
                s -> new RoundMask(s.decimal("size", BigDecimal.TEN), RoundingMode.FLOOR),
                step("size")),
            plain(
                "ip-prefix",
                "The network of an IP address.",
                s -> new IpPrefixMask(s.wholeNumber("v4", 16), s.wholeNumber("v6", 48)),
                wholeNumber("v4", 0, 24),
                wholeNumber("v6", 0, 64)),
            plain(
                "json-path",
                "Parts of a JSON text.",
                MaskCatalogue::jsonPath,
                new MaskParameter("hide", Kind.TEXT_LIST, false, 1, 100),
                new MaskParameter("show", Kind.TEXT_LIST, false, 1, 100)),
            keyed(
                "fake",
                "An invented value of a kind.",
                MaskCatalogue::fake,
                text("kind").asRequired()))
        .forEach(algorithm -> all.put(algorithm.name(), algorithm));
    return java.util.Collections.unmodifiableMap(all);
  }

  private static MaskAlgorithm plain(
      String name,
      String summary,
      Function<MaskSettings, Mask> factory,
      MaskParameter... parameters) {
    return new MaskAlgorithm(
        name, summary, false, List.of(parameters), (settings, keys) -> factory.apply(settings));
  }

  private static MaskAlgorithm keyed(
      String name,
      String summary,
      BiFunction<MaskSettings, KeyedDigest, Mask> factory,
      MaskParameter... parameters) {
    List<MaskParameter> all = new java.util.ArrayList<>(List.of(parameters));
    all.add(KEY);
    return new MaskAlgorithm(
        name,
        summary,
        true,
        all,
        (settings, keys) ->
            KeyedDigest.of(keys, settings.text("key", KeyedDigest.DEFAULT_KEY), name)
                .map(digest -> factory.apply(settings, digest))
                .orElse(RedactMask.INSTANCE));
  }

  private static MaskParameter step(String name) {
    return new MaskParameter(name, Kind.WHOLE_NUMBER, true, 2, 1_000_000_000_000L);
  }

  private static Mask fixed(MaskSettings settings) {
    Object value = settings.scalar("value");
    return value == null ? RedactMask.INSTANCE : new FixedMask(value);
  }

  private static Mask ageBand(MaskSettings settings) {
    String asOf = settings.text("as-of", "");
    try {
      return new AgeBandMask(
          settings.wholeNumber("years", 10), asOf.isEmpty() ? null : LocalDate.parse(asOf));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("\"as-of\" is a day such as 2026-06-15.", e);
    }
  }

  private static Mask jsonPath(MaskSettings settings) {
    List<String> hide = settings.texts("hide");
    List<String> show = settings.texts("show");
    if (hide.isEmpty() == show.isEmpty()) {
      throw new IllegalArgumentException("json-path needs either \"hide\" or \"show\".");
    }
    return new JsonPathMask(hide.isEmpty() ? show : hide, hide.isEmpty());
  }

  private static Mask fake(MaskSettings settings, KeyedDigest digest) {
    String kind = settings.text("kind", "");
    if (!FakeMask.KINDS.contains(kind)) {
      throw new IllegalArgumentException(
          "\"kind\" is one of " + String.join(", ", FakeMask.KINDS) + ".");
    }
    return new FakeMask(digest, kind);
  }
}
