-- The disclosure log, ids for the public look-up of a case's status, and the anchors of the audit. Append-only.

CREATE FUNCTION log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'this log is append-only';
END $$;

-- One row per step of a disclosure; the last one says how it stands. Instants UTC.
CREATE TABLE disclosure (
    disclosure_id  uuid        NOT NULL,
    step           integer     NOT NULL CHECK (step >= 1),
    case_id        uuid        NOT NULL REFERENCES case_file,
    recipient      text        NOT NULL,
    information    text        NOT NULL,
    stated         text[]      NOT NULL, -- conditions the actor vouched for
    requested_at   timestamptz,
    smallest_cell  integer,
    exception      text,                 -- 42 CFR 480.106
    notice_sent_at timestamptz,          -- notice and copy, 42 CFR 480.105
    disclosable_at timestamptz,
    due_at         timestamptz,
    decision       text        NOT NULL CHECK (decision IN ('ALLOWED', 'NOTICE_NEEDED', 'WAITING', 'REFUSED')),
    reasons        text[]      NOT NULL, -- codes
    citation       text        NOT NULL,
    decided_at     timestamptz NOT NULL,
    sent_at        timestamptz,
    actor          text        NOT NULL,
    PRIMARY KEY (disclosure_id, step),
    CHECK (sent_at IS NULL OR decision = 'ALLOWED'),
    CHECK (sent_at IS NULL OR disclosable_at IS NULL OR sent_at >= disclosable_at)
);
CREATE INDEX disclosure_of_case ON disclosure (case_id);
CREATE TRIGGER disclosure_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON disclosure
    FOR EACH STATEMENT EXECUTE FUNCTION log_is_append_only();

-- Only digests: who reads this table cannot look anything up with it. The last issue of a case is the one that counts.
CREATE TABLE status_id (
    case_id uuid        NOT NULL REFERENCES case_file,
    issue   integer     NOT NULL CHECK (issue >= 1),
    digest  bytea       UNIQUE, -- none: from here on there is no id
    at      timestamptz NOT NULL,
    actor   text        NOT NULL,
    PRIMARY KEY (case_id, issue)
);
CREATE TRIGGER status_id_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON status_id
    FOR EACH STATEMENT EXECUTE FUNCTION log_is_append_only();

-- Anchors: what the ends of the audit's chains were at a time, sealed with a key that is not in the database, each
-- bound to the one before. Receipts of them are kept outside.
CREATE TABLE audit_anchor (
    number   bigint      PRIMARY KEY CHECK (number >= 1),
    at       timestamptz NOT NULL,
    heads    bigint      NOT NULL,
    digest   bytea       NOT NULL, -- of its heads in the order of their cases
    previous bytea       NOT NULL,
    seal     bytea       NOT NULL
);
CREATE TABLE audit_anchor_head (
    anchor  bigint NOT NULL REFERENCES audit_anchor DEFERRABLE INITIALLY DEFERRED,
    case_id uuid   NOT NULL,
    line    bigint NOT NULL,
    hash    bytea  NOT NULL,
    PRIMARY KEY (anchor, case_id)
);
CREATE INDEX audit_anchor_head_line ON audit_anchor_head (case_id, line);
CREATE TRIGGER audit_anchor_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_anchor
    FOR EACH STATEMENT EXECUTE FUNCTION log_is_append_only();
CREATE TRIGGER audit_anchor_head_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_anchor_head
    FOR EACH STATEMENT EXECUTE FUNCTION log_is_append_only();
