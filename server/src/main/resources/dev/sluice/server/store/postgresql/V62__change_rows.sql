-- Rows before and after an approved change, sealed; forgotten with the log entries of the request.
CREATE TABLE change_rows (
  execution_id TEXT PRIMARY KEY,
  request_id TEXT NOT NULL,
  sealed TEXT NOT NULL
);
CREATE INDEX change_rows_of_request ON change_rows (request_id);
