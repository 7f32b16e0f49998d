-- Every lock that the server learnt of, from begin to end: what the monthly report counts.
CREATE TABLE IF NOT EXISTS lock_spans (
  terminal TEXT NOT NULL, lock_id TEXT NOT NULL, place TEXT NOT NULL, cause TEXT NOT NULL, since INTEGER NOT NULL,
  ended_at INTEGER, expected_end INTEGER, missed INTEGER NOT NULL, PRIMARY KEY (terminal, lock_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS lock_spans_by_begin ON lock_spans (since);
-- What stands now: few, whatever there ever was.
CREATE INDEX IF NOT EXISTS lock_spans_open ON lock_spans (cause, place, terminal, since, expected_end) WHERE ended_at IS NULL;
