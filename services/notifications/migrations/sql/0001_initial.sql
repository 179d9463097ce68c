-- One row per notice asked for. What identifies people is sealed; the aad is the column and the notice's id.
CREATE TABLE notice (
    id             uuid        PRIMARY KEY,
    type           text        NOT NULL,
    subject        text        NOT NULL, -- opaque id of the case or facility
    recipient_role text        NOT NULL,
    channel        text        NOT NULL CHECK (channel IN ('email', 'call', 'certified', 'task')),
    state          text        NOT NULL CHECK (state IN ('QUEUED', 'SENDING', 'SENT', 'FAILED', 'TASK')),
    reason         text, -- why staff must act, or why the last attempt did not succeed
    letter         text, -- template, language and version the content was made from
    citation       text,
    due_at         timestamptz NOT NULL,
    queued_at      timestamptz NOT NULL,
    available_at   timestamptz NOT NULL, -- QUEUED: not to be tried before; SENDING: end of the sender's lease
    finished_at    timestamptz,
    claims         integer     NOT NULL DEFAULT 0, -- rises with every claim: a late sender cannot record
    attempts       integer     NOT NULL DEFAULT 0, -- times it may have reached the mail server
    recipient      bytea       NOT NULL, -- sealed
    facts          bytea       NOT NULL, -- sealed
    content        bytea, -- sealed; the very bytes that are sent or read out, kept so that they can be shown again
    CHECK (channel NOT IN ('call', 'certified') OR content IS NOT NULL),
    CHECK (channel <> 'email' OR state NOT IN ('QUEUED', 'SENDING', 'SENT') OR content IS NOT NULL)
);
CREATE INDEX notice_waiting ON notice (due_at, id) WHERE state IN ('QUEUED', 'SENDING');
CREATE INDEX notice_by_state ON notice (state, due_at, id);
