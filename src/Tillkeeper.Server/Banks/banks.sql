-- Banks whose app may speak for the owner of a terminal, with the key that they sign with.
CREATE TABLE IF NOT EXISTS banks (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT NOT NULL, kid TEXT NOT NULL, public_key BLOB NOT NULL
) WITHOUT ROWID;
-- Which terminal is bound to which person's card: the bank's own opaque reference. It holds for the merchant it was made for.
CREATE TABLE IF NOT EXISTS bank_cards (
  terminal TEXT PRIMARY KEY, merchant TEXT NOT NULL, bank TEXT NOT NULL, reference TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS bank_cards_by_reference ON bank_cards (bank, reference);
CREATE TABLE IF NOT EXISTS bank_requests (
  id TEXT PRIMARY KEY, terminal TEXT NOT NULL, action TEXT NOT NULL, status TEXT NOT NULL, asked_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS bank_requests_by_terminal ON bank_requests (terminal, asked_at);
