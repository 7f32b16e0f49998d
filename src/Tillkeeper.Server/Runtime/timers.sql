-- What is to happen by itself at a certain time. A view like any other: set and cancelled by projections alone.
CREATE TABLE IF NOT EXISTS timers (
  kind TEXT NOT NULL, key TEXT NOT NULL, due INTEGER NOT NULL, PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS timers_by_due ON timers (due);
