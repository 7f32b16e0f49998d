-- Investigations of locks (W8), and the locks that each is about.
CREATE TABLE IF NOT EXISTS investigations (
  id TEXT PRIMARY KEY, place TEXT NOT NULL, status TEXT NOT NULL, opened_at INTEGER NOT NULL, closed_at INTEGER, false_lock INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS investigation_locks (
  investigation TEXT NOT NULL, terminal TEXT NOT NULL, lock_id TEXT NOT NULL, PRIMARY KEY (investigation, terminal, lock_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS investigation_locks_by_lock ON investigation_locks (terminal, lock_id);
