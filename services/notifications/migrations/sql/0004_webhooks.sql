-- One row per public event and partner who wants it, with the very bytes that are sent: allow-listed public facts only.
CREATE TABLE webhook_delivery (
    hook           uuid        NOT NULL, -- the partner's registration
    event_id       uuid        NOT NULL, -- of the public event; never sent
    sequence       bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    webhook_id     uuid        NOT NULL, -- the event as this partner alone knows it
    topic          text        NOT NULL,
    type           text        NOT NULL,
    subject        text        NOT NULL, -- what order is kept for, as the partner knows it
    position       text, -- the public event's own sequence
    body           bytea       NOT NULL,
    state          text        NOT NULL CHECK (state IN ('WAITING', 'SENDING', 'DELIVERED', 'DEAD', 'HELD')),
    reason         text, -- a code: why the last attempt did not succeed
    claims         integer     NOT NULL DEFAULT 0, -- rises with every claim: a late worker cannot record
    attempts       integer     NOT NULL DEFAULT 0, -- times it may have reached the partner, since it was last queued
    queued_at      timestamptz NOT NULL,
    available_at   timestamptz NOT NULL, -- WAITING: not to be tried before; SENDING: end of the worker's lease
    first_tried_at timestamptz,
    finished_at    timestamptz,
    PRIMARY KEY (hook, event_id)
);
CREATE INDEX webhook_delivery_open ON webhook_delivery (hook, sequence) WHERE state IN ('WAITING', 'SENDING');
CREATE INDEX webhook_delivery_order ON webhook_delivery (hook, topic, subject, sequence)
    WHERE state IN ('WAITING', 'SENDING');
CREATE INDEX webhook_delivery_by_time ON webhook_delivery (hook, queued_at);

-- How each partner has answered lately; what is sent to one waits for nobody else.
CREATE TABLE webhook_lane (
    hook          uuid        PRIMARY KEY,
    begun_at      timestamptz NOT NULL, -- what happened before it is held and not sent
    heeded_at     timestamptz NOT NULL, -- when staff last said that trying is worthwhile again, as far as acted on
    replayed_at   timestamptz NOT NULL, -- when the last replay that was carried out had been asked for
    failures      integer     NOT NULL DEFAULT 0, -- in a row
    failing_since timestamptz,
    last_failed   timestamptz,
    open_until    timestamptz -- nothing is tried before
);
