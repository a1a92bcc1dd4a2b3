-- What an owner has said of an agent: that it stops, or that each statement waits for a word.
CREATE TABLE agent_control (
  agent_key TEXT PRIMARY KEY,
  owner_key TEXT NOT NULL,
  owner_name TEXT NOT NULL,
  agent_name TEXT NOT NULL,
  confirm_seconds BIGINT NOT NULL,
  stopped_at BIGINT NOT NULL,
  stop_reason TEXT NOT NULL
);
CREATE INDEX agent_control_owner ON agent_control (owner_key);
-- Statements that wait for that word. Gone as soon as the wait is over.
CREATE TABLE agent_confirmation (
  id TEXT PRIMARY KEY,
  agent_key TEXT NOT NULL,
  owner_key TEXT NOT NULL,
  body TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  answer TEXT NOT NULL
);
CREATE INDEX agent_confirmation_owner ON agent_confirmation (owner_key);
