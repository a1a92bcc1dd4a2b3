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

-- An index whose words are really gone when an entry is erased. It is filled again from the log.
CREATE TABLE search_rebuild (upto BIGINT NOT NULL);
INSERT INTO search_rebuild (upto) SELECT COALESCE(MAX(sequence), 0) FROM timeline;
DROP TABLE timeline_search;
CREATE VIRTUAL TABLE timeline_search USING fts5 (
  owner, words, content = '', tokenize = 'unicode61'
);
INSERT INTO timeline_search (timeline_search, rank) VALUES ('secure-delete', 1);
