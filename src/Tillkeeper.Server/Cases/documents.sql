-- By what a document is recognised in another case: a keyed hash of its content. Erased with the document.
CREATE TABLE IF NOT EXISTS document_marks (
  document TEXT PRIMARY KEY, case_id TEXT NOT NULL, mark BLOB NOT NULL, erase_after INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS document_marks_by_mark ON document_marks (mark);
