-- FIXTURE
CREATE TABLE people (
  id INT PRIMARY KEY, open_text VARCHAR(40), open_number INT CHECK (open_number > 0),
  s_mail VARCHAR(60) UNIQUE, s_text LONGTEXT, s_json JSON, s_bytes VARBINARY(40), s_blob BLOB, s_enum ENUM('zqplant-enum', 'calm'),
  s_set SET('zqplant-one', 'zqplant-two'), s_int INT, s_unsigned BIGINT UNSIGNED, s_decimal DECIMAL(20,2), s_double DOUBLE, s_float FLOAT,
  s_bit BIT(24), s_date DATE, s_time TIME, s_long_time TIME, s_stamp DATETIME(6), s_stamptz TIMESTAMP NULL, s_year YEAR,
  s_zero DATE, s_point POINT, s_uuid UUID, s_inet INET6, s_char CHAR(20), s_tiny TINYINT(1));;
INSERT INTO people (id, open_text, open_number, s_mail, s_text, s_json, s_bytes, s_blob, s_enum, s_set, s_int, s_unsigned, s_decimal,
  s_double, s_float, s_bit, s_date, s_time, s_long_time, s_stamp, s_stamptz, s_year, s_point, s_uuid, s_inet, s_char, s_tiny) VALUES
  (1, 'open', 5, 'zqplant-mail@x.test', 'zqplant-text', '{"k": "zqplant-json"}', 'zqplant-bytes', 'zqplant-blob', 'zqplant-enum',
  'zqplant-one,zqplant-two', 770077, 7700770077, 770077.25, 770077.5, 770077, b'011101110111', '1977-07-07', '19:17:07', '838:59:59',
  '1977-07-07 19:17:07', '1977-07-07 19:17:07', 1977, POINT(770077, 1), '77777777-7777-4777-8777-777777777777', '77::77',
  'zqplant-char', 1), (2, 'open', 6, 'zqplant-two@x.test', 'zqplant-two', NULL, NULL, NULL, 'calm', '', 1, 1, 1, 1, 1, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0);;
CREATE TABLE orders (id INT PRIMARY KEY, note VARCHAR(20), amount INT);;
INSERT INTO orders VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3);;
CREATE TRIGGER shouting BEFORE INSERT ON orders FOR EACH ROW BEGIN DECLARE m VARCHAR(100); SELECT CONCAT('told ', s_mail) INTO m FROM people WHERE id = 1; SIGNAL SQLSTATE '01234' SET MESSAGE_TEXT = m; END;;
CREATE TRIGGER failing BEFORE UPDATE ON orders FOR EACH ROW BEGIN DECLARE m VARCHAR(100); SELECT CONCAT('no: ', s_mail) INTO m FROM people WHERE id = 1; SIGNAL SQLSTATE '22012' SET MESSAGE_TEXT = m, COLUMN_NAME = 'zqplant-column'; END;;
CREATE TRIGGER colliding BEFORE DELETE ON orders FOR EACH ROW INSERT INTO people (id, s_mail) SELECT 50, s_mail FROM people AS other WHERE other.id = 1;;
CREATE FUNCTION mail_of(i INT) RETURNS VARCHAR(60) READS SQL DATA RETURN (SELECT s_mail FROM people WHERE id = i);;
CREATE PROCEDURE all_mails() BEGIN SELECT id FROM orders; SELECT s_mail FROM people; SELECT 1; END;;
CREATE PROCEDURE give_mail(OUT m VARCHAR(60)) SELECT s_mail INTO m FROM people WHERE id = 1;;
CREATE VIEW calling AS SELECT id, mail_of(id) AS m FROM orders;;
CREATE TABLE keyed (mail VARCHAR(60), FOREIGN KEY (mail) REFERENCES people (s_mail))

-- ATTEMPTS
SELECT * FROM people;;

TABLE people;;

SELECT GROUP_CONCAT(s_mail), JSON_ARRAYAGG(s_text), MAX(s_mail), JSON_OBJECTAGG(id, s_mail) FROM people;;

SELECT CASE WHEN s_int > 5 THEN s_mail ELSE 'none' END, CONCAT(s_text, '!'), HEX(s_bytes), TO_BASE64(s_blob), s_mail + 0 FROM people;;

SELECT s_date, s_time, s_long_time, s_stamp, s_stamptz, s_year, s_zero, s_bit, s_point, s_uuid, s_inet FROM people;;

INSERT INTO people (id, s_mail) VALUES (20, 'zqplant-mail@x.test');;

INSERT INTO people (id, s_mail) SELECT 21, s_mail FROM people WHERE id = 1;;

INSERT INTO people (id, s_mail) VALUES (21, (SELECT x.s_mail FROM people x WHERE id = 1));;

INSERT INTO people (id) VALUES (22) RETURNING (SELECT MAX(s_mail) FROM people);;

INSERT INTO people (id, open_text) VALUES (23, 'x') RETURNING *;;

UPDATE people SET open_number = s_text;;

UPDATE people SET id = s_mail WHERE id = 1;;

UPDATE people SET s_int = s_mail;;

DELETE FROM people WHERE id = 2 RETURNING s_mail;;

INSERT INTO orders VALUES (11, 'x', 1);;

INSERT INTO orders VALUES (12, 'x', 1) RETURNING *;;

INSERT INTO orders VALUES (13, 'x', 1);;
SHOW WARNINGS;;
GET DIAGNOSTICS CONDITION 1 @m = MESSAGE_TEXT;;
SELECT @m;;

UPDATE orders SET note = 'x' WHERE id = 1;;

DELETE FROM orders WHERE id = 2;;

SELECT mail_of(1);;

SELECT id, shop.mail_of(id) FROM orders;;

SELECT * FROM calling;;

CALL all_mails();;

CALL give_mail(@m);;
SELECT @m;;

SELECT s_mail INTO @m FROM people WHERE id = 1;;
SELECT @m;;

SET @m = (SELECT MAX(s_mail) FROM people);;
SELECT @m;;

PREPARE p FROM 'SELECT s_mail FROM people';;
EXECUTE p;;

EXECUTE IMMEDIATE 'SELECT s_mail FROM people';;

HANDLER people OPEN;;
HANDLER people READ FIRST;;

BEGIN NOT ATOMIC SELECT s_mail FROM people; END;;

DO EXTRACTVALUE(1, CONCAT('~', (SELECT MAX(s_mail) FROM people)));;

SELECT EXTRACTVALUE(1, CONCAT('~', s_mail)) FROM people;;

SELECT UPDATEXML(1, CONCAT('~', s_mail), 1) FROM people;;

SELECT CAST(s_mail AS DATE), CAST(s_text AS SIGNED), STR_TO_DATE(s_mail, '%Y') FROM people;;
SHOW WARNINGS;;

SELECT JSON_VALUE(s_text, '$'), JSON_EXTRACT(s_mail, '$') FROM people;;
SHOW WARNINGS;;

SELECT id FROM people WHERE s_mail = 0;;
SHOW WARNINGS;;

EXPLAIN EXTENDED SELECT * FROM people WHERE s_mail = (SELECT MAX(s_mail) FROM people);;
SHOW WARNINGS;;

ANALYZE FORMAT=JSON SELECT * FROM people WHERE id = 1;;

SELECT * FROM people PROCEDURE ANALYSE();;

CREATE TEMPORARY TABLE copied AS SELECT s_mail AS open FROM people;;
SELECT * FROM copied;;

SELECT * FROM people INTO OUTFILE 'zq-out';;

SELECT s_mail INTO DUMPFILE 'zq-dump' FROM people LIMIT 1;;
SELECT LOAD_FILE('zq-dump');;

SELECT * FROM people, JSON_TABLE(s_json, '$' COLUMNS (k TEXT PATH '$.k')) AS t;;

SELECT * FROM people LOCK IN SHARE MODE;;

WITH RECURSIVE r AS (SELECT s_mail AS m, 1 AS n FROM people UNION ALL SELECT m, n + 1 FROM r WHERE n < 2) SELECT * FROM r;;

UPDATE people SET s_mail = 'same';;

REPLACE INTO people (id, s_mail) VALUES (2, 'zqplant-mail@x.test');;

INSERT INTO keyed SELECT s_mail FROM people;;
DELETE FROM people;;

SHOW GRANTS;;
SHOW GRANTS FOR CURRENT_USER;;
SHOW CREATE USER;;
