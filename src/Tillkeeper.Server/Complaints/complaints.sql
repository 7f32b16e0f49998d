-- Complaints against locks, decisions and delays, and reports of violations.
CREATE TABLE IF NOT EXISTS complaints (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, place TEXT NOT NULL, status TEXT NOT NULL, level TEXT NOT NULL, due INTEGER,
  terminal TEXT, lock_id TEXT, case_id TEXT, cause TEXT, by_provider INTEGER NOT NULL, outcome TEXT, opened_by TEXT NOT NULL,
  opened_at INTEGER NOT NULL, settled_at INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS complaints_by_settled ON complaints (settled_at);
