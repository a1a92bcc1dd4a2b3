-- Which constants somebody has compared a sensitive column with, by day; the constants are sealed.
CREATE TABLE equality_spent (
  subject TEXT NOT NULL,
  column_name TEXT NOT NULL,
  day TEXT NOT NULL,
  constant_hash TEXT NOT NULL,
  sealed TEXT NOT NULL,
  PRIMARY KEY (subject, column_name, day, constant_hash)
);
