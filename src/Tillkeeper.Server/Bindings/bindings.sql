-- Replacements and relocations, where the terminal stood when they were proposed.
CREATE TABLE IF NOT EXISTS binding_changes (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, terminal TEXT NOT NULL, new_terminal TEXT, place TEXT NOT NULL,
  status TEXT NOT NULL, proposed_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS binding_changes_by_terminal ON binding_changes (terminal, status);
