-- The log is the truth; everything below the line is derived from it or kept beside it.
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- place = shard << 48 | seq: rows of one shard lie together, in commit order, without a second index.
CREATE TABLE IF NOT EXISTS events (
  place INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,
  previous INTEGER NOT NULL,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  source TEXT NOT NULL,
  data BLOB NOT NULL,
  hash BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS shards (
  shard INTEGER PRIMARY KEY,
  last_seq INTEGER NOT NULL,
  head_hash BLOB NOT NULL
);

-- One row a stream: its last number, its last place and the fold of it. With row ids, unlike the tables below: a fold is larger than
-- the kilobyte that a row without one keeps on its page, and every change would make and free an overflow page.
CREATE TABLE IF NOT EXISTS streams (
  stream TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  last_place INTEGER NOT NULL,
  state BLOB NOT NULL
);

-- Views ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS orgs (
  id TEXT PRIMARY KEY, parent TEXT NOT NULL, place TEXT NOT NULL, name TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS merchants (
  id TEXT PRIMARY KEY, place TEXT NOT NULL, name TEXT NOT NULL, identity_kind TEXT NOT NULL,
  identity_number TEXT NOT NULL, personal_data TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS merchants_by_name ON merchants (name);

CREATE TABLE IF NOT EXISTS keys (
  id TEXT PRIMARY KEY, secret_hash BLOB NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, place TEXT NOT NULL,
  created_at INTEGER NOT NULL, revoked_at INTEGER, person TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS keys_by_person ON keys (person);

CREATE TABLE IF NOT EXISTS terminals (
  id TEXT PRIMARY KEY, serial TEXT NOT NULL UNIQUE, merchant TEXT NOT NULL, place TEXT NOT NULL, model TEXT NOT NULL,
  version TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS terminals_by_place ON terminals (place, id);
CREATE INDEX IF NOT EXISTS terminals_by_merchant ON terminals (merchant, id);

CREATE TABLE IF NOT EXISTS bindings (
  acquirer TEXT NOT NULL, tid TEXT NOT NULL, terminal TEXT NOT NULL, mid TEXT NOT NULL, PRIMARY KEY (acquirer, tid)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS bindings_by_terminal ON bindings (terminal);
CREATE INDEX IF NOT EXISTS bindings_by_tid ON bindings (tid);

CREATE TABLE IF NOT EXISTS enrolment_codes (
  code_hash TEXT PRIMARY KEY, terminal TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS orders (
  terminal TEXT NOT NULL, epoch INTEGER NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, lock_id TEXT,
  issued_at INTEGER NOT NULL, expires_at INTEGER, payload BLOB NOT NULL, PRIMARY KEY (terminal, epoch, number)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS batch_locks (
  batch TEXT NOT NULL, terminal TEXT NOT NULL, lock_id TEXT NOT NULL, place TEXT NOT NULL, PRIMARY KEY (batch, terminal)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS cases (
  id TEXT PRIMARY KEY, terminal TEXT NOT NULL, place TEXT NOT NULL, lock_id TEXT NOT NULL, cause TEXT NOT NULL,
  way_out TEXT NOT NULL, status TEXT NOT NULL, opened_by TEXT NOT NULL, opened_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS cases_by_terminal ON cases (terminal, status);
CREATE INDEX IF NOT EXISTS cases_by_status ON cases (status, id);
CREATE INDEX IF NOT EXISTS cases_open ON cases (place, id) WHERE status = 'open';

CREATE TABLE IF NOT EXISTS case_documents (
  case_id TEXT NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, bytes INTEGER NOT NULL,
  person TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (case_id, number)
) WITHOUT ROWID;

-- What rules have found, one row a finding: where the terminal stood then, what came of it, when the server learnt of it.
CREATE TABLE IF NOT EXISTS rule_hits (
  rule TEXT NOT NULL, effect TEXT NOT NULL, terminal TEXT NOT NULL, place TEXT NOT NULL, part TEXT, lock_id TEXT,
  at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS rule_hits_by_time ON rule_hits (at);
CREATE INDEX IF NOT EXISTS rule_hits_by_rule ON rule_hits (rule, effect, at);

-- Kept beside the log -------------------------------------------------------------------------------------------------------

-- Certificates as issued, so that the same code with the same key gets the same answer again.
CREATE TABLE IF NOT EXISTS certificates (
  serial TEXT PRIMARY KEY, terminal TEXT NOT NULL, epoch INTEGER NOT NULL, key_hash TEXT NOT NULL, pem TEXT NOT NULL
) WITHOUT ROWID;

-- Data of persons: encrypted for each by a key of its own; deleting the row erases it, the chain still verifies.
CREATE TABLE IF NOT EXISTS personal_data (
  id TEXT PRIMARY KEY, sealed BLOB NOT NULL, erase_after INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS documents (
  id TEXT PRIMARY KEY, content_type TEXT NOT NULL, sealed BLOB NOT NULL, erase_after INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS idempotency (
  key TEXT PRIMARY KEY, body_hash BLOB NOT NULL, at INTEGER NOT NULL, status INTEGER, response BLOB
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS sealed (
  name TEXT PRIMARY KEY, bytes BLOB NOT NULL
) WITHOUT ROWID;
