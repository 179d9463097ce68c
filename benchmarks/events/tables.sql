-- What both sides write besides the message path's own tables.
CREATE TABLE case_tally (
    case_id    uuid        PRIMARY KEY,
    events     integer     NOT NULL,
    last       text        NOT NULL,
    changed_at timestamptz NOT NULL
);

-- The yardstick's inbox, outbox and offsets: the least that dedupes, publishes and resumes.
CREATE TABLE bare_inbox (
    event_id uuid PRIMARY KEY
);
CREATE TABLE bare_outbox (
    id      uuid  PRIMARY KEY,
    key     text  NOT NULL,
    payload bytea NOT NULL
);
CREATE TABLE bare_offset (
    partition integer PRIMARY KEY,
    next      bigint  NOT NULL
);
