-- Cases, their parties, clocks and audit. All instants UTC; ``zone`` is the facility's IANA zone.

CREATE TABLE case_file (
    case_id     uuid        PRIMARY KEY,
    case_type   text        NOT NULL,
    state       text        NOT NULL,
    region      text        NOT NULL,
    zone        text        NOT NULL,
    received_at timestamptz NOT NULL,
    opened_at   timestamptz NOT NULL,
    filing      jsonb       NOT NULL, -- what was asked, without persons
    progress    jsonb       NOT NULL, -- what was done
    version     bigint      NOT NULL
);
CREATE INDEX case_file_open ON case_file (received_at, case_id) WHERE state NOT IN ('CLOSED', 'WITHDRAWN');
CREATE INDEX case_file_state ON case_file (state, received_at, case_id);

-- Parties, reviewer and rationale (42 CFR 480.101), sealed with the case id as place.
CREATE TABLE party (
    case_id uuid  PRIMARY KEY REFERENCES case_file,
    sealed  bytea NOT NULL
);

-- ``next_fire_at``: when the clock has something to say next (a soft limit, or the second after ``due_at``).
-- ``wakes``: what follows from its end is for the case to decide; every other clock only tells the world, if it may
-- (``announced``: of a sanction nothing is ever told, 42 CFR 480.101).
CREATE TABLE deadline (
    deadline_id  uuid        PRIMARY KEY,
    case_id      uuid        NOT NULL REFERENCES case_file,
    ordinal      integer     NOT NULL,
    rule_id      text        NOT NULL,
    rule_version integer     NOT NULL,
    citation     text        NOT NULL,
    obligor      text        NOT NULL,
    is_window    boolean     NOT NULL,
    trigger      text        NOT NULL,
    trigger_at   timestamptz NOT NULL,
    due_at       timestamptz NOT NULL,
    zone         text        NOT NULL,
    status       text        NOT NULL CHECK (status IN ('PENDING', 'MET', 'MISSED', 'VOID')),
    met_at       timestamptz,
    warned       smallint    NOT NULL,
    wakes        boolean     NOT NULL,
    announced    boolean     NOT NULL,
    next_fire_at timestamptz,
    UNIQUE (case_id, ordinal),
    CHECK ((status = 'PENDING') = (next_fire_at IS NOT NULL))
);
CREATE INDEX deadline_to_fire ON deadline (next_fire_at) WHERE status = 'PENDING';
CREATE INDEX deadline_due ON deadline (due_at, case_id) WHERE status = 'PENDING';

-- One hash chain per case; reads of many cases are in the chain of the nil id.
CREATE TABLE audit (
    case_id  uuid        NOT NULL,
    number   bigint      NOT NULL,
    at       timestamptz NOT NULL,
    actor    text        NOT NULL,
    action   text        NOT NULL,
    purpose  text,
    previous bytea       NOT NULL,
    hash     bytea       NOT NULL,
    PRIMARY KEY (case_id, number)
);
CREATE TABLE audit_head (
    case_id uuid   PRIMARY KEY,
    number  bigint NOT NULL,
    hash    bytea  NOT NULL
);

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is append-only';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
