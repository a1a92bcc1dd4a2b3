package dev.sluice.proof.corpus;

import dev.sluice.governance.masking.Mask;
import dev.sluice.governance.masking.MaskKeys;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.masking.Masks;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Shows values through a mask. The setting `mask` is written as in a policy (`{algorithm:
/// keep-last, count: 4}`); each line of the text is `TYPE VALUE`, each answer line the type and
/// value shown. Types: `null`, `text` (between the first and last quote), `integer`, `decimal`,
/// `double`, `boolean`, `date`, `timestamp`, `bytes` (hex), `uuid`.
final class MaskingEvaluator implements CorpusEvaluator {

  private static final byte[] KEY =
      "a key of the corpus, 32 bytes!!!".getBytes(StandardCharsets.US_ASCII);

  @Override
  public Set<String> settings() {
    return Set.of("mask", "keys");
  }

  @Override
  public Set<String> answers() {
    return Set.of(
        "null",
        "text",
        "integer",
        "decimal",
        "double",
        "boolean",
        "date",
        "timestamp",
        "bytes",
        "uuid",
        "problem");
  }

  @Override
  public List<String> evaluate(CorpusCase each) {
    MaskKeys keys =
        each.setting("keys", "yes").equals("no")
            ? MaskKeys.none()
            : name -> Optional.of(KEY.clone());
    MaskSpec spec = spec(each.setting("mask"));
    List<String> problems = Masks.problems(spec);
    if (!problems.isEmpty()) {
      return problems.stream().map(problem -> "problem " + problem).toList();
    }
    Mask mask = Masks.of(spec, keys);
    return each.body().lines().map(line -> written(mask.mask(value(line)))).toList();
  }

  private static MaskSpec spec(String yaml) {
    Object read = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (!(read instanceof Map<?, ?> map)) {
      throw new CorpusException("not a mask: " + yaml);
    }
    map.forEach((key, value) -> parameters.put(String.valueOf(key), value));
    Object algorithm = parameters.remove("algorithm");
    return new MaskSpec(String.valueOf(algorithm), parameters);
  }

  private static @Nullable Object value(String line) {
    String[] parts = line.split(" ", 2);
    String rest = parts.length > 1 ? parts[1] : "";
    return switch (parts[0]) {
      case "null" -> null;
      case "text" -> rest.substring(1, rest.length() - 1).replace("\\n", "\n");
      case "integer" -> Long.valueOf(rest);
      case "decimal" -> new BigDecimal(rest);
      case "double" -> Double.valueOf(rest);
      case "boolean" -> Boolean.valueOf(rest);
      case "date" -> LocalDate.parse(rest);
      case "timestamp" -> LocalDateTime.parse(rest);
      case "bytes" -> HexFormat.of().parseHex(rest);
      case "uuid" -> UUID.fromString(rest);
      default -> throw new CorpusException("not a type: " + parts[0]);
    };
  }

  private static String written(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> "text \"" + CorpusWords.oneLine(text) + '"';
      case Long number -> "integer " + number;
      case Integer number -> "integer " + number;
      case BigDecimal number -> "decimal " + number.toPlainString();
      case Double number -> "double " + number;
      case Boolean truth -> "boolean " + truth;
      case LocalDate date -> "date " + date;
      case LocalDateTime time -> "timestamp " + time;
      case byte[] bytes -> "bytes " + HexFormat.of().formatHex(bytes);
      case UUID uuid -> "uuid " + uuid;
      case Object[] array -> "problem array " + Arrays.toString(array);
      default -> "problem a " + value.getClass().getName();
    };
  }
}
