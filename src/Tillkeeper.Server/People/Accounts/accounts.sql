-- People who sign in with a browser. Derived from the log.
CREATE TABLE IF NOT EXISTS accounts (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, place TEXT NOT NULL, status TEXT NOT NULL, person TEXT NOT NULL,
  invited_at INTEGER NOT NULL, signed_in_at INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS accounts_by_place ON accounts (place, id);
CREATE INDEX IF NOT EXISTS accounts_by_person ON accounts (person);

-- Beside the log: what they sign in with. The login is found by a keyed commitment and kept sealed; times are Unix milliseconds.
CREATE TABLE IF NOT EXISTS account_secrets (
  account TEXT PRIMARY KEY, login_key BLOB NOT NULL UNIQUE, login BLOB NOT NULL, verifier TEXT, former TEXT NOT NULL DEFAULT '[]',
  totp BLOB, totp_step INTEGER NOT NULL DEFAULT 0, recovery TEXT NOT NULL DEFAULT '[]', invitation BLOB, invited_until INTEGER
) WITHOUT ROWID;

-- Beside the log: passkeys that people sign in with; the log names them by id.
CREATE TABLE IF NOT EXISTS account_passkeys (
  id TEXT PRIMARY KEY, account TEXT NOT NULL, name TEXT NOT NULL, credential BLOB NOT NULL, data TEXT NOT NULL, sign_count INTEGER NOT NULL,
  backed_up INTEGER NOT NULL, since INTEGER NOT NULL, used_at INTEGER
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS account_passkeys_by_credential ON account_passkeys (credential);
CREATE INDEX IF NOT EXISTS account_passkeys_by_account ON account_passkeys (account, since);

-- Beside the log: challenges that were answered, until they are too old anyway; the id is a SHA-256.
CREATE TABLE IF NOT EXISTS answered_challenges (id BLOB PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS answered_challenges_by_time ON answered_challenges (until);

-- Beside the log: tries since the last success, by whom and from which device; counted before they are judged.
CREATE TABLE IF NOT EXISTS sign_in_tries (
  who BLOB NOT NULL, device TEXT NOT NULL, tries INTEGER NOT NULL, last_at INTEGER NOT NULL, PRIMARY KEY (who, device)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sign_in_tries_by_time ON sign_in_tries (last_at);

-- Beside the log: who is in. The id is the SHA-256 of what the cookie holds.
CREATE TABLE IF NOT EXISTS sessions (
  id BLOB PRIMARY KEY, account TEXT NOT NULL, device TEXT NOT NULL, address TEXT NOT NULL, since INTEGER NOT NULL, seen INTEGER NOT NULL,
  authenticated_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sessions_by_account ON sessions (account, since);
