CREATE TABLE IF NOT EXISTS webhooks (
  id TEXT PRIMARY KEY, place TEXT NOT NULL, host TEXT NOT NULL, events TEXT NOT NULL, created_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Kept beside the log: where they go and what signs them, sealed; how far each has followed the log; what waits to be delivered.
CREATE TABLE IF NOT EXISTS webhook_secrets (
  webhook TEXT PRIMARY KEY, sealed BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS webhook_cursors (
  webhook TEXT NOT NULL, shard INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (webhook, shard)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS webhook_letters (
  number INTEGER PRIMARY KEY AUTOINCREMENT, webhook TEXT NOT NULL, event TEXT NOT NULL, type TEXT NOT NULL, subject TEXT NOT NULL,
  body BLOB NOT NULL, attempts INTEGER NOT NULL, next_at INTEGER NOT NULL, dead_at INTEGER, problem TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS webhook_letters_by_subject ON webhook_letters (webhook, subject, number) WHERE dead_at IS NULL;
CREATE INDEX IF NOT EXISTS webhook_letters_dead ON webhook_letters (webhook, number) WHERE dead_at IS NOT NULL;
