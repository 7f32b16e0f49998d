-- Who came and went last, and when: what "offline since" rests on after a restart.
CREATE TABLE IF NOT EXISTS presence (
  terminal TEXT PRIMARY KEY, online INTEGER NOT NULL, since INTEGER NOT NULL, last_seen INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS presence_by_time ON presence (online, since);
