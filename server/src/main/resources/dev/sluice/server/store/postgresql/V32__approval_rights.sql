-- What a request gives a right to, whether an emergency of it owes a review, and since when further
-- people were told of it.
ALTER TABLE approval ADD COLUMN right_kind TEXT NOT NULL DEFAULT 'run';
ALTER TABLE approval ADD COLUMN owes_review BIGINT NOT NULL DEFAULT 0;
ALTER TABLE approval ADD COLUMN escalate_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE approval ADD COLUMN nudged_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX approval_right ON approval (requester_key, right_kind, state);
CREATE INDEX approval_owed ON approval (owes_review, requester_key);

-- What people say about a request without deciding it.
CREATE TABLE approval_comment (
  id TEXT PRIMARY KEY,
  request_id TEXT NOT NULL REFERENCES approval (id),
  author TEXT NOT NULL,
  author_name TEXT NOT NULL,
  said_at BIGINT NOT NULL,
  words TEXT NOT NULL,
  proposed TEXT NOT NULL
);
CREATE INDEX approval_comment_request ON approval_comment (request_id, said_at);

-- Who fills whose seat while somebody is away.
CREATE TABLE delegation (
  absent TEXT PRIMARY KEY,
  absent_actor TEXT NOT NULL,
  delegate TEXT NOT NULL,
  begins_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL
);
