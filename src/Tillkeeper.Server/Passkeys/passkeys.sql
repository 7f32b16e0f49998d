-- Passkeys of owners, as they were enrolled; only a confirmed one ends locks.
CREATE TABLE IF NOT EXISTS passkeys (
  id TEXT PRIMARY KEY, person TEXT NOT NULL, place TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL,
  credential BLOB NOT NULL, data TEXT NOT NULL, sign_count INTEGER NOT NULL, backed_up INTEGER NOT NULL, enrolled_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS passkeys_by_credential ON passkeys (credential);
CREATE INDEX IF NOT EXISTS passkeys_by_person ON passkeys (person, status);
