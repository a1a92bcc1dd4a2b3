-- People, agents and pipelines of the server itself.
CREATE TABLE account (
  account TEXT PRIMARY KEY,
  subject TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  owner TEXT NOT NULL,
  display_name TEXT NOT NULL,
  email TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  user_groups TEXT NOT NULL,
  roles TEXT NOT NULL,
  disabled BIGINT NOT NULL
);

CREATE TABLE session (
  id TEXT PRIMARY KEY,
  principal_key TEXT NOT NULL,
  actor TEXT NOT NULL,
  device_key TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  token_expires_at BIGINT NOT NULL,
  authenticated_at BIGINT NOT NULL,
  renewable_until BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  end_reason TEXT NOT NULL
);
CREATE INDEX session_principal ON session (principal_key);

-- A refresh token works once; a used one that comes back ends its session.
CREATE TABLE refresh_token (
  token_hash TEXT PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES session (id),
  used_at BIGINT NOT NULL
);

CREATE TABLE policy_bundle (
  version BIGINT PRIMARY KEY,
  yaml TEXT NOT NULL,
  jws TEXT NOT NULL,
  published_by TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  comment TEXT NOT NULL
);

CREATE TABLE approval (
  id TEXT PRIMARY KEY,
  requester_key TEXT NOT NULL,
  state TEXT NOT NULL,
  revision BIGINT NOT NULL,
  uses BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  device_thumbprint TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX approval_requester ON approval (requester_key, created_at);
CREATE INDEX approval_due ON approval (state, due_at);

-- One person, one seat, also for a server that forgets to look.
CREATE TABLE approval_seat (
  request_id TEXT NOT NULL REFERENCES approval (id),
  reviewer_key TEXT NOT NULL,
  reviewed_at BIGINT NOT NULL,
  PRIMARY KEY (request_id, reviewer_key)
);
CREATE INDEX approval_seat_reviewer ON approval_seat (reviewer_key, reviewed_at);

CREATE TABLE execution (
  id TEXT PRIMARY KEY,
  request_id TEXT NOT NULL REFERENCES approval (id),
  use_number BIGINT NOT NULL,
  server_id TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  affected BIGINT NOT NULL,
  message TEXT NOT NULL,
  UNIQUE (request_id, use_number)
);
CREATE INDEX execution_state ON execution (state);

CREATE TABLE lease (
  id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  principal_key TEXT NOT NULL,
  connection TEXT NOT NULL,
  login TEXT NOT NULL,
  issued_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  dropped_at BIGINT NOT NULL
);
CREATE INDEX lease_open ON lease (dropped_at, expires_at);

-- The log: what is hashed, and nothing that erasure must remove.
CREATE TABLE ledger_entry (
  sequence BIGINT PRIMARY KEY,
  event_id TEXT NOT NULL UNIQUE,
  previous TEXT NOT NULL,
  envelope TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE TABLE ledger_node (
  level BIGINT NOT NULL,
  position BIGINT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (level, position)
);
CREATE TABLE ledger_key (
  sequence BIGINT PRIMARY KEY,
  content_key TEXT NOT NULL
);
CREATE TABLE checkpoint (
  size BIGINT PRIMARY KEY,
  note TEXT NOT NULL,
  signed_at BIGINT NOT NULL
);

-- Whose entry it is, and which entry tells its end; removed by erasure. What is shown is read from
-- the log itself.
CREATE TABLE timeline (
  owner TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  outcome BIGINT NOT NULL,
  PRIMARY KEY (owner, sequence)
);
CREATE INDEX timeline_sequence ON timeline (sequence);

-- What goes to open streams, in commit order.
CREATE TABLE outbox (
  sequence BIGINT PRIMARY KEY,
  audience TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

ALTER TABLE timeline ADD COLUMN words TSVECTOR NOT NULL DEFAULT ''::TSVECTOR;
CREATE INDEX timeline_words ON timeline USING gin (words);
