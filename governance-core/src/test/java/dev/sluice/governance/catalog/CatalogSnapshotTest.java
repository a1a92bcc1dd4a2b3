package dev.sluice.governance.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogSnapshotTest {

  private record Kept(CatalogSnapshot of) {}

  private static CatalogSnapshot shop() {
    return CatalogSnapshot.of(
        List.of("public"),
        List.of(
            Relation.table(
                new TableRef("public", "orders"), List.of(CatalogColumn.of("id", "bigint")))),
        List.of());
  }

  private static DeclaredFunction function(String name) {
    return new DeclaredFunction("public", name, List.of(), true, true);
  }

  @Test
  void withTheSameFunctionsItIsTheSameSnapshot() {
    CatalogSnapshot shop = shop();
    List<DeclaredFunction> one = List.of(function("f"));
    List<DeclaredFunction> other = List.of(function("g"));
    CatalogSnapshot first = shop.withFunctions(one);
    assertThat(shop.withFunctions(List.of())).isSameAs(shop);
    assertThat(shop.withFunctions(new ArrayList<>(one))).isSameAs(first);
    assertThat(shop.withFunctions(other)).isNotSameAs(first);
    assertThat(shop.withFunctions(other).functions()).isEqualTo(other);
    assertThat(shop.withFunctions(one).functions()).isEqualTo(one);
    assertThat(first.fingerprint()).isNotEqualTo(shop.withFunctions(other).fingerprint());
  }

  @Test
  void whatIsPreparedIsMadeOnceAndGoesWithTheSnapshot() {
    CatalogSnapshot shop = shop();
    Kept kept = shop.prepared(Kept.class, Kept::new);
    assertThat(shop.prepared(Kept.class, Kept::new)).isSameAs(kept);
    List<WeakReference<CatalogSnapshot>> gone = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      CatalogSnapshot passing = shop();
      passing.withFunctions(List.of(function("f"))).prepared(Kept.class, Kept::new);
      gone.add(new WeakReference<>(passing));
    }
    assertThat(collected(gone)).isTrue();
  }

  private static boolean collected(List<WeakReference<CatalogSnapshot>> gone) {
    for (int i = 0; i < 50; i++) {
      System.gc();
      if (gone.stream()
          .map(WeakReference::get)
          .map(Optional::ofNullable)
          .allMatch(Optional::isEmpty)) {
        return true;
      }
    }
    return false;
  }
}
