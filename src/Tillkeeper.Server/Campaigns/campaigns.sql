-- What can be installed, and who has it.
CREATE TABLE IF NOT EXISTS artifacts (
  id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, size INTEGER NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL,
  place TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE (place, name, version)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS campaigns (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, place TEXT NOT NULL, artifact TEXT NOT NULL, status TEXT NOT NULL,
  at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS campaign_terminals (
  campaign TEXT NOT NULL, terminal TEXT NOT NULL, part INTEGER NOT NULL, step TEXT NOT NULL, code TEXT,
  sha256 TEXT NOT NULL, took INTEGER, estimate INTEGER, at INTEGER NOT NULL, PRIMARY KEY (campaign, terminal)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS campaign_terminals_by_step ON campaign_terminals (campaign, step, part);
CREATE INDEX IF NOT EXISTS campaign_terminals_by_artifact ON campaign_terminals (sha256, step, at);

-- What runs at each terminal, as it last said.
CREATE TABLE IF NOT EXISTS terminal_software (
  terminal TEXT PRIMARY KEY, version TEXT NOT NULL
) WITHOUT ROWID;
