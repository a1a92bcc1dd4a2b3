-- That nothing may be changed for a while; kept after it ended.
CREATE TABLE write_freeze (
  id TEXT PRIMARY KEY,
  connection TEXT NOT NULL,
  by_key TEXT NOT NULL,
  by_name TEXT NOT NULL,
  reason TEXT NOT NULL,
  frozen_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  lifted_at BIGINT NOT NULL
);
CREATE INDEX write_freeze_open ON write_freeze (lifted_at, until_at);
