-- FIXTURE
CREATE TABLE people (id INTEGER PRIMARY KEY, open_text TEXT, open_number INTEGER CHECK (open_number > 0), s_mail TEXT UNIQUE,
  s_text TEXT, s_int INTEGER, s_real REAL, s_blob BLOB, s_any, s_date DATE, s_stamp TIMESTAMP, s_time TIME, s_flag BOOLEAN);;
INSERT INTO people VALUES (1, 'open', 5, 'zqplant-mail@x.test', 'zqplant-text', 770077, 770077.5, x'7a71706c616e74', 'zqplant-any',
  '1977-07-07', '1977-07-07 19:17:07', '19:17:07', 'zqplant-flag');;
INSERT INTO people VALUES (2, 'open', 6, 'zqplant-two@x.test', x'7a71706c616e74', 'zqplant-int', 'zqplant-real', 'zqplant-blob', 770077,
  'zqplant-date', 770077, 'zqplant-time', 770077);;
CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT);;
INSERT INTO orders VALUES (1, 'a'), (2, 'b'), (3, 'c');;
CREATE TABLE dated (id INTEGER PRIMARY KEY, day DATE, moment TIMESTAMP);;
INSERT INTO dated VALUES (1, 'not a day', 'not a moment');;
CREATE TRIGGER failing BEFORE UPDATE ON orders BEGIN SELECT RAISE(ABORT, 'no: ' || (SELECT s_mail FROM people WHERE id = 1)); END;;
CREATE TRIGGER parsing BEFORE INSERT ON orders BEGIN SELECT json((SELECT s_mail FROM people WHERE id = 1)); END;;
CREATE TRIGGER colliding BEFORE DELETE ON orders BEGIN INSERT INTO people (s_mail) SELECT s_mail FROM people; END

-- ATTEMPTS
SELECT * FROM people;;

SELECT s_date, s_stamp, s_time, s_flag, s_any, s_int, s_real, s_blob FROM people;;

SELECT group_concat(s_mail), json_group_array(s_text), max(s_mail), json_object('m', max(s_mail)) FROM people;;

SELECT hex(s_blob), quote(s_mail), CAST(s_mail AS INTEGER), printf('%s', s_text), CASE WHEN s_int > 5 THEN s_mail END FROM people;;

SELECT day, moment FROM dated, people WHERE people.id = 1 AND dated.id = 1 AND s_mail LIKE 'z%';;

INSERT INTO people (id, s_mail) SELECT 20, s_mail FROM people WHERE id = 1;;

INSERT INTO people (id, open_text) VALUES (21, 'x') RETURNING (SELECT max(s_mail) FROM people);;

UPDATE people SET open_text = 'x' RETURNING *;;

UPDATE people SET open_text = s_mail WHERE id = 1 RETURNING open_text;;

DELETE FROM people WHERE id = 2 RETURNING s_mail AS harmless;;

UPDATE orders SET note = 'x' WHERE id = 1;;

INSERT INTO orders VALUES (11, 'x');;

SELECT json(s_mail) FROM people;;

SELECT json_extract(s_text, '$.x') FROM people;;

SELECT * FROM json_each((SELECT json_group_array(s_mail) FROM people));;

SELECT people.s_mail FROM people NATURAL JOIN orders;;

SELECT s_mail AS a FROM people UNION ALL SELECT note FROM orders;;

WITH m AS (SELECT * FROM people) SELECT * FROM m;;

VALUES ((SELECT s_mail FROM people WHERE id = 1));;

CREATE TEMP TABLE copied AS SELECT s_mail AS open FROM people;;
SELECT * FROM copied;;

CREATE TEMP VIEW seen AS SELECT s_mail AS open FROM people;;
SELECT * FROM seen;;

SELECT * FROM people ORDER BY s_mail;;
