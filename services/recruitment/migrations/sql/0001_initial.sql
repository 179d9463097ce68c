-- Facilities as CMS lists them; one row each, the edition that holds.
CREATE TABLE facility (
    ccn text PRIMARY KEY CHECK (ccn ~ '^[0-9A-Z]{6}$'),
    as_of date NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    city text NOT NULL,
    state text NOT NULL,
    zip_code text NOT NULL,
    county text,
    ownership text,
    certified_beds integer,
    residents integer,
    special_focus boolean NOT NULL,
    overall_rating smallint CHECK (overall_rating BETWEEN 1 AND 5),
    health_inspection_rating smallint CHECK (health_inspection_rating BETWEEN 1 AND 5),
    staffing_rating smallint CHECK (staffing_rating BETWEEN 1 AND 5),
    rn_staffing_rating smallint CHECK (rn_staffing_rating BETWEEN 1 AND 5),
    quality_rating smallint CHECK (quality_rating BETWEEN 1 AND 5),
    digest bytea NOT NULL,
    qin_qio text NOT NULL,
    recorded_at timestamptz NOT NULL
);
CREATE INDEX facility_state ON facility (state);

-- Who joined which collaborative, and which network answered for the state that day.
CREATE TABLE membership (
    membership_id uuid PRIMARY KEY,
    ccn text NOT NULL REFERENCES facility,
    collaborative text NOT NULL,
    recruited_on date NOT NULL,
    qin_qio text NOT NULL,
    recorded_at timestamptz NOT NULL,
    UNIQUE (ccn, collaborative)
);

-- Communities, the current version of each; an area belongs to one at most.
CREATE TABLE community (
    community text PRIMARY KEY,
    name text NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    defined_at timestamptz NOT NULL
);
CREATE TABLE community_area (
    area text PRIMARY KEY,
    community text NOT NULL REFERENCES community
);
CREATE INDEX community_area_community ON community_area (community);

-- Help a provider may need because a standard of care was not met there: topic only, from a confirmed concern.
CREATE TABLE assistance_request (
    request_id   uuid PRIMARY KEY, -- the pseudonym of the concern
    ccn          text NOT NULL,
    topic        text NOT NULL,
    confirmed_on date NOT NULL,
    opened_at    timestamptz NOT NULL
);
CREATE INDEX assistance_request_ccn ON assistance_request (ccn, confirmed_on);
