-- How an acquirer's settlement files are read.
CREATE TABLE IF NOT EXISTS settlement_mappings (
  acquirer TEXT PRIMARY KEY, mapping TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS settlements (
  id TEXT PRIMARY KEY, merchant TEXT NOT NULL, place TEXT NOT NULL, acquirer TEXT NOT NULL, name TEXT NOT NULL,
  sha256 TEXT NOT NULL, lines INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL, at INTEGER NOT NULL,
  UNIQUE (merchant, acquirer, sha256)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS settlements_by_place ON settlements (place, id);

-- The lines that account for money, each with the record that it was matched with.
CREATE TABLE IF NOT EXISTS settlement_lines (
  settlement TEXT NOT NULL, line INTEGER NOT NULL, merchant TEXT NOT NULL, acquirer TEXT NOT NULL, at INTEGER NOT NULL,
  amount INTEGER NOT NULL, reference TEXT NOT NULL, duplicate INTEGER NOT NULL, record TEXT, PRIMARY KEY (settlement, line)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS settlement_lines_by_reference ON settlement_lines (merchant, acquirer, reference);
