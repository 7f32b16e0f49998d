-- Planned maintenance that shops are told of beforehand.
CREATE TABLE IF NOT EXISTS announcements (
  id TEXT PRIMARY KEY, place TEXT NOT NULL, begins INTEGER NOT NULL, ends INTEGER NOT NULL, text_en TEXT NOT NULL,
  text_zh TEXT NOT NULL, working_days INTEGER NOT NULL, urgent TEXT, made_at INTEGER NOT NULL, withdrawn_at INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS announcements_by_end ON announcements (ends, id);
