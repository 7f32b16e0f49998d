-- The policies in force, one row a target, and everything that was ever set there.
CREATE TABLE IF NOT EXISTS policies (
  target TEXT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, revision INTEGER NOT NULL, document TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS policy_history (
  target TEXT NOT NULL, revision INTEGER NOT NULL, at INTEGER NOT NULL, person TEXT NOT NULL, reason TEXT NOT NULL,
  document TEXT, PRIMARY KEY (target, revision)
);

-- What the first of two people asked for, one row a target.
CREATE TABLE IF NOT EXISTS policy_proposals (
  target TEXT PRIMARY KEY, at INTEGER NOT NULL, person TEXT NOT NULL, reason TEXT NOT NULL, document TEXT NOT NULL, base INTEGER NOT NULL
) WITHOUT ROWID;

-- One row: how far the revisions have come. The stamp is new with every change, also where two changes had the same number, one of
-- them rolled back.
CREATE TABLE IF NOT EXISTS policy_book (
  id INTEGER PRIMARY KEY CHECK (id = 1), revision INTEGER NOT NULL, stamp TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS forced_rules (rule TEXT PRIMARY KEY, crisis TEXT NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID;

-- How far each change has come to the terminals; what is not done is gone on with, also after a crash.
CREATE TABLE IF NOT EXISTS policy_rollouts (
  revision INTEGER PRIMARY KEY, target TEXT NOT NULL, after TEXT NOT NULL, checked INTEGER NOT NULL, ordered INTEGER NOT NULL,
  skipped INTEGER NOT NULL, begun_at INTEGER NOT NULL, done_at INTEGER
);
CREATE INDEX IF NOT EXISTS policy_rollouts_open ON policy_rollouts (revision) WHERE done_at IS NULL;

-- The last policy ordered for each terminal: by what it differs from the defaults, and whether the terminal has taken it.
CREATE TABLE IF NOT EXISTS terminal_policies (
  terminal TEXT PRIMARY KEY, number INTEGER NOT NULL, version INTEGER NOT NULL, ordered_at INTEGER NOT NULL,
  essence TEXT NOT NULL, status TEXT NOT NULL
) WITHOUT ROWID;

-- Which terminals stand in a store that has a name.
CREATE TABLE IF NOT EXISTS terminal_stores (
  terminal TEXT PRIMARY KEY, merchant TEXT NOT NULL, store TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS terminal_stores_by_name ON terminal_stores (merchant, store);
