CREATE TABLE IF NOT EXISTS notification_channels (
  name TEXT PRIMARY KEY, type TEXT NOT NULL, reach TEXT NOT NULL, host TEXT NOT NULL, audiences TEXT NOT NULL, set_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS notification_parties (
  id TEXT PRIMARY KEY, place TEXT NOT NULL, language TEXT NOT NULL, opt_out TEXT NOT NULL, quiet_from TEXT NOT NULL,
  quiet_to TEXT NOT NULL, zone TEXT NOT NULL, personal_data TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS notifications (
  id TEXT PRIMARY KEY, place TEXT NOT NULL, party TEXT NOT NULL, kind TEXT NOT NULL, audience TEXT NOT NULL, channel TEXT NOT NULL,
  about TEXT NOT NULL, recipient TEXT NOT NULL, status TEXT NOT NULL, queued_at INTEGER NOT NULL, settled_at INTEGER, why TEXT,
  attempts INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS notifications_by_party ON notifications (party, channel, queued_at);

-- Kept beside the log: how each channel is reached, sealed; how far the log was followed; what waits to be sent, sealed.
CREATE TABLE IF NOT EXISTS notification_channel_secrets (
  name TEXT PRIMARY KEY, sealed BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS notification_cursors (
  shard INTEGER PRIMARY KEY, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS notification_letters (
  id TEXT PRIMARY KEY, party TEXT NOT NULL, kind TEXT NOT NULL, audience TEXT NOT NULL, channel TEXT NOT NULL, about TEXT NOT NULL,
  sealed BLOB NOT NULL, attempts INTEGER NOT NULL, next_at INTEGER NOT NULL, held INTEGER NOT NULL, problem TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS notification_letters_due ON notification_letters (channel, next_at);
CREATE INDEX IF NOT EXISTS notification_letters_about ON notification_letters (about, kind);
