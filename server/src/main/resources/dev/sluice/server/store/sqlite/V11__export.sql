-- How far each sink has got, and which process works on it.
CREATE TABLE sink_cursor (
  sink TEXT PRIMARY KEY,
  upto BIGINT NOT NULL,
  holder TEXT NOT NULL,
  held_until BIGINT NOT NULL
);

-- What a webhook would not take; kept until somebody sends it again or drops it.
CREATE TABLE dead_letter (
  id TEXT PRIMARY KEY,
  sink TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  reason TEXT NOT NULL,
  failed_at BIGINT NOT NULL
);
