-- Cases, their parties and clocks. All instants UTC; ``zone`` is the facility's IANA zone.

-- ``family_id`` joins cases about one matter; ``stage`` is the state as coarse as outsiders may hear it; ``ended`` says
-- how a case ended without a determination; ``on_time``: no deadline of the QIO was missed, known when it is closed;
-- ``reviewer_group`` is the specialty or profession of who decided, never the person.
CREATE TABLE case_file (
    case_id        uuid        PRIMARY KEY,
    family_id      uuid        NOT NULL,
    case_type      text        NOT NULL,
    state          text        NOT NULL,
    stage          text        NOT NULL CHECK (stage IN ('RECEIVED', 'IN_REVIEW', 'DECIDED', 'CLOSED')),
    region         text        NOT NULL,
    zone           text        NOT NULL,
    facility_ccn   text        NOT NULL,
    facility_state text        NOT NULL,
    facility_zip   text,
    provider_type  text        NOT NULL,
    channel        text        NOT NULL,
    timeliness     text        NOT NULL,
    received_at    timestamptz NOT NULL,
    opened_at      timestamptz NOT NULL,
    decided_at     timestamptz,
    outcome        text,
    ended          text,
    on_time        boolean,
    reviewer_group text,
    concerns_confirmed integer NOT NULL DEFAULT 0,
    local_factors  text[]      NOT NULL DEFAULT '{}',
    course         jsonb       NOT NULL, -- what was done, without persons
    version        bigint      NOT NULL
);
CREATE INDEX case_file_open ON case_file (received_at, case_id) WHERE stage <> 'CLOSED';
CREATE INDEX case_file_state ON case_file (state, received_at, case_id);
CREATE INDEX case_file_family ON case_file (family_id);
CREATE INDEX case_file_facility ON case_file (facility_ccn, received_at);

-- Parties, concerns, reviewers and their reasons (42 CFR 480.101), sealed with the case id as place.
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
CREATE INDEX deadline_to_fire ON deadline (next_fire_at, case_id) WHERE status = 'PENDING';
CREATE INDEX deadline_due ON deadline (due_at, case_id) WHERE status = 'PENDING';

-- When requests could not be accepted (405.1202(b)(1) and others): half open, UTC.
CREATE TABLE intake_outage (
    since       timestamptz PRIMARY KEY,
    until       timestamptz NOT NULL,
    declared_by text        NOT NULL,
    declared_at timestamptz NOT NULL,
    CHECK (since < until)
);
