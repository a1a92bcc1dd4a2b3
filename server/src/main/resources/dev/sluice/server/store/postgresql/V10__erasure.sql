-- Who asked for what to be erased, and who agreed; removed content is never named here.
CREATE TABLE erasure (
  id TEXT PRIMARY KEY,
  places TEXT NOT NULL,
  reason TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  done_by TEXT NOT NULL,
  done_at BIGINT NOT NULL,
  entries BIGINT NOT NULL
);

-- How far retention has looked at entries of a kind.
CREATE TABLE retention_mark (
  kind TEXT PRIMARY KEY,
  upto BIGINT NOT NULL
);
