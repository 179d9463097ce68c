-- Code lists and hospitals as the feeds tell them.

-- Every part of every version of a value set; ``codes`` and ``meanings`` go together by position.
CREATE TABLE value_set_part (
    name     text    NOT NULL,
    version  text    NOT NULL COLLATE "C",
    part     integer NOT NULL,
    parts    integer NOT NULL,
    source   text    NOT NULL,
    codes    text[]  NOT NULL,
    meanings text[]  NOT NULL,
    PRIMARY KEY (name, version, part),
    CHECK (cardinality(codes) = cardinality(meanings))
);

-- The version of each set that holds: the highest of which all parts are known.
CREATE TABLE value_set (
    name    text PRIMARY KEY,
    version text NOT NULL COLLATE "C"
);

-- One row; ``release`` rises whenever what holds changes, and who writes value sets locks it first.
CREATE TABLE value_set_release (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    release bigint  NOT NULL
);
INSERT INTO value_set_release (release) VALUES (0);

-- Hospitals of the CMS file of the latest vintage that has them.
CREATE TABLE hospital (
    ccn       text PRIMARY KEY,
    as_of     date NOT NULL,
    name      text NOT NULL,
    state     text NOT NULL,
    zip_code  text NOT NULL,
    county    text,
    kind      text NOT NULL,
    ownership text,
    emergency boolean,
    rating    smallint
);
CREATE INDEX hospital_state ON hospital (state, ccn);
CREATE INDEX hospital_zip ON hospital (zip_code, ccn);
