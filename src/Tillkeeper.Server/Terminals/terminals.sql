-- What the list of terminals is narrowed down and sorted by; both hold the id too, as every index of a table without row ids does.
CREATE INDEX IF NOT EXISTS terminals_by_model ON terminals (model);
CREATE INDEX IF NOT EXISTS terminals_by_version ON terminals (version);

-- Certificates that are refused, until the terminal enrols again.
CREATE TABLE IF NOT EXISTS revoked_terminals (terminal TEXT PRIMARY KEY) WITHOUT ROWID;
