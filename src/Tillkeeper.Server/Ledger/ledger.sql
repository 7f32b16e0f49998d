-- Payments that terminals wrote down by hand, as reported: one row a record, never changed. The place is the terminal's of then.
CREATE TABLE IF NOT EXISTS manual_records (
  id TEXT PRIMARY KEY, terminal TEXT NOT NULL, merchant TEXT NOT NULL, place TEXT NOT NULL, book TEXT NOT NULL,
  number INTEGER NOT NULL, amount INTEGER NOT NULL, method TEXT NOT NULL, at INTEGER NOT NULL, reported_at INTEGER NOT NULL,
  operator TEXT, signed_in INTEGER NOT NULL, note TEXT, reference TEXT, voids INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS manual_records_by_time ON manual_records (at, id);
CREATE INDEX IF NOT EXISTS manual_records_by_merchant ON manual_records (merchant, at);
CREATE INDEX IF NOT EXISTS manual_records_by_book ON manual_records (terminal, book, number);

-- How far a record is settled; none while it is open.
CREATE TABLE IF NOT EXISTS record_states (
  record TEXT PRIMARY KEY, state TEXT NOT NULL, settlement TEXT, line INTEGER, reason TEXT, person TEXT, at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS record_states_by_settlement ON record_states (settlement, line);
