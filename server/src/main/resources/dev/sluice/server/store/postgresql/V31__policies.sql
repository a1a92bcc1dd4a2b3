-- Who wrote a policy, besides who published it.
ALTER TABLE policy_bundle ADD COLUMN author TEXT NOT NULL DEFAULT '';

-- Policies that somebody proposes.
CREATE TABLE policy_draft (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  version BIGINT NOT NULL,
  base BIGINT NOT NULL,
  author TEXT NOT NULL,
  author_name TEXT NOT NULL,
  comment TEXT NOT NULL,
  yaml TEXT NOT NULL,
  revision BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE INDEX policy_draft_changed ON policy_draft (changed_at);

-- Replays of what was run against a draft; any server of this store may be asked for them.
CREATE TABLE what_if (
  id TEXT PRIMARY KEY,
  started_by TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  done BIGINT NOT NULL,
  total BIGINT NOT NULL,
  report TEXT NOT NULL
);
