-- What somebody has to look at. A key may come back: then it is the next alert of that key.
CREATE TABLE IF NOT EXISTS alerts (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, number INTEGER NOT NULL, severity TEXT NOT NULL,
  place TEXT NOT NULL, terminal TEXT, status TEXT NOT NULL, owner TEXT, due INTEGER, overdue INTEGER NOT NULL,
  occurrences INTEGER NOT NULL, facts TEXT NOT NULL, opened_at INTEGER NOT NULL, last_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS alerts_by_key ON alerts (key, number);
CREATE INDEX IF NOT EXISTS alerts_by_time ON alerts (opened_at, id);
CREATE INDEX IF NOT EXISTS alerts_open ON alerts (place, overdue, severity) WHERE status = 'open';
