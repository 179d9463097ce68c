-- One row per aggregate, each made and changed by its own events alone.
CREATE TABLE record (
    kind  text  NOT NULL,
    id    text  NOT NULL,
    state jsonb NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX record_state ON record USING gin (state jsonb_path_ops);
