-- A clinic with values that must never come out: they begin with zq, 731-, 5555444433 or DE99ZQ.
CREATE TABLE patients (id INTEGER PRIMARY KEY, full_name VARCHAR(80), mail VARCHAR(90), insurance_no VARCHAR(24), mobile VARCHAR(24), city VARCHAR(40), remark VARCHAR(200), born DATE);
CREATE TABLE claims (id INTEGER PRIMARY KEY, patient_id INTEGER, card VARCHAR(24), account VARCHAR(34), amount NUMERIC(10,2), filed_on DATE);
CREATE TABLE staff (id INTEGER PRIMARY KEY, full_name VARCHAR(80), pay NUMERIC(10,0), boss_id INTEGER, mail VARCHAR(90));
CREATE TABLE visits (id INTEGER PRIMARY KEY, patient_id INTEGER, fee NUMERIC(10,2), state VARCHAR(12));
CREATE TABLE drugs (id INTEGER PRIMARY KEY, full_name VARCHAR(80), price NUMERIC(10,2));
CREATE TABLE bulletins (id INTEGER PRIMARY KEY, mail VARCHAR(90), subject VARCHAR(40));
CREATE TABLE pad (id INTEGER, note VARCHAR(400));
INSERT INTO patients VALUES (1, 'Maren Holt', 'zqmaren@planted.test', '731-55-1901', '+4930731901', 'Kiel', 'prefers mornings', '1981-03-02'), (2, 'Ivo Lang', 'zqivo@planted.test', '731-55-1902', '+4930731902', 'Lyon', 'asked what an insurance_no is', '1975-11-20'), (3, 'Tess Moor', 'zqtess@planted.test', '731-55-1903', '+4930731903', 'Kiel', NULL, '1999-07-14'), (4, 'Ulf Nil', NULL, '731-55-1904', NULL, 'Bern', NULL, NULL);
INSERT INTO claims VALUES (1, 1, '5555444433331901', 'DE99ZQ000000001901', 220.10, '2025-02-01'), (2, 2, '5555444433331902', 'DE99ZQ000000001902', 80.00, '2025-02-11'), (3, 3, '5555444433331903', 'DE99ZQ000000001903', 12.75, NULL);
INSERT INTO staff VALUES (1, 'Orla', 88101, NULL, 'zqorla@planted.test'), (2, 'Pim', 88102, 1, 'zqpim@planted.test'), (3, 'Qi', 88103, 1, 'zqqi@planted.test');
INSERT INTO visits VALUES (1, 1, 40.00, 'done'), (2, 1, 60.00, 'missed'), (3, 2, 45.00, 'done'), (4, 3, 15.00, 'booked');
INSERT INTO drugs VALUES (1, 'Salve', 4.50), (2, 'Drops', 12.00), (3, 'Syrup', 8.25);
INSERT INTO bulletins VALUES (1, 'list1@open.test', 'spring'), (2, 'list2@open.test', 'junk');
CREATE VIEW reach AS SELECT id, full_name, mail AS address FROM patients;
CREATE VIEW money AS SELECT * FROM claims;
CREATE VIEW calendar AS SELECT id, fee, state FROM visits;

-- PostgreSQL only
CREATE MATERIALIZED VIEW payroll AS SELECT id, pay AS amount FROM staff;
CREATE SCHEMA old;
CREATE VIEW old.drugs AS SELECT id, insurance_no AS full_name, 1.0 AS price FROM public.patients;
CREATE SEQUENCE numbers;
CREATE FUNCTION insurance_of(i int) RETURNS text LANGUAGE sql AS 'SELECT insurance_no FROM patients WHERE id = i';
CREATE FUNCTION everyone() RETURNS SETOF patients LANGUAGE sql AS 'SELECT * FROM patients';
CREATE FUNCTION lower(i int) RETURNS text LANGUAGE sql AS 'SELECT insurance_no FROM patients WHERE id = i';
CREATE FUNCTION empty_visits() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM visits; RETURN 1; END $$;
CREATE PROCEDURE wipe_visits() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM visits; END $$;
ANALYZE;

-- MySQL only
CREATE FUNCTION insurance_of(i INT) RETURNS VARCHAR(24) READS SQL DATA RETURN (SELECT insurance_no FROM patients WHERE id = i);
CREATE PROCEDURE wipe_visits() DELETE FROM visits;

-- DuckDB only
CREATE SCHEMA old;
CREATE VIEW old.drugs AS SELECT id, insurance_no AS full_name, 1.0 AS price FROM main.patients;
CREATE MACRO insurance_of(i) AS (SELECT insurance_no FROM patients WHERE id = i);
