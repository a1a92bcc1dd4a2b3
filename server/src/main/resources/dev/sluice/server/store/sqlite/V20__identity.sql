-- A session is a person's on a device (each request proven) or a service's (bearer token).
ALTER TABLE session ADD COLUMN kind TEXT NOT NULL DEFAULT 'device';
-- The identity provider that vouches for it; empty for the server itself.
ALTER TABLE session ADD COLUMN provider TEXT NOT NULL DEFAULT '';
-- What a bearer token is good for (RFC 8707).
ALTER TABLE session ADD COLUMN audience TEXT NOT NULL DEFAULT '';

-- Agents and pipelines that the server vouches for itself.
CREATE TABLE service_identity (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  owner TEXT NOT NULL,
  user_groups TEXT NOT NULL,
  labels TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  public_key TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL
);

-- People of identity providers, as they were last vouched for.
CREATE TABLE person (
  principal_key TEXT PRIMARY KEY,
  actor TEXT NOT NULL,
  verified_at BIGINT NOT NULL
);

-- Tokens of identity providers that were exchanged: each works once.
CREATE TABLE used_token (
  digest TEXT PRIMARY KEY,
  forget_at BIGINT NOT NULL
);
