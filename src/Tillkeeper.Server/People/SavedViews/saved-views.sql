-- Beside the log: lists as somebody narrowed them down and wants them again. Nobody else sees them.
CREATE TABLE IF NOT EXISTS saved_views (
  person TEXT NOT NULL, list TEXT NOT NULL, name TEXT NOT NULL, query TEXT NOT NULL, PRIMARY KEY (person, list, name)
) WITHOUT ROWID;
