package dev.sluice.server.enforcement;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.AccessProfile;
import dev.sluice.governance.masking.MaskSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tables with planted values that both engines can hold, and the access everybody has to them.
final class RingFixture {

  static final List<String> TABLES =
      List.of(
          "CREATE TABLE people (id INT PRIMARY KEY, full_name VARCHAR(60), mail VARCHAR(80),"
              + " national_id VARCHAR(20), phone VARCHAR(20), city VARCHAR(30), born DATE)",
          "CREATE TABLE cards (id INT PRIMARY KEY, person_id INT, pan VARCHAR(20),"
              + " iban VARCHAR(34), amount DECIMAL(10,2))",
          "CREATE TABLE staff (id INT PRIMARY KEY, name VARCHAR(40), wage DECIMAL(10,0) NOT NULL,"
              + " boss INT)",
          "CREATE TABLE visits (id INT PRIMARY KEY, person_id INT, region VARCHAR(8), fee INT,"
              + " remark VARCHAR(60))",
          "CREATE TABLE parts (id INT PRIMARY KEY, name VARCHAR(40), price DECIMAL(8,2))",
          "INSERT INTO people VALUES (1,'Ada','zqplant.ada@mail.test','771-55-0001',"
              + "'+99-0-77001','Rome','1984-05-12'),(2,'Ben','zqplant.ben@mail.test',"
              + "'771-55-0002','+99-0-77002','Oslo','1990-01-01'),(3,'Cem',NULL,'771-55-0003',NULL,"
              + "'Rome','2001-12-31')",
          "INSERT INTO cards VALUES (1,1,'5550001234567890','XK05ZQ0000000001',10.50),"
              + "(2,2,'5550001234567891','XK05ZQ0000000002',99.00)",
          "INSERT INTO staff VALUES (1,'Eva',88110,NULL),(2,'Fay',88111,1),(3,'Gus',88112,1)",
          "INSERT INTO visits VALUES (1,1,'EMEA',10,'fine'),(2,2,'APAC',20,'zqplant remark'),"
              + "(3,3,'EMEA',30,'fine')",
          "INSERT INTO parts VALUES (1,'Bolt',0.10),(2,'Nut',0.05)",
          "CREATE VIEW contacts AS SELECT id, full_name, mail AS contact FROM people",
          "CREATE VIEW contacts_of_rome AS SELECT c.contact FROM contacts c JOIN people p"
              + " ON p.id = c.id WHERE p.city = 'Rome'",
          "CREATE VIEW price_list AS SELECT name, price FROM parts");

  /// Everything a person might try who holds the login and a plain client.
  static final List<String> ATTACKS =
      List.of(
          "SELECT * FROM people",
          "SELECT mail x, lower(mail) y, concat(national_id, '') z FROM people",
          "SELECT min(national_id), max(mail) FROM people",
          "SELECT * FROM contacts",
          "SELECT * FROM contacts_of_rome",
          "SELECT p.* FROM people p JOIN cards c ON c.person_id = p.id",
          "SELECT id FROM people WHERE national_id LIKE '771%'",
          "SELECT id FROM people WHERE mail > 'zq' ORDER BY mail",
          "SELECT CASE WHEN pan LIKE '555%' THEN 'yes' ELSE pan END FROM cards",
          "SELECT pan FROM cards UNION SELECT iban FROM cards",
          "WITH t AS (SELECT national_id n FROM people) SELECT n FROM t",
          "SELECT (SELECT max(wage) FROM staff) AS top",
          "SELECT sum(wage), avg(wage) FROM staff",
          "SELECT wage FROM staff WHERE wage > 1000",
          "SELECT national_id, count(*) FROM people GROUP BY national_id",
          "SELECT CAST(national_id AS DECIMAL(10,0)) FROM people",
          "SELECT substring(national_id, 1, 3), right(pan, 4) FROM people, cards",
          "SELECT * FROM visits",
          "SELECT remark FROM visits WHERE region = 'APAC'",
          "SELECT id FROM visits WHERE 1 / (id - 2) > 0",
          "SELECT id FROM visits WHERE CAST(remark AS DECIMAL(10,0)) > 0",
          "SELECT * FROM people NATURAL JOIN contacts",
          "SELECT * FROM people p JOIN cards c USING (id)",
          "INSERT INTO parts SELECT id, national_id, 1 FROM people",
          "CREATE TABLE copy_of_people AS SELECT * FROM people",
          "CREATE TEMPORARY TABLE t1 AS SELECT * FROM people",
          "UPDATE people SET full_name = mail",
          "DELETE FROM people",
          "UPDATE parts SET name = (SELECT min(national_id) FROM people)",
          "DROP VIEW contacts",
          "SELECT * FROM people FOR UPDATE");

  /// What analysts do all day.
  static final List<String> BENIGN =
      List.of(
          "SELECT id, full_name, city FROM people WHERE id = 2",
          "SELECT city, count(*) FROM people GROUP BY city ORDER BY 2 DESC",
          "SELECT * FROM parts",
          "SELECT name, price FROM price_list WHERE price > 0.01",
          "SELECT p.city, sum(c.amount) FROM people p JOIN cards c ON c.person_id = p.id GROUP BY"
              + " p.city",
          "SELECT * FROM people ORDER BY id",
          "SELECT count(*), count(DISTINCT mail) FROM people",
          "SELECT id FROM people WHERE mail IS NULL",
          "SELECT p.full_name, v.fee FROM people p LEFT JOIN visits v ON v.person_id = p.id",
          "SELECT id, full_name FROM people WHERE born > '1989-12-31'",
          "WITH big AS (SELECT person_id, sum(amount) s FROM cards GROUP BY person_id) SELECT *"
              + " FROM big WHERE s > 5",
          "SELECT name, row_number() OVER (ORDER BY price) FROM parts",
          "SELECT contact FROM contacts WHERE id = 1",
          "SELECT DISTINCT city FROM people",
          "SELECT id FROM people WHERE city IN ('Rome', 'Oslo') LIMIT 2",
          "SELECT coalesce(city, '-') FROM people UNION SELECT name FROM parts",
          "SELECT s.name, b.name FROM staff s LEFT JOIN staff b ON b.id = s.boss",
          "SELECT upper(full_name) FROM people WHERE full_name LIKE 'A%'",
          "SELECT EXTRACT(YEAR FROM born), count(*) FROM people GROUP BY EXTRACT(YEAR FROM born)",
          "SELECT 1");

  private RingFixture() {}

  static AccessProfile access(String schema) {
    Map<ColumnRef, MaskSpec> masks = new LinkedHashMap<>();
    TableRef people = new TableRef(schema, "people");
    TableRef cards = new TableRef(schema, "cards");
    masks.put(new ColumnRef(people, "mail"), new MaskSpec("email", Map.of()));
    masks.put(new ColumnRef(people, "national_id"), MaskSpec.redact());
    masks.put(new ColumnRef(people, "phone"), new MaskSpec("phone", Map.of()));
    masks.put(new ColumnRef(cards, "pan"), new MaskSpec("card", Map.of()));
    masks.put(new ColumnRef(cards, "iban"), MaskSpec.of("hash"));
    masks.put(
        new ColumnRef(new TableRef(schema, "staff"), "wage"),
        new MaskSpec("round", Map.of("to", 1000000)));
    return AccessProfile.everybody(
        masks, Map.of(new TableRef(schema, "visits"), List.of("region = 'EMEA'")));
  }
}
