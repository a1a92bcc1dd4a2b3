package dev.sluice.app.fake;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.ForeignKey;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.RelationKind;
import dev.sluice.governance.catalog.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A small shop.
public final class FakeCatalog {

  public static final TableRef CUSTOMERS = new TableRef("public", "customers");
  public static final TableRef ORDERS = new TableRef("public", "orders");
  public static final ColumnRef EMAIL = new ColumnRef(CUSTOMERS, "email");
  public static final ColumnRef NATIONAL_ID = new ColumnRef(CUSTOMERS, "national_id");

  private FakeCatalog() {}

  public static CatalogSnapshot shop() {
    List<Relation> relations = new ArrayList<>();
    relations.add(
        table(
            "customers",
            84_000,
            List.of(),
            "id bigint",
            "name text",
            "email text",
            "national_id text",
            "city text",
            "segment text",
            "created_at timestamp",
            "credit_limit numeric",
            "note text"));
    relations.add(
        table(
            "orders",
            214_000,
            List.of(new ForeignKey(List.of("customer_id"), CUSTOMERS, List.of("id"))),
            "id bigint",
            "customer_id bigint",
            "status text",
            "total numeric",
            "ordered_at timestamp"));
    relations.add(
        table(
            "payments",
            198_000,
            List.of(new ForeignKey(List.of("order_id"), ORDERS, List.of("id"))),
            "id bigint",
            "order_id bigint",
            "card_number text",
            "amount numeric",
            "paid_at timestamp"));
    relations.add(
        table(
            "products", 1_240, List.of(), "id bigint", "sku text", "title text", "price numeric"));
    relations.add(
        table("tickets", 5_100, List.of(), "id bigint", "customer_id bigint", "body text"));
    relations.add(table("employees", 320, List.of(), "id bigint", "name text", "salary numeric"));
    relations.add(
        new Relation(
            new TableRef("public", "open_orders"),
            RelationKind.VIEW,
            List.of(CatalogColumn.of("id", "bigint"), CatalogColumn.of("status", "text")),
            Optional.of("SELECT id, status FROM orders WHERE status <> 'done'"),
            List.of(),
            List.of(),
            "Orders that are not done",
            -1));
    relations.add(
        new Relation(
            new TableRef("reporting", "daily_sales"),
            RelationKind.TABLE,
            List.of(CatalogColumn.of("day", "date"), CatalogColumn.of("total", "numeric")),
            Optional.empty(),
            List.of("day"),
            List.of(),
            "",
            730));
    return CatalogSnapshot.of(List.of("public"), relations, List.of());
  }

  private static Relation table(String name, long rows, List<ForeignKey> keys, String... columns) {
    List<CatalogColumn> list = new ArrayList<>();
    for (String column : columns) {
      int space = column.indexOf(' ');
      list.add(CatalogColumn.of(column.substring(0, space), column.substring(space + 1)));
    }
    return new Relation(
        new TableRef("public", name),
        RelationKind.TABLE,
        list,
        Optional.empty(),
        List.of("id"),
        keys,
        "",
        rows);
  }
}
