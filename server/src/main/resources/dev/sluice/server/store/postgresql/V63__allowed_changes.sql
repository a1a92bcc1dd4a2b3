-- A change that the policy allows and the server makes: each announced one at most once. Those of a
-- process that is gone have an unknown outcome.
CREATE TABLE allowed_change (
  intent_id TEXT PRIMARY KEY,
  server_id TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at BIGINT NOT NULL
);
CREATE INDEX allowed_change_state ON allowed_change (state);
