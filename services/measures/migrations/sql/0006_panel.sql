-- Facilities and practices: facts of their members, what they add up to, and the figures published from it.

-- One row per unit and kind of data, locked before anything of the unit is read.
CREATE TABLE panel_unit (
    kind text NOT NULL,
    unit text NOT NULL, -- CCN, or the id of a practice
    PRIMARY KEY (kind, unit)
);

-- A resident, a patient or a location. ``body`` is compressed MessagePack: facts, and what they add (panel/member.py).
CREATE TABLE panel_member (
    kind   text     NOT NULL,
    unit   text     NOT NULL,
    member text     NOT NULL, -- of people the HMAC reference, never an identifier
    body   bytea    NOT NULL,
    facts  integer  NOT NULL, -- natural keys it holds, so that a loss can be told
    wake   date,              -- the first day on which time alone changes something
    rules  integer  NOT NULL, -- under which it was counted
    PRIMARY KEY (kind, unit, member)
) WITH (fillfactor = 80);
CREATE INDEX panel_member_wake ON panel_member (wake) WHERE wake IS NOT NULL;
CREATE INDEX panel_member_rules ON panel_member (kind, rules);
ALTER TABLE panel_member ALTER COLUMN body SET STORAGE EXTERNAL; -- compressed already

-- What the members of a unit add up to in a period. ``amounts`` is MessagePack: component to amount.
CREATE TABLE panel_sum (
    kind    text  NOT NULL,
    unit    text  NOT NULL,
    period  text  NOT NULL,
    amounts bytea NOT NULL,
    PRIMARY KEY (kind, unit, period)
) WITH (fillfactor = 80);

-- A figure as it was last published. ``reason`` says why it has no value; ``settles_on`` when its period is final.
CREATE TABLE panel_figure (
    kind          text        NOT NULL,
    unit          text        NOT NULL,
    measure       text        NOT NULL,
    period        text        NOT NULL,
    specification integer     NOT NULL,
    numerator     bigint      NOT NULL,
    denominator   bigint      NOT NULL,
    value         text,
    low           text,
    high          text,
    reason        text,
    status        text        NOT NULL,
    revision      bigint      NOT NULL,
    settles_on    date,
    as_of         timestamptz NOT NULL,
    PRIMARY KEY (kind, unit, measure, period)
) WITH (fillfactor = 70);
CREATE INDEX panel_figure_measure ON panel_figure (measure, period);
CREATE INDEX panel_figure_settles ON panel_figure (settles_on) WHERE settles_on IS NOT NULL;

-- A control chart that is followed: its points, the baseline and the signals in force. ``body`` is MessagePack as
-- domain/methods/charts/kept.py writes it.
CREATE TABLE chart (
    measure   text  NOT NULL,
    unit_type text  NOT NULL,
    unit      text  NOT NULL,
    body      bytea NOT NULL,
    PRIMARY KEY (measure, unit_type, unit)
) WITH (fillfactor = 80);
