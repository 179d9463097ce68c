-- Interviews that are not cases yet, and by whom cases are found again. All instants UTC.

-- ``sealed``: what was answered, the contacts and the number to call back, sealed with the intake id as place; erased
-- when an interview that led to no case expires. ``callback`` is a keyed digest of that number, to be found again by.
CREATE TABLE intake (
    intake_id   uuid        PRIMARY KEY,
    state       text        NOT NULL CHECK (state IN ('OPEN', 'COMPLETED', 'ABANDONED', 'EXPIRED')),
    received_at timestamptz NOT NULL,
    region      text,
    callback    bytea,
    case_id     uuid,
    why         text,
    changed_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    sealed      bytea,
    version     bigint      NOT NULL,
    CHECK ((state = 'COMPLETED') = (case_id IS NOT NULL)),
    CHECK ((state = 'ABANDONED') = (why IS NOT NULL) OR state = 'EXPIRED'),
    CHECK (sealed IS NOT NULL OR state IN ('ABANDONED', 'EXPIRED'))
);
CREATE INDEX intake_callback ON intake (callback) WHERE callback IS NOT NULL;
CREATE INDEX intake_waiting ON intake (received_at, intake_id) WHERE state = 'OPEN';
CREATE INDEX intake_to_erase ON intake (expires_at) WHERE sealed IS NOT NULL AND state IN ('OPEN', 'ABANDONED');

-- Whose case it is, as a keyed digest of the reference: tells that two cases are one person's, and nothing else.
CREATE TABLE case_person (
    case_id uuid  PRIMARY KEY REFERENCES case_file,
    digest  bytea NOT NULL
);
CREATE INDEX case_person_digest ON case_person (digest);

-- Outages whose relief open windows have: each declaration once.
CREATE TABLE outage_relief (
    since       timestamptz NOT NULL REFERENCES intake_outage,
    until       timestamptz NOT NULL,
    relieved_at timestamptz NOT NULL,
    cases       integer     NOT NULL,
    PRIMARY KEY (since, until)
);
