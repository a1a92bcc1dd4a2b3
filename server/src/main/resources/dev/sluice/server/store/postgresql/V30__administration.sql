-- Governed databases that administrators put under the server's care; their passwords are sealed.
CREATE TABLE managed_connection (
  name TEXT PRIMARY KEY,
  spec TEXT NOT NULL,
  seal TEXT NOT NULL,
  sealed TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by TEXT NOT NULL
);

-- Whoever is in the group has the role.
CREATE TABLE group_role (
  group_name TEXT NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (group_name, role)
);

-- The one token that makes the first administrator; only its hash.
CREATE TABLE bootstrap_token (
  token_hash TEXT PRIMARY KEY,
  expires_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL
);
