-- What people have decided about records, and what it has changed.

CREATE TABLE decision (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    action        TEXT NOT NULL CHECK (action IN ('correct', 'remove', 'merge', 'split', 'rename')),
    -- Kind and address of the record it is about. An address is a hash of what the record is, so it
    -- is the same after the document is read again; it may name what is not kept at present.
    kind          TEXT NOT NULL,
    target        TEXT NOT NULL,
    -- What the action needs besides: a JSON object.
    detail        TEXT NOT NULL CHECK (json_type(detail) = 'object'),
    reason        TEXT NOT NULL CHECK (reason <> ''),
    at            TEXT NOT NULL,
    decided_by    TEXT,
    -- 1 where the present version of the document no longer says what was decided about.
    stale         INTEGER NOT NULL DEFAULT 0 CHECK (stale IN (0, 1)),
    undone_at     TEXT,
    undone_reason TEXT,
    CHECK ((undone_at IS NULL) = (undone_reason IS NULL))
) STRICT;
CREATE INDEX decision_by_target ON decision (target, id);
CREATE INDEX decision_active ON decision (action, target) WHERE undone_at IS NULL;

-- A document as it was read, where decisions make it look otherwise: `document` holds it as it is shown.
CREATE TABLE reading (
    document_id TEXT PRIMARY KEY REFERENCES document (id) ON DELETE CASCADE,
    -- What is hidden in it, where anything is.
    redaction   TEXT,
    dossier     TEXT NOT NULL,
    text        TEXT NOT NULL
) STRICT;

-- Documents that were removed by a decision, as they were read, for the day on which it is undone.
CREATE TABLE removed_document (
    id       TEXT PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE,
    sha256   TEXT NOT NULL UNIQUE,
    added    TEXT NOT NULL,
    updated  TEXT NOT NULL,
    dossier  TEXT NOT NULL,
    text     TEXT NOT NULL,
    bytes    BLOB NOT NULL
) STRICT;
