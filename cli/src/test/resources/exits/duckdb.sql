-- FIXTURE
CREATE TYPE mood AS ENUM ('lively', 'calm');;
CREATE TABLE people (id INTEGER PRIMARY KEY, open_text VARCHAR, open_number INTEGER CHECK (open_number > 0), s_mail VARCHAR UNIQUE,
  s_text VARCHAR, s_list VARCHAR[], s_struct STRUCT(a VARCHAR, b INTEGER), s_map MAP(VARCHAR, VARCHAR), s_union UNION(t VARCHAR, n INTEGER),
  s_array VARCHAR[2], s_enum mood, s_int INTEGER, s_huge HUGEINT, s_uhuge UHUGEINT, s_ubig UBIGINT, s_decimal DECIMAL(12,2), s_double DOUBLE, s_float FLOAT,
  s_date DATE, s_time TIME, s_timetz TIMETZ, s_stamp TIMESTAMP, s_stamptz TIMESTAMPTZ, s_stamp_ns TIMESTAMP_NS, s_stamp_s TIMESTAMP_S,
  s_interval INTERVAL, s_blob BLOB, s_bit BIT, s_uuid UUID, s_json JSON, s_nested STRUCT(x STRUCT(y VARCHAR[])[]));;
INSERT INTO people VALUES (1, 'open', 5, 'zqplant-mail@x.test', 'zqplant-text', ['zqplant-a'], {'a': 'zqplant-s', 'b': 770077},
  MAP {'zqplant-k': 'zqplant-v'}, 'zqplant-union', ['zqplant-1', 'zqplant-2'], 'lively', 770077, 7700770077, 7700770077, 7700770077, 770077.25,
  770077.5, 770077, '1977-07-07', '19:17:07', '19:17:07+01', '1977-07-07 19:17:07', '1977-07-07 19:17:07+00', '1977-07-07 19:17:07',
  '1977-07-07 19:17:07', INTERVAL 770077 DAY, 'zqplant-blob', '0111', '77777777-7777-4777-8777-777777777777', '{"k": "zqplant-json"}',
  {'x': [{'y': ['zqplant-deep']}]});;
INSERT INTO people (id, open_text, open_number, s_mail) VALUES (2, 'open', 6, 'zqplant-two@x.test');;
CREATE TABLE orders (id INTEGER PRIMARY KEY, note VARCHAR);;
INSERT INTO orders VALUES (1, 'a'), (2, 'b');;
CREATE MACRO mail_of(i) AS (SELECT s_mail FROM people WHERE id = i);;
CREATE MACRO all_mails() AS TABLE SELECT * FROM people;;
CREATE VIEW calling AS SELECT id, mail_of(id) AS m FROM orders

-- ATTEMPTS
SELECT * FROM people;;

FROM people;;

SELECT p FROM people p;;

SELECT COLUMNS(*) FROM people;;

SELECT list(s_mail), max(s_text), string_agg(s_mail, ','), histogram(s_mail), arg_max(s_mail, id), struct_pack(m := max(s_mail)) FROM people;;

SELECT s_struct.a, s_map['zqplant-k'], s_list[1], unnest(s_list), s_union.t, s_json->>'k', hex(s_blob) FROM people;;

SELECT s_mail::INTEGER FROM people;;

SELECT TRY_CAST(s_mail AS INTEGER), s_text::DATE FROM people;;

SELECT error(s_mail) FROM people;;

INSERT INTO people (id, s_mail) VALUES (20, 'zqplant-mail@x.test');;

INSERT INTO people (id, s_mail) SELECT 21, s_mail FROM people WHERE id = 1;;

INSERT INTO people BY NAME SELECT 22 AS id, s_mail FROM people WHERE id = 1;;

UPDATE people SET open_number = -1;;

UPDATE people SET open_text = 'x' RETURNING *;;

UPDATE people SET open_text = s_mail WHERE id = 1 RETURNING open_text;;

DELETE FROM people WHERE id = 2 RETURNING s_mail AS harmless;;

UPDATE people SET id = 1;;

PIVOT people ON s_mail;;

PIVOT people ON s_mail USING count(*);;

UNPIVOT people ON s_mail, s_text;;

SUMMARIZE people;;

SELECT * FROM (SUMMARIZE people);;

DESCRIBE people;;

SELECT mail_of(1);;

SELECT * FROM all_mails();;

SELECT * FROM calling;;

SELECT * FROM query('SELECT s_mail FROM people');;

SELECT * FROM query_table('people');;

SELECT * FROM storage_info('people');;

SELECT * FROM pragma_storage_info('people');;

SELECT min, max FROM duckdb_constraints(), (SELECT min(s_mail) AS min, max(s_mail) AS max FROM people);;

PREPARE p AS SELECT s_mail FROM people;;
EXECUTE p;;

SET VARIABLE m = (SELECT max(s_mail) FROM people);;
SELECT getvariable('m');;

CREATE TEMP TABLE copied AS SELECT s_mail AS open FROM people;;
FROM copied;;

EXPLAIN ANALYZE SELECT * FROM people WHERE s_mail = (SELECT max(s_mail) FROM people);;

SELECT enum_range(NULL::mood);;

SELECT stats(s_mail) FROM people;;

SELECT s_mail FROM people USING SAMPLE 1;;

SELECT * FROM people POSITIONAL JOIN orders;;
