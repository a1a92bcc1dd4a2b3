-- FIXTURE
CREATE TYPE pair AS (left_one text, right_one text);;
CREATE DOMAIN short_text AS varchar(40);;
CREATE TYPE mood AS ENUM ('zqplant-mood', 'calm');;
CREATE TABLE people (
  id int PRIMARY KEY, open_text text, open_number int CHECK (open_number > 0),
  s_mail varchar(60) UNIQUE CHECK (s_mail <> ''), s_text text, s_array text[], s_pair pair, s_pairs pair[], s_json json, s_jsonb jsonb,
  s_bytes bytea, s_xml xml, s_domain short_text, s_enum mood, s_int int, s_big bigint, s_small numeric(12,2),
  s_float float8, s_real real, s_money money, s_date date, s_time time, s_timetz timetz, s_stamp timestamp,
  s_stamptz timestamptz, s_interval interval, s_range int4range, s_daterange daterange, s_inet inet, s_mac macaddr8,
  s_uuid uuid, s_bits varbit, s_point point, s_box box, s_tsv tsvector, s_char char(20), s_name name, s_path jsonpath, s_ltree "char");;
INSERT INTO people VALUES (1, 'open', 5, 'zqplant-mail@x.test', 'zqplant-text', '{zqplant-a,zqplant-b}', '(zqplant-l,zqplant-r)',
  ARRAY[ROW('zqplant-l','zqplant-r')::pair], '{"k": "zqplant-json"}', '{"k": "zqplant-jsonb"}', 'zqplant-bytes', '<a>zqplant</a>',
  'zqplant-domain', 'zqplant-mood', 770077, 7700770077, 770077.25, 770077.5, 770077, 770077, '1977-07-07', '19:17:07',
  '19:17:07+01', '1977-07-07 19:17:07', '1977-07-07 19:17:07+00', '770077 days', '[770077,770079)', '[1977-07-07,1977-07-09)',
  '77.77.77.77', '77:77:77:77:77:77:77:77', '77777777-7777-4777-8777-777777777777', B'0111', '(770077,1)', '(770077,1),(0,0)', 'zqplant:1',
  'zqplant-char', 'zqplant-name', '$."zqplant"', 'z');;
INSERT INTO people (id, open_text, open_number, s_mail, s_text) VALUES (2, 'open', 6, 'zqplant-two@x.test', 'zqplant-two');;
CREATE TABLE orders (id int PRIMARY KEY, note text);;
INSERT INTO orders VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd');;
CREATE TABLE quiet (id int PRIMARY KEY, note text);;
INSERT INTO quiet VALUES (1, 'a');;
CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'notice %', (SELECT s_mail FROM people WHERE id = 1); RAISE WARNING 'warning %', (SELECT s_mail FROM people WHERE id = 1); RETURN NEW; END $$;;
CREATE TRIGGER shouting BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION shout();;
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no: %', (SELECT s_mail FROM people WHERE id = 1) USING DETAIL = 'zqplant-detail', HINT = 'zqplant-hint', COLUMN = 'zqplant-column', CONSTRAINT = 'zqplant-constraint', TABLE = 'zqplant-table', ERRCODE = '22012'; END $$;;
CREATE TRIGGER failing BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION fail();;
CREATE FUNCTION cast_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM s_mail::int FROM people; RETURN OLD; END $$;;
CREATE TRIGGER casting BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION cast_it();;
CREATE TABLE ruled (id int, note text);;
CREATE RULE ruled_insert AS ON INSERT TO ruled DO INSTEAD SELECT id, s_mail FROM people;;
CREATE RULE ruled_update AS ON UPDATE TO ruled DO ALSO SELECT s_mail FROM people;;
CREATE FUNCTION mail_of(i int) RETURNS text LANGUAGE sql AS 'SELECT s_mail::text FROM people WHERE id = i';;
CREATE FUNCTION upper(i int) RETURNS text LANGUAGE sql AS 'SELECT s_mail::text FROM people WHERE id = i';;
CREATE FUNCTION all_mails() RETURNS SETOF people LANGUAGE sql AS 'SELECT * FROM people';;
CREATE PROCEDURE give_mail(INOUT m text) LANGUAGE plpgsql AS $$ BEGIN SELECT s_mail INTO m FROM people WHERE id = 1; END $$;;
CREATE FUNCTION open_mails() RETURNS refcursor LANGUAGE plpgsql AS $$ DECLARE c refcursor := 'mails'; BEGIN OPEN c FOR SELECT s_mail FROM people; RETURN c; END $$;;
CREATE VIEW calling AS SELECT id, mail_of(id) AS m FROM orders;;
CREATE MATERIALIZED VIEW kept AS SELECT id, s_mail AS m FROM people;;
CREATE TABLE checked (id int, CHECK (mail_of(id)::int > 0));;
CREATE TABLE keyed (mail varchar(60) REFERENCES people (s_mail) ON DELETE RESTRICT);;
CREATE INDEX casting_index ON quiet ((id / nullif(id - 7, 0)));;
SELECT lo_from_bytea(4711, 'zqplant-large-object')

-- ATTEMPTS
SELECT * FROM people;;

TABLE people;;

SELECT p FROM people p;;

SELECT row_to_json(p), to_jsonb(p), p::text, (p).s_mail, (p.s_pair).left_one, p.s_array[1] FROM people p;;

SELECT array_agg(s_mail), string_agg(s_text, ','), json_agg(s_json), max(s_mail), min(s_date), jsonb_object_agg(id, s_mail) FROM people;;

SELECT x FROM people, unnest(s_array) AS x;;

SELECT * FROM people, LATERAL (SELECT s_mail AS again) AS l;;

SELECT id, CASE WHEN s_int > 5 THEN s_mail ELSE 'none' END, coalesce(s_text, 'x'), s_mail || '!' FROM people;;

INSERT INTO people (id, s_mail) VALUES (20, 'zqplant-mail@x.test');;

UPDATE people SET open_number = -1;;

UPDATE people SET open_number = NULL, id = NULL;;

UPDATE people SET id = 1 RETURNING *;;

UPDATE people SET open_text = 'x' RETURNING *;;

DELETE FROM people WHERE id = 2 RETURNING s_mail AS harmless, *;;

INSERT INTO people (id, open_number) VALUES (21, 1) RETURNING (SELECT s_mail FROM people WHERE id = 1);;

UPDATE people SET open_text = s_mail RETURNING open_text;;

INSERT INTO orders (id) VALUES (11);;

INSERT INTO orders (id) VALUES (12) RETURNING *;;

UPDATE orders SET note = 'x' WHERE id = 1;;

DELETE FROM orders WHERE id = 2;;

MERGE INTO orders o USING (SELECT 1 AS id) s ON o.id = s.id WHEN MATCHED THEN UPDATE SET note = 'y';;

INSERT INTO ruled VALUES (1, 'x');;

UPDATE ruled SET note = 'x';;

INSERT INTO checked VALUES (1);;

SELECT mail_of(1);;

SELECT upper(1);;

SELECT public.upper(id) FROM orders;;

SELECT * FROM all_mails();;

SELECT all_mails();;

CALL give_mail(NULL);;

SELECT * FROM calling;;

SELECT * FROM kept;;

START TRANSACTION;;
DECLARE c CURSOR FOR SELECT s_mail FROM people;;
FETCH ALL FROM c;;

START TRANSACTION;;
SELECT open_mails();;
FETCH ALL FROM mails;;

START TRANSACTION;;
DECLARE c SCROLL CURSOR WITH HOLD FOR TABLE people;;
COMMIT;;
FETCH FORWARD 5 FROM c;;
MOVE BACKWARD ALL IN c;;
FETCH NEXT FROM c;;

PREPARE p AS SELECT s_mail FROM people;;
EXECUTE p;;

PREPARE p (int) AS SELECT s_mail FROM people WHERE id = $1;;
EXPLAIN ANALYZE EXECUTE p (1);;
EXECUTE p (1);;

DO $$ BEGIN RAISE NOTICE '%', (SELECT s_mail FROM people WHERE id = 1); END $$;;

DO $$ BEGIN RAISE EXCEPTION '%', (SELECT s_mail FROM people WHERE id = 1); END $$;;

LISTEN told;;
SELECT pg_notify('told', s_mail) FROM people;;
SELECT 1;;

LISTEN told;;
DO $$ BEGIN PERFORM pg_notify('told', s_mail) FROM people; END $$;;
SELECT 1;;

COPY people TO STDOUT;;

COPY (SELECT s_mail FROM people) TO STDOUT WITH CSV;;

SELECT convert_from(lo_get(4711), 'UTF8');;

SELECT encode(data, 'escape') FROM pg_largeobject;;

START TRANSACTION;;
SELECT loread(lo_open(4711, 262144), 100);;

SELECT lo_from_bytea(0, s_bytes) FROM people;;

SELECT set_config('my.mail', s_mail, false) FROM people;;
SHOW my.mail;;
SELECT current_setting('my.mail');;

SELECT s_mail::int FROM people;;

SELECT id FROM people WHERE s_mail::int = 1;;

SELECT s_mail::date, s_text::uuid, s_text::numeric, s_json::text::int FROM people;;

SELECT to_date(s_mail, 'YYYY'), to_number(s_text, '9') FROM people;;

SELECT 1 / (s_int - 770077) FROM people;;

SELECT xmlparse(document s_mail) FROM people;;

SELECT format('%I', s_mail), quote_literal(s_text) FROM people;;

SELECT regexp_replace(s_mail, s_text, s_text) FROM people;;

EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM people WHERE s_mail LIKE 'z%';;

SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE tablename = 'people';;
ANALYZE people;;
SELECT most_common_vals::text, histogram_bounds::text FROM pg_stats WHERE tablename = 'people';;

CREATE TEMP TABLE copied AS SELECT s_mail AS open FROM people;;
SELECT * FROM copied;;

SELECT s_mail AS open INTO TEMP copied FROM people;;
SELECT * FROM copied;;

CREATE VIEW pg_temp.seen AS SELECT s_mail AS open FROM people;;
SELECT * FROM pg_temp.seen;;

SELECT query_to_xml('SELECT s_mail FROM people', true, false, '');;

SELECT table_to_xml('people', true, false, '');;

SELECT database_to_xml(true, false, '');;

SELECT ts_stat('SELECT s_tsv FROM people');;

SELECT * FROM json_populate_record(NULL::people, (SELECT to_json(p) FROM people p WHERE id = 1));;

WITH gone AS (DELETE FROM people WHERE id = 2 RETURNING *) SELECT * FROM gone;;

SELECT * FROM people FOR UPDATE;;

SELECT ctid, xmin, s_mail FROM people;;

VALUES ((SELECT s_mail FROM people WHERE id = 1));;

SELECT * FROM (SELECT 1) t (a) UNION ALL SELECT s_int FROM people;;

INSERT INTO keyed SELECT s_mail FROM people;;
DELETE FROM people WHERE id = 1;;
