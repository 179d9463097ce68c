-- The yardstick's tables: claims by natural key, and counts by state and month.
CREATE TABLE bare_claim (
    beneficiary bytea   NOT NULL,
    claim       bytea   NOT NULL,
    version     integer NOT NULL,
    action      text    NOT NULL,
    provider    text    NOT NULL,
    admission   date    NOT NULL,
    discharge   date    NOT NULL,
    status      text,
    frequency   text,
    PRIMARY KEY (beneficiary, claim)
);
CREATE TABLE bare_count (
    state  text    NOT NULL,
    month  integer NOT NULL,
    stays  bigint  NOT NULL,
    PRIMARY KEY (state, month)
);
CREATE TABLE bare_offset (
    partition integer PRIMARY KEY,
    next      bigint NOT NULL
);
