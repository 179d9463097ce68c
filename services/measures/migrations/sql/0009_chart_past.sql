-- What a control chart showed and does not show any more: a version of its baseline, or a signal. Only ever appended
-- to. ``body`` is JSON as repository/chart_past.py writes it, by ``what``.
CREATE TABLE chart_past (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    measure   text        NOT NULL,
    unit_type text        NOT NULL,
    unit      text        NOT NULL,
    what      text        NOT NULL CHECK (what IN ('baseline', 'signal')),
    ended_at  timestamptz NOT NULL,
    body      bytea       NOT NULL
);
CREATE INDEX chart_past_whose ON chart_past (measure, unit_type, unit, id);
