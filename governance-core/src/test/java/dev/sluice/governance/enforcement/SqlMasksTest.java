package dev.sluice.governance.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.enforcement.DatabaseFacts.ColumnFact;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.sql.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What an engine cannot express is said, with a reason, and never thrown.
class SqlMasksTest {
  private static final ColumnFact TEXT = new ColumnFact("note", "text", "text", -1, Set.of());

  private static final List<MaskSpec> NEED_PATTERNS =
      List.of(
          new MaskSpec("regex", Map.of("pattern", "[0-9]+", "replacement", "#")),
          MaskSpec.of("shape"),
          MaskSpec.of("card"),
          MaskSpec.of("iban"),
          MaskSpec.of("phone"),
          new MaskSpec("ip-prefix", Map.of("bits", 24)),
          new MaskSpec("json-path", Map.of("paths", List.of("$.a"))));

  @ParameterizedTest
  @EnumSource(
      value = Dialect.class,
      names = {"SQLITE", "DUCKDB"})
  void aMaskThatNeedsRegularExpressionsIsRefusedWithAReason(Dialect dialect) {
    SqlMasks masks = SqlMasks.forDialect(dialect).orElseThrow();
    for (MaskSpec spec : NEED_PATTERNS) {
      SqlMask mask = masks.of(spec, TEXT);
      assertThat(mask.exact()).as(spec.algorithm()).isFalse();
      assertThat(mask.reason()).as(spec.algorithm()).contains(spec.algorithm());
      assertThat(mask.sql()).as(spec.algorithm()).doesNotContain("note)");
      // Whether there is a value, and of which type, is asked; nothing of the value itself is read.
      assertThat(mask.sql().replaceAll("typeof\\(\"note\"\\)|\"note\" IS (NOT )?NULL", ""))
          .as(spec.algorithm())
          .doesNotContain("note");
    }
  }
}
