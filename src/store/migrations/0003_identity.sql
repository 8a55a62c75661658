-- Who is who. A node is what the key of a mention makes one by itself; an entity (person, institution) is
-- what several nodes are together. The rows of documents bear both: the node never changes, the entity
-- follows what becomes known and what is decided.

-- Version of the program's resolver that wrote the nodes; 0 where none has.
ALTER TABLE archive ADD COLUMN resolver INTEGER NOT NULL DEFAULT 0;

CREATE TABLE identity_node (
    -- The address of the entity, were the node alone.
    id               TEXT PRIMARY KEY,
    kind             TEXT NOT NULL CHECK (kind IN ('person', 'institution')),
    key              TEXT NOT NULL,
    entity_id        TEXT NOT NULL,
    name             TEXT NOT NULL,
    -- Why its mentions are one.
    method           TEXT NOT NULL,
    -- By which a person is told from others of the name.
    institution_node TEXT,
    -- How many documents mention it.
    documents        INTEGER NOT NULL,
    UNIQUE (kind, key)
) STRICT;
CREATE INDEX identity_node_by_entity ON identity_node (entity_id);
CREATE INDEX identity_node_by_institution ON identity_node (institution_node) WHERE institution_node IS NOT NULL;
CREATE INDEX identity_node_in_several ON identity_node (kind, entity_id) WHERE documents > 1;

-- What may make a person one with others of the same name: the token names both, so an equal token is
-- what two have in common.
CREATE TABLE identity_fact (
    token            TEXT NOT NULL,
    node_id          TEXT NOT NULL,
    document_id      TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    field            TEXT NOT NULL,
    method           TEXT NOT NULL,
    score            REAL NOT NULL,
    printed          TEXT NOT NULL,
    -- Where the token names an institution.
    institution_node TEXT,
    PRIMARY KEY (token, node_id, document_id, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_fact_by_node ON identity_fact (node_id, token);
CREATE INDEX identity_fact_by_document ON identity_fact (document_id);
CREATE INDEX identity_fact_by_institution ON identity_fact (institution_node, node_id)
    WHERE institution_node IS NOT NULL;

-- A person's name with one character left open, beside what near names have to share to be compared.
CREATE TABLE identity_near (
    token       TEXT NOT NULL,
    node_id     TEXT NOT NULL,
    document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    PRIMARY KEY (token, node_id, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_near_by_node ON identity_near (node_id, token);
CREATE INDEX identity_near_by_document ON identity_near (document_id);

-- What made several nodes one entity.
CREATE TABLE identity_bond (
    entity_id TEXT NOT NULL,
    kind      TEXT NOT NULL,
    method    TEXT NOT NULL,
    -- Of the facts, or of a decision its number.
    token     TEXT NOT NULL,
    PRIMARY KEY (entity_id, method, token)
) STRICT, WITHOUT ROWID;

-- What is near and yet not one.
CREATE TABLE suggestion (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL,
    node_id     TEXT NOT NULL,
    -- NULL where the other is a printed name without a record.
    other_node  TEXT,
    other_name  TEXT NOT NULL,
    method      TEXT NOT NULL,
    score       REAL NOT NULL,
    -- What they have in common: a token; NULL for a name printed in `document_id`.
    token       TEXT,
    document_id TEXT REFERENCES document (id) ON DELETE CASCADE,
    field       TEXT
) STRICT;
CREATE INDEX suggestion_by_node ON suggestion (node_id);
CREATE INDEX suggestion_by_other ON suggestion (other_node);
CREATE INDEX suggestion_by_document ON suggestion (document_id) WHERE document_id IS NOT NULL;

-- Which nodes a decision of merge, split or rename is about: those that the records had when it was taken.
CREATE TABLE identity_decision (
    node_id     TEXT NOT NULL,
    decision_id INTEGER NOT NULL REFERENCES decision (id) ON DELETE CASCADE,
    -- 0 for the record decided about, 1 for the one that it is made one with or told from.
    side        INTEGER NOT NULL CHECK (side IN (0, 1)),
    -- Of a split: the document whose mention stands alone.
    document_id TEXT,
    PRIMARY KEY (node_id, decision_id, side)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_decision_by_decision ON identity_decision (decision_id);
CREATE INDEX identity_decision_by_document ON identity_decision (document_id) WHERE document_id IS NOT NULL;

-- Where the record of an address that was given away is now, where no node says so.
CREATE TABLE redirect (
    id     TEXT PRIMARY KEY,
    target TEXT NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE contribution ADD COLUMN person_node TEXT NOT NULL DEFAULT '';
ALTER TABLE contribution ADD COLUMN institution_node TEXT;
ALTER TABLE contribution ADD COLUMN employer_node TEXT;
CREATE INDEX contribution_by_person_node ON contribution (person_node, document_id);
CREATE INDEX contribution_by_institution_node ON contribution (institution_node, document_id);
CREATE INDEX contribution_by_employer_node ON contribution (employer_node, document_id);
CREATE INDEX contribution_by_alias ON contribution (institution_id) WHERE institution_method <> 'same-name';

ALTER TABLE completing_institution ADD COLUMN institution_node TEXT NOT NULL DEFAULT '';
CREATE INDEX completing_institution_by_node ON completing_institution (institution_node, document_id);
CREATE INDEX completing_institution_by_alias ON completing_institution (institution_id)
    WHERE method <> 'same-name';

-- The ties below are written anew by the resolver when the data directory is opened.
DROP TABLE institution_alias;
CREATE TABLE institution_alias (
    institution_id   TEXT NOT NULL REFERENCES institution (id) ON DELETE CASCADE,
    institution_node TEXT NOT NULL,
    -- The node that bears the name as its own, where there is one.
    alias_node       TEXT NOT NULL,
    document_id      TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    name             TEXT NOT NULL,
    name_key         TEXT NOT NULL,
    evidence         TEXT NOT NULL,
    field            TEXT NOT NULL,
    PRIMARY KEY (institution_node, name_key, document_id)
) STRICT;
CREATE INDEX institution_alias_by_institution ON institution_alias (institution_id, name_key);
CREATE INDEX institution_alias_by_document ON institution_alias (document_id);
CREATE INDEX institution_alias_by_name ON institution_alias (name_key);
CREATE INDEX institution_alias_by_alias ON institution_alias (alias_node, institution_node);
CREATE INDEX institution_alias_by_node ON institution_alias (institution_node, alias_node);

DROP TABLE paper_person;
CREATE TABLE paper_person (
    paper_id      TEXT NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
    person_id     TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    person_node   TEXT NOT NULL,
    -- In the order of the authors.
    position      INTEGER NOT NULL,
    corresponding INTEGER NOT NULL CHECK (corresponding IN (0, 1)),
    printed       TEXT NOT NULL,
    method        TEXT NOT NULL,
    score         REAL NOT NULL,
    PRIMARY KEY (paper_id, person_node)
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_person_by_person ON paper_person (person_id);
CREATE INDEX paper_person_by_node ON paper_person (person_node);
CREATE INDEX paper_person_in_latin ON paper_person (person_id) WHERE method <> 'same-name';

DROP TABLE ip_person;
CREATE TABLE ip_person (
    ip_id       TEXT NOT NULL REFERENCES ip (id) ON DELETE CASCADE,
    person_id   TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    person_node TEXT NOT NULL,
    -- In the order of the holders.
    position    INTEGER NOT NULL,
    printed     TEXT NOT NULL,
    method      TEXT NOT NULL,
    score       REAL NOT NULL,
    PRIMARY KEY (ip_id, person_node)
) STRICT, WITHOUT ROWID;
CREATE INDEX ip_person_by_person ON ip_person (person_id);
CREATE INDEX ip_person_by_node ON ip_person (person_node);
CREATE INDEX ip_person_in_latin ON ip_person (person_id) WHERE method <> 'same-name';

-- Every reason why something is one record, each once; `subject` says where its evidence stands.
CREATE VIEW joined (kind, entity_id, method, form, subject) AS
    SELECT kind, entity_id, method, 'mentions', id FROM identity_node WHERE documents > 1
    UNION ALL SELECT kind, entity_id, method, 'bond', token FROM identity_bond
    UNION ALL SELECT 'person', person_id, method, 'author', paper_id || '/' || person_node
        FROM paper_person WHERE method <> 'same-name'
    UNION ALL SELECT 'person', person_id, method, 'holder', ip_id || '/' || person_node
        FROM ip_person WHERE method <> 'same-name'
    UNION ALL SELECT 'institution', institution_id, method, 'completing', document_id || '/' || position
        FROM completing_institution WHERE method <> 'same-name'
    UNION ALL SELECT 'institution', institution_id, institution_method, 'contributor', min(id)
        FROM contribution WHERE institution_method <> 'same-name' AND institution_id IS NOT NULL
        GROUP BY institution_id, institution_method, document_id;
