-- Timelines of beneficiaries, what they add up to, and the results published from it.

-- One row per beneficiary, locked before anything of the person is read. ``head`` is MessagePack (domain/timeline.py);
-- the counts beside it are how many natural keys it holds, so that a loss can be told.
CREATE TABLE beneficiary (
    id         bigint GENERATED ALWAYS AS IDENTITY,
    ref        bytea   PRIMARY KEY CHECK (octet_length(ref) = 16), -- HMAC reference, never an identifier
    claims     integer NOT NULL DEFAULT 0, -- of hospitals, inpatient
    care       integer NOT NULL DEFAULT 0, -- other claims, fills, notices and services
    enrolments integer NOT NULL DEFAULT 0,
    wake       integer, -- ordinal of the first day on which time alone changes something
    release    integer NOT NULL DEFAULT 0, -- of the value sets the person was counted with
    head       bytea   NOT NULL DEFAULT ''
) WITH (fillfactor = 70);
CREATE INDEX beneficiary_wake ON beneficiary (wake) WHERE wake IS NOT NULL;
CREATE INDEX beneficiary_release ON beneficiary (release);

-- One row per beneficiary and calendar year, MessagePack. ``area`` and ``moved`` lead from a number to its people.
CREATE TABLE chunk (
    beneficiary bigint   NOT NULL,
    year        smallint NOT NULL,
    area        text     NOT NULL DEFAULT '', -- residence on 1 January
    moved       boolean  NOT NULL DEFAULT false, -- lived elsewhere as well that year
    body        bytea    NOT NULL,
    PRIMARY KEY (beneficiary, year)
) WITH (fillfactor = 70);
CREATE INDEX chunk_area ON chunk (area, year);

-- Changes of the rollups, one row per batch of feed records: appended by many, folded by one; rows live for a second.
-- ``body`` is MessagePack: unit, month, flags and component-amount pairs of each cell; ``received`` the latest received
-- day (ordinal) of the batch, 0 for none.
CREATE TABLE delta (
    id       bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    body     bytea   NOT NULL,
    received integer NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
ALTER TABLE delta ALTER COLUMN body SET STORAGE EXTERNAL; -- nothing so short-lived is worth compressing

-- What all persons add up to, by unit and month, at every level. ``body`` is MessagePack: flags to component to amount;
-- ``total`` the same over all flags, so that what is published needs no body.
CREATE TABLE rollup (
    unit_type text    NOT NULL CHECK (unit_type IN ('area', 'hospital', 'community', 'state', 'region', 'nation')),
    unit      text    NOT NULL,
    month     integer NOT NULL, -- YYYYMM
    body      bytea   NOT NULL,
    total     bytea   NOT NULL,
    PRIMARY KEY (unit_type, unit, month)
) WITH (fillfactor = 50);

-- How far the claims' received days have come, and the release of the value sets the results were published under.
CREATE TABLE progress (
    one       boolean PRIMARY KEY DEFAULT true CHECK (one),
    watermark integer NOT NULL DEFAULT 0, -- ordinal of the day, 0 while nothing was received
    release   integer NOT NULL DEFAULT 0
);
INSERT INTO progress DEFAULT VALUES;

-- Units and quarters whose results are to be looked at again, oldest first.
CREATE TABLE due (
    id        bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    unit_type text   NOT NULL,
    unit      text   NOT NULL,
    quarter   text   NOT NULL,
    PRIMARY KEY (unit_type, unit, quarter)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

-- Communities as recruitment defined them last. ``published`` is the version all cells were published under.
CREATE TABLE community (
    id        text    PRIMARY KEY,
    name      text    NOT NULL,
    version   integer NOT NULL,
    published integer NOT NULL DEFAULT 0
);

CREATE TABLE community_area (
    community text NOT NULL REFERENCES community,
    area      text NOT NULL,
    PRIMARY KEY (area, community)
);
CREATE INDEX community_area_community ON community_area (community);

-- A result as it was last published; ``revision`` rises with every change. ``reason`` says why it is NOT_COMPUTABLE.
-- ``person_time``: beneficiary-quarters in parts of domain/evaluation.py, 0 where the denominator is none.
CREATE TABLE cell (
    measure        text        NOT NULL,
    unit_type      text        NOT NULL,
    unit           text        NOT NULL,
    period         text        NOT NULL,
    specification  integer     NOT NULL,
    unit_version   integer     NOT NULL,
    release        integer     NOT NULL, -- of the value sets
    numerator      bigint      NOT NULL,
    denominator    bigint      NOT NULL,
    person_time    bigint      NOT NULL,
    days_in_period integer     NOT NULL,
    value          text,
    low            text,
    high           text,
    status         text        NOT NULL,
    reason         text,
    cause          text        NOT NULL,
    watermark      integer     NOT NULL,
    revision       bigint      NOT NULL,
    as_of          timestamptz NOT NULL,
    PRIMARY KEY (measure, unit_type, unit, period)
) WITH (fillfactor = 50);
CREATE INDEX cell_unit ON cell (unit_type, unit, period);

-- Goals that communities were said to have reached, and in which four quarters.
CREATE TABLE goal_reached (
    goal      text NOT NULL,
    community text NOT NULL,
    period    text NOT NULL,
    PRIMARY KEY (community, goal)
);

-- Appeals and confirmed concerns of facilities by month, as complaints told last: an early sign, in whole counts.
CREATE TABLE facility_activity (
    ccn                 text    NOT NULL,
    month               text    NOT NULL, -- YYYY-MM
    state               text    NOT NULL,
    zip_code            text,
    discharge_appeals   integer NOT NULL,
    termination_appeals integer NOT NULL,
    concerns_confirmed  integer NOT NULL,
    PRIMARY KEY (ccn, month)
);
CREATE INDEX facility_activity_zip ON facility_activity (zip_code, month);
