-- Repairs, where the terminal stood when it was opened.
CREATE TABLE IF NOT EXISTS repairs (
  id TEXT PRIMARY KEY, terminal TEXT NOT NULL, place TEXT NOT NULL, part TEXT NOT NULL, status TEXT NOT NULL,
  holder TEXT NOT NULL, opened_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS repairs_by_terminal ON repairs (terminal, status);

-- What wears out, the newest replacement of each part: it has to be replaced again in time.
CREATE TABLE IF NOT EXISTS wear_parts (
  terminal TEXT NOT NULL, part TEXT NOT NULL, repair TEXT NOT NULL, replaced_at INTEGER NOT NULL, due_on TEXT,
  PRIMARY KEY (terminal, part)
) WITHOUT ROWID;
