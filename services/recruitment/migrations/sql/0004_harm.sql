-- What measures says of single facilities and of interventions; made from its events alone, which may be read again.

-- Signals of control charts for the worse: of each rule at each period whether it stands, by the latest word.
CREATE TABLE chart_signal (
    measure   text        NOT NULL,
    unit_type text        NOT NULL,
    unit      text        NOT NULL,
    period    text        NOT NULL,
    rule      text        NOT NULL,
    side      text        NOT NULL,
    ends_on   date        NOT NULL,
    standing  boolean     NOT NULL,
    said_at   timestamptz NOT NULL,
    PRIMARY KEY (measure, unit_type, unit, period, rule, side)
);

-- Infections over those predicted, of each measure and hospital the latest; null where it could not be computed.
CREATE TABLE infection_ratio (
    measure   text    NOT NULL,
    unit      text    NOT NULL,
    period    text    NOT NULL,
    revision  integer NOT NULL,
    ends_on   date    NOT NULL,
    numerator bigint  NOT NULL,
    value     double precision,
    low       double precision,
    PRIMARY KEY (measure, unit)
);

-- How measures changed with interventions, each by its highest revision, as it was said.
CREATE TABLE intervention_effect (
    intervention text    NOT NULL,
    measure      text    NOT NULL,
    revision     integer NOT NULL,
    said         jsonb   NOT NULL,
    PRIMARY KEY (intervention, measure)
);
