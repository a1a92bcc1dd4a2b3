-- What the schema of each connection looked like, step by step, and who made each step.
CREATE TABLE schema_step (
  connection TEXT NOT NULL,
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  fingerprint TEXT NOT NULL,
  step TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  PRIMARY KEY (connection, number)
);
