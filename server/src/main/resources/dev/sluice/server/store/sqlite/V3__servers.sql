-- The processes that work on this store, and when each was last heard of.
CREATE TABLE server_process (
  id TEXT PRIMARY KEY,
  seen_at BIGINT NOT NULL
);
