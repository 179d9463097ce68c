-- Interventions of coalitions as recruitment tells them, and what is said of their effects.

-- ``body`` is JSON as domain/intervention.py has it, without the areas.
CREATE TABLE intervention (
    id        text   PRIMARY KEY,
    community text   NOT NULL,
    areas     text[] NOT NULL,
    body      bytea  NOT NULL
);
CREATE INDEX intervention_community ON intervention (community);

-- Communities whose settled figures or interventions changed. Only ever appended to by those who change them, so that
-- they wait for nobody; taken by one leader.
CREATE TABLE effect_due (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    community text   NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

-- What was said last of an intervention and a measure; revision 0: nothing yet. ``body`` is JSON of what an event says
-- of it. ``waits``: to be looked at again.
CREATE TABLE effect (
    intervention text    NOT NULL,
    measure      text    NOT NULL,
    revision     integer NOT NULL DEFAULT 0,
    body         bytea,
    waits        boolean NOT NULL DEFAULT true,
    PRIMARY KEY (intervention, measure)
) WITH (fillfactor = 80);
CREATE INDEX effect_waits ON effect (intervention, measure) WHERE waits;
