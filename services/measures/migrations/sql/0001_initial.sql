-- Timelines of beneficiaries, what they add up to, and the results published from it.

-- One row per beneficiary, locked before anything of the person is read. ``head`` is MessagePack (domain/timeline.py);
-- the counts beside it are how many natural keys it holds, so that a loss can be told.
CREATE TABLE beneficiary (
    id         bigint GENERATED ALWAYS AS IDENTITY,
    ref        bytea   PRIMARY KEY CHECK (octet_length(ref) = 16), -- HMAC reference, never an identifier
    claims     integer NOT NULL DEFAULT 0,
    enrolments integer NOT NULL DEFAULT 0,
    head       bytea   NOT NULL DEFAULT ''
) WITH (fillfactor = 70);

-- One row per beneficiary and calendar year, MessagePack.
CREATE TABLE chunk (
    beneficiary bigint   NOT NULL,
    year        smallint NOT NULL,
    body        bytea    NOT NULL,
    PRIMARY KEY (beneficiary, year)
) WITH (fillfactor = 70);

-- Changes of the rollups, appended by many, folded by one; rows live for a second.
CREATE TABLE delta (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    area              text    NOT NULL,
    month             integer NOT NULL, -- YYYYMM
    hospitalizations  bigint  NOT NULL,
    live_discharges   bigint  NOT NULL,
    rehospitalizations bigint NOT NULL,
    impossible_stays  bigint  NOT NULL,
    eligible_days     bigint  NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

CREATE TABLE rollup (
    area              text    NOT NULL,
    month             integer NOT NULL,
    stratum           text    NOT NULL DEFAULT 'all',
    hospitalizations  bigint  NOT NULL,
    live_discharges   bigint  NOT NULL,
    rehospitalizations bigint NOT NULL,
    impossible_stays  bigint  NOT NULL,
    eligible_days     bigint  NOT NULL,
    PRIMARY KEY (area, month, stratum)
) WITH (fillfactor = 50);

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

-- A result as it was last published; ``revision`` rises with every change.
CREATE TABLE cell (
    measure        text        NOT NULL,
    unit           text        NOT NULL,
    period         text        NOT NULL,
    stratum        text        NOT NULL DEFAULT 'all',
    specification  integer     NOT NULL,
    unit_version   integer     NOT NULL,
    numerator      bigint      NOT NULL,
    eligible_days  bigint      NOT NULL,
    days_in_period integer     NOT NULL,
    value          text,
    status         text        NOT NULL,
    revision       bigint      NOT NULL,
    as_of          timestamptz NOT NULL,
    PRIMARY KEY (measure, unit, period, stratum)
) WITH (fillfactor = 50);
CREATE INDEX cell_unit ON cell (unit, period);

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
