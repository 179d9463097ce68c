-- Reviewers, their rosters and assignments. Instants are UTC; days are local to the State they concern.
-- Independence holds here too, with built-in index types alone: the schema's owner may create no extension.

-- ``sealed``: name, address and licence numbers (42 CFR 480.101), with the reviewer's id as place.
-- ``number``: stands for the reviewer in indexes over ranges, which take no uuid without an extension.
CREATE TABLE reviewer (
    reviewer_id uuid    PRIMARY KEY,
    number      bigint  GENERATED ALWAYS AS IDENTITY UNIQUE,
    practising  boolean NOT NULL,
    setting     text,
    capacity    integer NOT NULL CHECK (capacity > 0),
    retired_on  date,
    version     bigint  NOT NULL,
    sealed      bytea   NOT NULL,
    UNIQUE (reviewer_id, number)
);

-- ``state`` null: a national credential. ``valid_to``, ``until``: the last day, null while it is open.
CREATE TABLE licence (
    reviewer_id uuid NOT NULL REFERENCES reviewer,
    profession  text NOT NULL,
    state       text,
    valid_from  date NOT NULL,
    valid_to    date,
    UNIQUE NULLS NOT DISTINCT (reviewer_id, profession, state, valid_from),
    CHECK (valid_to >= valid_from)
);
CREATE INDEX licence_place ON licence (state, profession);

CREATE TABLE specialty (
    reviewer_id uuid    NOT NULL REFERENCES reviewer,
    specialty   text    NOT NULL,
    certified   boolean NOT NULL,
    since       date    NOT NULL,
    until       date,
    PRIMARY KEY (reviewer_id, specialty, since),
    CHECK (until >= since)
);

-- What a reviewer or family (``holder``) is in a facility.
CREATE TABLE interest (
    reviewer_id uuid NOT NULL REFERENCES reviewer,
    ccn         text NOT NULL,
    kind        text NOT NULL,
    holder      text NOT NULL,
    since       date NOT NULL,
    until       date,
    PRIMARY KEY (reviewer_id, ccn, kind, holder, since),
    CHECK (until >= since)
);

-- What ties a reviewer or family to one matter.
CREATE TABLE reviewer_tie (
    reviewer_id uuid NOT NULL REFERENCES reviewer,
    family_id   uuid NOT NULL,
    kind        text NOT NULL,
    holder      text NOT NULL,
    PRIMARY KEY (reviewer_id, family_id, kind, holder)
);

CREATE TABLE roster_shift (
    reviewer_id uuid      NOT NULL,
    number      bigint    NOT NULL,
    shift_id    uuid      NOT NULL,
    during      tstzrange NOT NULL CHECK (NOT isempty(during) AND lower_inc(during) AND NOT upper_inc(during)
                                          AND NOT lower_inf(during) AND NOT upper_inf(during)),
    states      text[]    NOT NULL CHECK (cardinality(states) > 0),
    profession  text      NOT NULL,
    specialty   text,
    PRIMARY KEY (reviewer_id, shift_id),
    FOREIGN KEY (reviewer_id, number) REFERENCES reviewer (reviewer_id, number),
    CONSTRAINT not_twice_on_call EXCLUDE USING gist ((int8range(number, number, '[]')) WITH =, during WITH &&)
);
CREATE INDEX roster_shift_during ON roster_shift USING gist (during);

-- Who took part in which level of a family, and on which side of a case: one row each, for ever. Assignments refer to
-- them, so that a second level or side cannot be written by anyone, in whatever order transactions commit.
CREATE TABLE reviewer_level (
    family_id   uuid NOT NULL,
    reviewer_id uuid NOT NULL REFERENCES reviewer,
    level       text NOT NULL,
    PRIMARY KEY (family_id, reviewer_id),
    UNIQUE (family_id, reviewer_id, level)
);
CREATE TABLE reviewer_side (
    case_id     uuid NOT NULL,
    reviewer_id uuid NOT NULL REFERENCES reviewer,
    side        text NOT NULL,
    PRIMARY KEY (case_id, reviewer_id),
    UNIQUE (case_id, reviewer_id, side)
);

-- ``reviewed_level``: null for a screener, who takes part in no level.
CREATE TABLE assignment (
    assignment_id  uuid        PRIMARY KEY,
    case_id        uuid        NOT NULL,
    family_id      uuid        NOT NULL,
    level          text        NOT NULL,
    role           text        NOT NULL
                   CHECK (role IN ('SCREENER', 'PEER_REVIEWER', 'CODER', 'RECOMMENDER', 'PANEL_MEMBER')),
    reviewer_id    uuid        NOT NULL REFERENCES reviewer,
    assigned_at    timestamptz NOT NULL,
    attested_at    timestamptz,
    released_at    timestamptz CHECK (released_at >= assigned_at),
    waivers        jsonb       NOT NULL,
    reviewed_level text GENERATED ALWAYS AS (CASE WHEN role <> 'SCREENER' THEN level END) STORED,
    side           text GENERATED ALWAYS AS (CASE role WHEN 'SCREENER' THEN 'SCREEN'
                                                       WHEN 'RECOMMENDER' THEN 'RECOMMEND'
                                                       ELSE 'REVIEW' END) STORED,
    CONSTRAINT one_level_of_a_family FOREIGN KEY (family_id, reviewer_id, reviewed_level)
        REFERENCES reviewer_level (family_id, reviewer_id, level),
    CONSTRAINT one_side_of_a_case FOREIGN KEY (case_id, reviewer_id, side)
        REFERENCES reviewer_side (case_id, reviewer_id, side),
    CONSTRAINT every_waiver_has_a_reason CHECK (
        jsonb_typeof(waivers) = 'array'
        AND NOT jsonb_path_exists(waivers, '$[*] ? (!exists(@.reason ? (@ like_regex "\\S")))')
    )
);
CREATE UNIQUE INDEX assignment_held_once ON assignment (case_id, level, role, reviewer_id) WHERE released_at IS NULL;
CREATE INDEX assignment_reviewer ON assignment (reviewer_id, assigned_at);
CREATE INDEX assignment_open ON assignment (reviewer_id, case_id) WHERE released_at IS NULL;
CREATE INDEX assignment_family ON assignment (family_id);

-- Takes the level and the side when they are free; where another is held, the references above refuse the row.
CREATE FUNCTION assignment_takes_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.role <> 'SCREENER' THEN
        INSERT INTO reviewer_level VALUES (NEW.family_id, NEW.reviewer_id, NEW.level) ON CONFLICT DO NOTHING;
    END IF;
    INSERT INTO reviewer_side
    VALUES (NEW.case_id, NEW.reviewer_id, CASE NEW.role WHEN 'SCREENER' THEN 'SCREEN'
                                                        WHEN 'RECOMMENDER' THEN 'RECOMMEND'
                                                        ELSE 'REVIEW' END)
    ON CONFLICT DO NOTHING;
    RETURN NEW;
END $$;
CREATE TRIGGER assignment_takes_part BEFORE INSERT ON assignment
    FOR EACH ROW EXECUTE FUNCTION assignment_takes_part();

CREATE FUNCTION reviews_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'who took part in a review stays known';
END $$;
CREATE TRIGGER assignment_is_kept BEFORE DELETE OR TRUNCATE ON assignment
    FOR EACH STATEMENT EXECUTE FUNCTION reviews_are_kept();
CREATE TRIGGER assignment_part_is_fixed
    BEFORE UPDATE OF assignment_id, case_id, family_id, level, role, reviewer_id, assigned_at, waivers ON assignment
    FOR EACH STATEMENT EXECUTE FUNCTION reviews_are_kept();
CREATE TRIGGER reviewer_level_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON reviewer_level
    FOR EACH STATEMENT EXECUTE FUNCTION reviews_are_kept();
CREATE TRIGGER reviewer_side_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON reviewer_side
    FOR EACH STATEMENT EXECUTE FUNCTION reviews_are_kept();
