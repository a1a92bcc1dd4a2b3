package dev.sluice.app.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ForeignKey;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.RelationKind;
import dev.sluice.governance.catalog.TableRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableDetailsTest {

  private static final TableRef CUSTOMERS = new TableRef("public", "customers");
  private static final TableRef ORDERS = new TableRef("public", "orders");
  private static final Relation CUSTOMER =
      new Relation(
          CUSTOMERS,
          RelationKind.TABLE,
          List.of(
              new CatalogColumn("id", "int4", false, ""),
              new CatalogColumn("Full Name", "text", true, "as on the invoice")),
          Optional.empty(),
          List.of("id"),
          List.of(),
          "",
          10);
  private static final Relation ORDER =
      new Relation(
          ORDERS,
          RelationKind.TABLE,
          List.of(
              new CatalogColumn("id", "int4", false, ""),
              new CatalogColumn("customer_id", "int4", true, "")),
          Optional.empty(),
          List.of("id"),
          List.of(new ForeignKey(List.of("customer_id"), CUSTOMERS, List.of("id"))),
          "",
          10);

  private static TableDetails details(Relation relation) {
    return new TableDetails(
        "shop",
        relation,
        CatalogSnapshot.of(List.of("public"), List.of(CUSTOMER, ORDER), List.of()),
        Map.of());
  }

  @Test
  void neighbours_are_found_in_both_directions() {
    assertThat(details(ORDER).neighbours())
        .singleElement()
        .satisfies(
            neighbour -> {
              assertThat(neighbour.out()).isTrue();
              assertThat(neighbour.relation()).isEqualTo(CUSTOMER);
            });
    assertThat(details(CUSTOMER).neighbours())
        .singleElement()
        .satisfies(
            neighbour -> {
              assertThat(neighbour.out()).isFalse();
              assertThat(neighbour.relation()).isEqualTo(ORDER);
            });
    assertThat(details(ORDER).reference(ORDER.columns().getLast()))
        .isEqualTo("public.customers.id");
  }

  @Test
  void the_statement_that_would_make_it_names_keys_and_quotes_what_needs_it() {
    assertThat(details(CUSTOMER).ddl())
        .isEqualTo(
            """
            CREATE TABLE public.customers (
              id int4 NOT NULL,
              "Full Name" text,
              PRIMARY KEY (id)
            );\
            """);
    assertThat(details(ORDER).ddl())
        .contains("FOREIGN KEY (customer_id) REFERENCES public.customers (id)");
    Relation view = Relation.view(new TableRef("public", "v"), List.of(), "SELECT id FROM orders");
    assertThat(details(view).ddl()).isEqualTo("CREATE VIEW public.v AS\nSELECT id FROM orders");
  }
}
