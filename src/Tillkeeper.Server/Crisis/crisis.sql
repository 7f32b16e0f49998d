-- Terminals that can be locked at all: what a share of the fleet is a share of.
CREATE TABLE IF NOT EXISTS enrolled (terminal TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS crises (
  id TEXT PRIMARY KEY, rule TEXT, batch TEXT, status TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER, opened_at INTEGER NOT NULL,
  message TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS crises_by_rule ON crises (rule, opened_at);
CREATE INDEX IF NOT EXISTS crises_by_time ON crises (opened_at, id);

-- What the undoing of a crisis did to each lock.
CREATE TABLE IF NOT EXISTS crisis_undone (
  crisis TEXT NOT NULL, terminal TEXT NOT NULL, lock_id TEXT NOT NULL, outcome TEXT NOT NULL,
  PRIMARY KEY (crisis, terminal, lock_id)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS rule_hits_by_lock ON rule_hits (lock_id) WHERE lock_id IS NOT NULL;
