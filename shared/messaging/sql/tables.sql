-- Tables of the message path; every service has its own set in its own schema.

-- Rises by one when a database is restored, so that sequences after a restore never repeat old ones.
CREATE TABLE stream_epoch (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    epoch    integer NOT NULL CHECK (epoch >= 1)
);
INSERT INTO stream_epoch (epoch) VALUES (1);

-- The last sequence given out per topic and key.
CREATE TABLE stream_sequence (
    topic text   NOT NULL,
    key   text   NOT NULL,
    last  bigint NOT NULL,
    PRIMARY KEY (topic, key)
);

-- Locks: one row per aggregate, taken FOR UPDATE in key order before anything of it is read.
CREATE TABLE heads (
    key     text   PRIMARY KEY,
    version bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50); -- changed with every message: room for the next version beside the last

-- Debezium's outbox columns (id, aggregatetype, aggregateid, type, payload) and ours.
CREATE TABLE outbox (
    position       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id             uuid        NOT NULL,
    aggregatetype  text        NOT NULL, -- the topic
    aggregateid    text        NOT NULL, -- the record key
    type           text        NOT NULL,
    payload        bytea       NOT NULL,
    sequence       text        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    correlation_id uuid        NOT NULL,
    causation_id   uuid,
    traceparent    text
);

-- Events and commands already handled. ``day`` comes from the message itself, so a repetition finds the same
-- partition; what carries an odd date lands in the default partition. ``written`` says how long a row has been
-- needed: a message may be dated years before it came.
CREATE TABLE inbox (
    consumer text NOT NULL,
    event_id uuid NOT NULL,
    day      date NOT NULL,
    outcome  text NOT NULL,
    written  date NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date,
    PRIMARY KEY (consumer, event_id, day)
) PARTITION BY RANGE (day);
CREATE TABLE inbox_default PARTITION OF inbox DEFAULT;

-- Where each consumer is, moved in the same transaction as the effects.
CREATE TABLE consumer_offset (
    consumer  text    NOT NULL,
    topic     text    NOT NULL,
    partition integer NOT NULL,
    next      bigint  NOT NULL,
    PRIMARY KEY (consumer, topic, partition)
);

-- A stopped consumer stays stopped over restarts. ``allowance`` lets that many dead letters pass uncounted.
CREATE TABLE consumer_state (
    consumer  text        PRIMARY KEY,
    stopped   boolean     NOT NULL,
    reason    text,
    since     timestamptz NOT NULL,
    allowance integer     NOT NULL DEFAULT 0
);

-- A discarded letter stays as a mark without content, so that its record is not taken for lost.
CREATE TABLE dead_letter (
    id           uuid        PRIMARY KEY,
    position     bigint GENERATED ALWAYS AS IDENTITY,
    consumer     text        NOT NULL,
    topic        text        NOT NULL,
    partition    integer     NOT NULL,
    "offset"     bigint      NOT NULL,
    key          text,
    type         text,
    reason       text        NOT NULL,
    paths        text[]      NOT NULL,
    sealed       bytea       NOT NULL, -- key, headers and value, encrypted; empty once discarded
    recorded_at  timestamptz NOT NULL,
    discarded_at timestamptz,
    CHECK ((discarded_at IS NULL) = (length(sealed) > 0))
);
CREATE INDEX dead_letter_order ON dead_letter (consumer, topic, key, position);

-- Keys whose later messages wait behind a dead letter.
CREATE TABLE parked_key (
    consumer text        NOT NULL,
    topic    text        NOT NULL,
    key      text        NOT NULL,
    since    timestamptz NOT NULL,
    PRIMARY KEY (consumer, topic, key)
);

-- The answer to each command, repeated when the command is.
CREATE TABLE command_reply (
    command_id uuid        PRIMARY KEY,
    type       text        NOT NULL,
    payload    bytea       NOT NULL,
    decided_at timestamptz NOT NULL
);

-- Daily inbox partitions are made and dropped here, by the owner's right, because the service may not change tables.
-- A day goes when nothing in it was written since ``keep_from``; what came late keeps it.
CREATE FUNCTION inbox_partitions(first date, last date, keep_from date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    d date := first;
    old record;
    late boolean;
BEGIN
    WHILE d <= last LOOP
        IF to_regclass(format('%I.%I', current_schema(), 'inbox_' || to_char(d, 'YYYYMMDD'))) IS NULL
           AND NOT EXISTS (SELECT FROM inbox_default WHERE day = d) THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF inbox FOR VALUES FROM (%L) TO (%L)',
                           'inbox_' || to_char(d, 'YYYYMMDD'), d, d + 1);
        END IF;
        d := d + 1;
    END LOOP;
    FOR old IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'inbox'::regclass AND c.relname ~ '^inbox_[0-9]{8}$'
          AND to_date(right(c.relname, 8), 'YYYYMMDD') < keep_from
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE written >= $1)', old.relname) INTO late USING keep_from;
        IF NOT late THEN
            EXECUTE format('DROP TABLE %I', old.relname);
        END IF;
    END LOOP;
    DELETE FROM inbox_default WHERE written < keep_from;
END $$;
