-- Results of measures that can move a rank: of each measure, unit and stratum the latest four quarters that settled.
-- They are made from the events of measures alone; numbers are null where a result could not be computed.
CREATE TABLE signal (
    measure       text    NOT NULL,
    unit_type     text    NOT NULL,
    unit          text    NOT NULL,
    stratum       text    NOT NULL,
    period        text    NOT NULL,
    revision      integer NOT NULL,
    specification integer NOT NULL,
    unit_version  integer NOT NULL,
    numerator     bigint,
    denominator   bigint,
    value         double precision,
    low           double precision,
    high          double precision,
    PRIMARY KEY (measure, unit_type, unit, stratum)
);
