-- Settled figures of facilities in the measures of learning networks' topics: of each period the highest revision,
-- null where it could not be computed. Made from the events of measures alone, which may be read again.
CREATE TABLE facility_figure (
    measure  text    NOT NULL,
    unit     text    NOT NULL,
    period   text    NOT NULL,
    revision integer NOT NULL,
    ends_on  date    NOT NULL,
    value    numeric,
    tellable boolean NOT NULL,
    PRIMARY KEY (measure, unit, period)
);
CREATE INDEX facility_figure_latest ON facility_figure (measure, unit, ends_on DESC);

-- The words of what is published: of questions that others see, and of those of their answers that they see.
CREATE INDEX record_question_words ON record USING gin ((
    to_tsvector('english'::regconfig, state ->> 'text')
    || to_tsvector('english'::regconfig,
                   jsonb_path_query_array(state, '$.answers[*] ? (@.status == "PUBLISHED").text'))
)) WHERE kind = 'network-question' AND state ->> 'status' = 'PUBLISHED';
