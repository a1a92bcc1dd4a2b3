package dev.sluice.bench;

import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.DecisionRequest;
import dev.sluice.governance.policy.Permit;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementText;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The core as the product puts it together: the bounded parser worker, no cache of analyses.
final class Core implements AutoCloseable {

  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
  private static final Actor ANALYST =
      new Actor.Person(
          new Principal("local", "ann", null, "Ann", Set.of("analysts", "team-7"), Set.of()));
  private static final ConnectionContext SHOP =
      new ConnectionContext("shop", "production", Dialect.POSTGRESQL, "brokered", Map.of());

  private final BoundedParserWorker worker = BoundedParserWorker.standard();
  final LocalCore parts = LocalCore.of(worker);
  final CatalogSnapshot catalog;
  final ReadyPolicy policy;

  Core(CatalogSnapshot catalog, ReadyPolicy policy) {
    this.catalog = catalog;
    this.policy = policy;
  }

  StatementAnalysis analyse(String sql) {
    return parts.analyzer().analyze(StatementText.of(sql), Dialect.POSTGRESQL, catalog);
  }

  Decision decide(StatementAnalysis analysis) {
    return policy
        .engine()
        .decide(
            new DecisionRequest(
                analysis,
                catalog,
                ANALYST,
                SHOP,
                NOW,
                "window",
                "",
                false,
                0,
                List.of(),
                Optional.empty()));
  }

  /// From text to permit, as for every run.
  Permit permit(String sql) {
    Decision decision = decide(analyse(sql));
    if (decision instanceof Decision.Allow allow) {
      return allow.permit();
    }
    throw new IllegalStateException(sql + ": " + decision.proof().reason());
  }

  /// What the statements of [Statements] refer to.
  static CatalogSnapshot shop() {
    return CatalogSnapshot.of(
        List.of("public"),
        List.of(
            table("customers id name email country created_at"),
            table("orders id customer_id status total placed_at"),
            table(
                "customer c_customer_sk c_customer_id c_first_name c_last_name c_email_address"
                    + " c_birth_year c_current_addr_sk"),
            table(
                "store_sales ss_sold_date_sk ss_item_sk ss_customer_sk ss_store_sk ss_quantity"
                    + " ss_sales_price ss_ext_sales_price ss_ext_list_price ss_ext_discount_amt"
                    + " ss_net_profit"),
            table(
                "web_sales ws_sold_date_sk ws_item_sk ws_bill_customer_sk ws_ext_list_price"
                    + " ws_ext_discount_amt"),
            table("date_dim d_date_sk d_date d_year d_moy d_day_name d_qoy"),
            table(
                "item i_item_sk i_item_id i_item_desc i_category i_class i_brand i_current_price"),
            table("store s_store_sk s_store_id s_store_name s_state s_gmt_offset")),
        List.of());
  }

  private static Relation table(String words) {
    String[] names = words.split(" ");
    return Relation.table(
        new TableRef("public", names[0]),
        Arrays.stream(names).skip(1).map(name -> CatalogColumn.of(name, type(name))).toList());
  }

  private static String type(String name) {
    if (name.endsWith("_sk")
        || name.equals("id")
        || name.endsWith("_id")
        || name.endsWith("year")) {
      return "int8";
    }
    if (name.contains("price")
        || name.contains("total")
        || name.contains("amt")
        || name.contains("profit")
        || name.contains("quantity")
        || name.contains("offset")) {
      return "numeric";
    }
    return name.endsWith("_at") ? "timestamp" : name.equals("d_date") ? "date" : "text";
  }

  @Override
  public void close() {
    worker.close();
  }
}
