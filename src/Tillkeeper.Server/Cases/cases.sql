-- What is searched and sorted by beside a case itself: its number for the telephone, who owes it, until when, how the shop liked it.
CREATE TABLE IF NOT EXISTS case_facts (
  id TEXT PRIMARY KEY, number TEXT, due INTEGER, overdue INTEGER NOT NULL, assignee TEXT, merged_into TEXT, score INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS case_facts_by_number ON case_facts (number);
