-- Locks for many terminals, or for later: what was asked, and how far it is.
CREATE TABLE IF NOT EXISTS lock_batches (
  id TEXT PRIMARY KEY, place TEXT NOT NULL, person TEXT NOT NULL, status TEXT NOT NULL, at INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS lock_batches_by_status ON lock_batches (status, id);
