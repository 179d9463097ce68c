-- Public snapshots: when they were taken, what was shown, and what anybody may know from all of them.

CREATE TABLE snapshot (
    taken_on date PRIMARY KEY
);

-- The rows of the last snapshot of each quarter, as they were shown.
CREATE TABLE snapshot_row (
    measure     text NOT NULL,
    unit_type   text NOT NULL,
    unit        text NOT NULL,
    period      text NOT NULL,
    numerator   bigint,
    denominator bigint,
    value       text,
    reason      text,
    PRIMARY KEY (period, measure, unit_type, unit)
);

-- Every value a number had when it was shown or could be worked out; never leaves.
CREATE TABLE snapshot_known (
    counted   text     NOT NULL,
    unit_type text     NOT NULL,
    unit      text     NOT NULL,
    period    text     NOT NULL,
    amounts   bigint[] NOT NULL,
    PRIMARY KEY (period, counted, unit_type, unit)
);
