package dev.sluice.bench;

import java.util.List;

/// What the decision benchmarks decide on.
final class Statements {

  /// What people write all day.
  static final List<String> EVERYDAY =
      List.of(
          "SELECT c.id, c.name, c.email, o.total FROM customers c JOIN orders o ON o.customer_id ="
              + " c.id WHERE o.status = 'paid' ORDER BY o.total DESC LIMIT 100",
          "SELECT * FROM customers WHERE id = 4711",
          "SELECT status, count(*), sum(total) FROM orders GROUP BY status ORDER BY 2 DESC",
          "SELECT name, email FROM customers WHERE country IN ('DE', 'FR') AND created_at >="
              + " '2026-01-01'",
          "UPDATE orders SET status = 'void' WHERE id = 7",
          "SELECT date_trunc('month', placed_at) AS month, sum(total) FROM orders WHERE placed_at"
              + " > '2025-01-01' GROUP BY 1 ORDER BY 1",
          "INSERT INTO orders (id, customer_id, status, total) VALUES (99, 7, 'new', 12.50)",
          "SELECT count(*) FROM orders o WHERE EXISTS (SELECT 1 FROM customers c WHERE c.id ="
              + " o.customer_id AND c.country = 'DE')");

  /// Reports of the size and kind of TPC-DS: several common table expressions, joins of a fact
  /// table with its dimensions, conditional sums, windows.
  static final List<String> REPORTS =
      List.of(
          """
          WITH year_total AS (
            SELECT c.c_customer_id AS customer_id, c.c_first_name AS first_name,
                   c.c_last_name AS last_name, d.d_year AS year,
                   sum(ss.ss_ext_list_price - ss.ss_ext_discount_amt) AS total, 's' AS kind
            FROM customer c
            JOIN store_sales ss ON c.c_customer_sk = ss.ss_customer_sk
            JOIN date_dim d ON ss.ss_sold_date_sk = d.d_date_sk
            WHERE d.d_year IN (2001, 2002)
            GROUP BY c.c_customer_id, c.c_first_name, c.c_last_name, d.d_year
            UNION ALL
            SELECT c.c_customer_id, c.c_first_name, c.c_last_name, d.d_year,
                   sum(ws.ws_ext_list_price - ws.ws_ext_discount_amt), 'w'
            FROM customer c
            JOIN web_sales ws ON c.c_customer_sk = ws.ws_bill_customer_sk
            JOIN date_dim d ON ws.ws_sold_date_sk = d.d_date_sk
            WHERE d.d_year IN (2001, 2002)
            GROUP BY c.c_customer_id, c.c_first_name, c.c_last_name, d.d_year
          )
          SELECT s2.customer_id, s2.first_name, s2.last_name
          FROM year_total s1
          JOIN year_total s2 ON s2.customer_id = s1.customer_id
          JOIN year_total w1 ON w1.customer_id = s1.customer_id
          JOIN year_total w2 ON w2.customer_id = s1.customer_id
          WHERE s1.kind = 's' AND w1.kind = 'w' AND s2.kind = 's' AND w2.kind = 'w'
            AND s1.year = 2001 AND s2.year = 2002 AND w1.year = 2001 AND w2.year = 2002
            AND s1.total > 0 AND w1.total > 0
            AND CASE WHEN w1.total > 0 THEN w2.total / w1.total ELSE 0.0 END
              > CASE WHEN s1.total > 0 THEN s2.total / s1.total ELSE 0.0 END
          ORDER BY s2.customer_id, s2.first_name, s2.last_name
          LIMIT 100
          """,
          """
          SELECT i.i_item_id, i.i_item_desc, i.i_category, i.i_class, i.i_current_price,
                 sum(ss.ss_ext_sales_price) AS revenue,
                 sum(ss.ss_ext_sales_price) * 100
                   / sum(sum(ss.ss_ext_sales_price)) OVER (PARTITION BY i.i_class) AS ratio,
                 rank() OVER (PARTITION BY i.i_category ORDER BY sum(ss.ss_ext_sales_price) DESC)
          FROM store_sales ss
          JOIN item i ON ss.ss_item_sk = i.i_item_sk
          JOIN date_dim d ON ss.ss_sold_date_sk = d.d_date_sk
          JOIN store s ON ss.ss_store_sk = s.s_store_sk
          WHERE i.i_category IN ('Sports', 'Books', 'Home')
            AND d.d_date BETWEEN '1999-02-22' AND '1999-03-24'
            AND s.s_state = 'TN'
          GROUP BY i.i_item_id, i.i_item_desc, i.i_category, i.i_class, i.i_current_price
          ORDER BY i.i_category, i.i_class, i.i_item_id, i.i_item_desc, ratio
          """,
          """
          SELECT s.s_store_name, s.s_store_id, s.s_state,
                 sum(CASE WHEN d.d_day_name = 'Sunday' THEN ss.ss_sales_price END) AS sun_sales,
                 sum(CASE WHEN d.d_day_name = 'Monday' THEN ss.ss_sales_price END) AS mon_sales,
                 sum(CASE WHEN d.d_day_name = 'Tuesday' THEN ss.ss_sales_price END) AS tue_sales,
                 sum(CASE WHEN d.d_day_name = 'Wednesday' THEN ss.ss_sales_price END) AS wed_sales,
                 sum(CASE WHEN d.d_day_name = 'Thursday' THEN ss.ss_sales_price END) AS thu_sales,
                 sum(CASE WHEN d.d_day_name = 'Friday' THEN ss.ss_sales_price END) AS fri_sales,
                 sum(CASE WHEN d.d_day_name = 'Saturday' THEN ss.ss_sales_price END) AS sat_sales,
                 count(DISTINCT ss.ss_customer_sk) AS customers,
                 max(x.average) AS average
          FROM date_dim d
          JOIN store_sales ss ON d.d_date_sk = ss.ss_sold_date_sk
          JOIN store s ON s.s_store_sk = ss.ss_store_sk
          LEFT JOIN (SELECT ss_store_sk AS store, avg(ss_net_profit) AS average
                     FROM store_sales WHERE ss_quantity BETWEEN 1 AND 20
                     GROUP BY ss_store_sk) x ON x.store = s.s_store_sk
          WHERE d.d_year = 2000 AND s.s_gmt_offset = -5
            AND ss.ss_item_sk IN (SELECT i_item_sk FROM item WHERE i_current_price > 0.99)
          GROUP BY s.s_store_name, s.s_store_id, s.s_state
          HAVING sum(ss.ss_sales_price) > 100
          ORDER BY s.s_store_name, s.s_store_id
          LIMIT 100
          """);

  private Statements() {}
}
