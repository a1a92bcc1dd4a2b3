-- Web addresses that administrators had the server tell of what happens; sealed, since an address may be a secret.
CREATE TABLE webhook (
  name TEXT PRIMARY KEY,
  seal TEXT NOT NULL,
  sealed TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  added_by TEXT NOT NULL
);
