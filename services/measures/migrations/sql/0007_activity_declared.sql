-- Figures of appeals and concerns, and the measures that coalitions declare.

-- Facilities, ZIP codes and communities whose figures are to be looked at again. Only ever appended to by those who
-- change what figures are made of, so that they wait for nobody; taken by one leader.
CREATE TABLE activity_due (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    what text   NOT NULL CHECK (what IN ('facility', 'zip', 'community')),
    name text   NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

-- How far activity and claims reached when all figures were looked at last.
CREATE TABLE activity_seen (
    one         boolean PRIMARY KEY DEFAULT true CHECK (one),
    first       text    NOT NULL, -- YYYY-MM
    last        text    NOT NULL,
    followed_up integer NOT NULL -- YYYYMM, 0 for none
);

-- What is known already was told before these tables were there.
INSERT INTO activity_due (what, name) SELECT DISTINCT 'facility', ccn FROM facility_activity;
INSERT INTO activity_due (what, name) SELECT 'community', id FROM community;

-- Versions of declared measures that the results of their communities rest on.
CREATE TABLE declared_published (
    measure text    PRIMARY KEY,
    version integer NOT NULL
);
