package dev.sluice.app.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.workspace.RunEvent.ResultColumn;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.MaskSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultCacheTest {

  private static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");
  private static final ColumnMask MASK =
      new ColumnMask(
          1,
          Set.of("pii.email"),
          Set.of(new ColumnRef(new TableRef("public", "customers"), "email")),
          MaskSpec.of("email"),
          false);

  @TempDir Path folder;

  private static GridModel model(int rows) {
    ColumnStore store = new ColumnStore(3);
    for (int row = 0; row < rows; row++) {
      store.append(
          List.<Object[]>of(
              new Object[] {
                (long) row, row % 3 == 0 ? null : "ü•••@" + row, new BigDecimal("0." + row + "0")
              }));
    }
    return new GridModel(
        List.of(
            new ResultColumn("id", "int8", Optional.empty()),
            new ResultColumn("email", "text", Optional.of(MASK)),
            new ResultColumn("x", "numeric", Optional.empty())),
        store);
  }

  private Path written(int rows, long most) throws IOException {
    Path file = folder.resolve("t.rows");
    ResultSpool.write(file, KEY, "SELECT 1", "shop", Instant.ofEpochMilli(1234), model(rows), most);
    return file;
  }

  @Test
  void a_result_comes_back_as_it_was_shown_with_its_masks() throws IOException {
    ResultSpool.Kept kept = ResultSpool.read(written(10_000, Long.MAX_VALUE), KEY).orElseThrow();

    assertThat(kept.partial()).isFalse();
    assertThat(kept.statement()).isEqualTo("SELECT 1");
    assertThat(kept.at()).isEqualTo(Instant.ofEpochMilli(1234));
    assertThat(kept.columns().get(1).mask()).contains(MASK);
    GridModel before = model(10_000);
    assertThat(kept.store().rows()).isEqualTo(10_000);
    for (int row : new int[] {0, 1, 4095, 4096, 9999}) {
      for (int column = 0; column < 3; column++) {
        assertThat(kept.store().text(row, column)).isEqualTo(before.store().text(row, column));
        assertThat(kept.store().isNull(row, column)).isEqualTo(before.store().isNull(row, column));
      }
    }
    assertThat(kept.store().isNumeric(2)).isTrue();
  }

  @Test
  void nothing_of_it_can_be_read_in_the_file() throws IOException {
    String bytes =
        new String(Files.readAllBytes(written(50, 1 << 20)), StandardCharsets.ISO_8859_1);

    assertThat(bytes).doesNotContain("SELECT").doesNotContain("email").doesNotContain("customers");
    assertThat(
            ResultSpool.read(
                folder.resolve("t.rows"),
                new SecretKeySpec("x".repeat(32).getBytes(StandardCharsets.US_ASCII), "AES")))
        .isEmpty();
  }

  @Test
  void what_is_cut_off_or_changed_is_known_as_partial_up_to_there() throws IOException {
    Path file = written(10_000, Long.MAX_VALUE);
    byte[] all = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(all, all.length - 40));
    assertThat(ResultSpool.read(file, KEY))
        .get()
        .extracting(ResultSpool.Kept::partial)
        .isEqualTo(true);

    all[all.length / 2] ^= 1;
    Files.write(file, all);
    ResultSpool.Kept changed = ResultSpool.read(file, KEY).orElseThrow();
    assertThat(changed.partial()).isTrue();
    assertThat(changed.store().rows()).isEqualTo(4096);

    assertThat(ResultSpool.read(written(10_000, 200_000), KEY))
        .get()
        .extracting(ResultSpool.Kept::partial)
        .isEqualTo(true);
  }

  @Test
  void the_key_and_the_results_go_when_the_window_ends_in_order_and_stay_when_it_does_not()
      throws IOException {
    ResultCache first = ResultCache.open(folder);
    byte[] key = Files.readAllBytes(folder.resolve("rows.key"));
    ResultCache afterCrash = ResultCache.open(folder);
    assertThat(Files.readAllBytes(folder.resolve("rows.key"))).isEqualTo(key);
    Files.write(folder.resolve("tab.rows"), new byte[] {1});
    assertThat(afterCrash.find("tab")).isEmpty();
    assertThat(afterCrash.find("other")).isEmpty();

    first.close();
    assertThat(folder).isEmptyDirectory();
  }
}
