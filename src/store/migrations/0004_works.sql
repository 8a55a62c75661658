-- What follows from the rows of documents: works that several rows list, names of journals, roles, sentences.
-- Derived with the rows, and anew where another version of the program derived them.

-- 0 until this program has derived what older rows lack.
ALTER TABLE archive ADD COLUMN derived INTEGER NOT NULL DEFAULT 0;

-- Keys of papers and rights: rows that share one list one work.
CREATE TABLE work_key (
    key         TEXT NOT NULL,
    row_id      TEXT NOT NULL,
    document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    method      TEXT NOT NULL,
    PRIMARY KEY (key, row_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX work_key_by_row ON work_key (row_id, key);
CREATE INDEX work_key_by_document ON work_key (document_id, row_id);

CREATE TABLE work (
    row_id      TEXT PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('paper', 'ip')),
    work_id     TEXT NOT NULL,
    document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX work_by_id ON work (kind, work_id, document_id);
CREATE INDEX work_by_document ON work (document_id);

-- The names under which documents print a journal.
CREATE TABLE journal_name (
    journal_id  TEXT NOT NULL REFERENCES journal (id) ON DELETE CASCADE,
    name_key    TEXT NOT NULL,
    document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    name        TEXT NOT NULL,
    -- The address that the journal has, or once had, by this name alone.
    address     TEXT NOT NULL,
    PRIMARY KEY (journal_id, name_key, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_name_by_document ON journal_name (document_id);
CREATE INDEX journal_name_by_address ON journal_name (address);

-- What a contributor is: by title and post as printed, and by the papers and rights that bear the name.
CREATE TABLE contribution_role (
    contribution_id TEXT NOT NULL REFERENCES contribution (id) ON DELETE CASCADE,
    source          TEXT NOT NULL CHECK (source IN ('title', 'post', 'work')),
    role            TEXT NOT NULL,
    PRIMARY KEY (contribution_id, source, role)
) STRICT, WITHOUT ROWID;

-- The sentence of a contribution that credits a claim.
ALTER TABLE contribution_claim ADD COLUMN sentence TEXT;
ALTER TABLE contribution_claim ADD COLUMN span_start INTEGER;
ALTER TABLE contribution_claim ADD COLUMN span_end INTEGER;
