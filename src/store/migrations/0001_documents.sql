-- Documents, what they say, and the log of changes.
-- Columns named `…_key` hold the folded name: by it names are compared and lists are sorted.

CREATE TABLE archive (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    -- Tells this record from every other one: an index derived from another is of no use here.
    origin  TEXT NOT NULL,
    -- 1 while the first documents are being taken in.
    seeding INTEGER NOT NULL
) STRICT;
INSERT INTO archive (one, origin, seeding) VALUES (1, lower(hex(randomblob(16))), 0);

CREATE TABLE document (
    id          TEXT PRIMARY KEY,
    -- What makes two files versions of one document.
    identity    TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL CHECK (kind IN ('dossier', 'article')),
    title       TEXT,
    title_key   TEXT NOT NULL,
    award       TEXT,
    category    TEXT,
    year        INTEGER,
    recommender TEXT,
    sha256      TEXT NOT NULL UNIQUE,
    path        TEXT NOT NULL,
    format      TEXT NOT NULL,
    encoding    TEXT NOT NULL,
    added       TEXT NOT NULL,
    updated     TEXT NOT NULL,
    -- Long columns last: what stands before them is read without them.
    dossier     TEXT NOT NULL,
    text        TEXT NOT NULL,
    bytes       BLOB NOT NULL
) STRICT;
CREATE INDEX document_by_title ON document (title_key, id);

CREATE TABLE institution (
    id       TEXT PRIMARY KEY,
    key      TEXT NOT NULL UNIQUE,
    name     TEXT NOT NULL,
    name_key TEXT NOT NULL
) STRICT;
CREATE INDEX institution_by_name ON institution (name_key, id);

CREATE TABLE institution_alias (
    institution_id TEXT NOT NULL REFERENCES institution (id) ON DELETE CASCADE,
    document_id    TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    name           TEXT NOT NULL,
    name_key       TEXT NOT NULL,
    evidence       TEXT NOT NULL,
    field          TEXT NOT NULL,
    PRIMARY KEY (institution_id, name_key, document_id)
) STRICT;
CREATE INDEX institution_alias_by_document ON institution_alias (document_id);
CREATE INDEX institution_alias_by_name ON institution_alias (name_key);

CREATE TABLE person (
    id             TEXT PRIMARY KEY,
    key            TEXT NOT NULL UNIQUE,
    name           TEXT NOT NULL,
    name_key       TEXT NOT NULL,
    institution_id TEXT REFERENCES institution (id)
) STRICT;
CREATE INDEX person_by_name ON person (name_key, id);
CREATE INDEX person_by_institution ON person (institution_id);

CREATE TABLE journal (
    id       TEXT PRIMARY KEY,
    key      TEXT NOT NULL UNIQUE,
    name     TEXT NOT NULL,
    name_key TEXT NOT NULL
) STRICT;
CREATE INDEX journal_by_name ON journal (name_key, id);

CREATE TABLE claim (
    id          TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    name        TEXT NOT NULL,
    name_key    TEXT NOT NULL,
    claim       TEXT NOT NULL,
    UNIQUE (document_id, position)
) STRICT;
CREATE INDEX claim_by_name ON claim (name_key, id);

CREATE TABLE paper (
    id          TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    journal_id  TEXT REFERENCES journal (id),
    name        TEXT NOT NULL,
    name_key    TEXT NOT NULL,
    paper       TEXT NOT NULL,
    UNIQUE (document_id, position)
) STRICT;
CREATE INDEX paper_by_name ON paper (name_key, id);
CREATE INDEX paper_by_journal ON paper (journal_id);

CREATE TABLE ip (
    id          TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    name        TEXT NOT NULL,
    name_key    TEXT NOT NULL,
    ip          TEXT NOT NULL,
    UNIQUE (document_id, position)
) STRICT;
CREATE INDEX ip_by_name ON ip (name_key, id);

CREATE TABLE contribution (
    id                 TEXT PRIMARY KEY,
    document_id        TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    position           INTEGER NOT NULL,
    person_id          TEXT NOT NULL REFERENCES person (id),
    person_method      TEXT NOT NULL,
    institution_id     TEXT REFERENCES institution (id),
    institution_method TEXT,
    -- Where it is another than the institution.
    employer_id        TEXT REFERENCES institution (id),
    rank               INTEGER,
    contributor        TEXT NOT NULL,
    UNIQUE (document_id, position)
) STRICT;
CREATE INDEX contribution_by_person ON contribution (person_id);
CREATE INDEX contribution_by_institution ON contribution (institution_id);
CREATE INDEX contribution_by_employer ON contribution (employer_id);

CREATE TABLE contribution_claim (
    contribution_id TEXT NOT NULL REFERENCES contribution (id) ON DELETE CASCADE,
    number          INTEGER NOT NULL,
    PRIMARY KEY (contribution_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX contribution_claim_by_number ON contribution_claim (number);

CREATE TABLE completing_institution (
    document_id    TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    position       INTEGER NOT NULL,
    institution_id TEXT NOT NULL REFERENCES institution (id),
    method         TEXT NOT NULL,
    rank           INTEGER,
    institution    TEXT NOT NULL,
    PRIMARY KEY (document_id, position)
) STRICT;
CREATE INDEX completing_institution_by_institution ON completing_institution (institution_id);

CREATE TABLE paper_person (
    paper_id      TEXT NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
    person_id     TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    -- In the order of the authors.
    position      INTEGER NOT NULL,
    corresponding INTEGER NOT NULL CHECK (corresponding IN (0, 1)),
    PRIMARY KEY (paper_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_person_by_person ON paper_person (person_id);

CREATE TABLE ip_person (
    ip_id     TEXT NOT NULL REFERENCES ip (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    -- In the order of the holders.
    position  INTEGER NOT NULL,
    PRIMARY KEY (ip_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ip_person_by_person ON ip_person (person_id);

-- Who is named in running text: a name, not yet a person or an institution.
CREATE TABLE mention (
    document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL CHECK (kind IN ('person', 'institution')),
    position    INTEGER NOT NULL,
    name        TEXT NOT NULL,
    name_key    TEXT NOT NULL,
    -- Printed beside a person's name.
    institution TEXT,
    PRIMARY KEY (document_id, kind, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_by_name ON mention (name_key, kind);

-- One printing for all values of a facet that differ by script, width or case only.
CREATE TABLE facet_label (
    facet  TEXT NOT NULL,
    folded TEXT NOT NULL,
    label  TEXT NOT NULL,
    PRIMARY KEY (facet, folded)
) STRICT, WITHOUT ROWID;

-- Outlives the documents it names, so that a derived index can follow.
CREATE TABLE change (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id TEXT NOT NULL,
    removed     INTEGER NOT NULL CHECK (removed IN (0, 1)),
    entities    TEXT NOT NULL,
    at          TEXT NOT NULL
) STRICT;
CREATE INDEX change_by_document ON change (document_id, seq);
