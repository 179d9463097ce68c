-- The ways of a notice: the one it is on stands in its own row, those that are over beside it.
ALTER TABLE notice DROP CONSTRAINT notice_channel_check, DROP CONSTRAINT notice_state_check,
                   DROP CONSTRAINT notice_check, DROP CONSTRAINT notice_check1;
ALTER TABLE notice
    ALTER COLUMN recipient DROP NOT NULL, -- known from before a rebuild, the request not heard again yet
    ALTER COLUMN facts DROP NOT NULL,
    ADD COLUMN step       integer     NOT NULL DEFAULT 1,
    ADD COLUMN route      text[]      NOT NULL DEFAULT '{}', -- the ways that follow
    ADD COLUMN begun_at   timestamptz,
    ADD COLUMN proof      bytea, -- sealed; what is known of this step
    ADD COLUMN list_id    text,
    ADD COLUMN campaign   uuid,
    ADD COLUMN contact    uuid, -- whom it is for, where that is a contact
    ADD COLUMN digest     uuid, -- the notice it was gathered into
    ADD COLUMN overdue_at timestamptz; -- when it was said that it is overdue
UPDATE notice SET begun_at = queued_at;
-- Calls and certified letters were tasks; they wait for what staff record of them.
UPDATE notice SET state = 'AWAITING' WHERE state = 'TASK' AND channel IN ('call', 'certified');
ALTER TABLE notice
    ALTER COLUMN begun_at SET NOT NULL,
    ADD CONSTRAINT notice_channel CHECK (
        channel IN ('email', 'letter', 'certified', 'call', 'sms', 'voice', 'portal', 'task')),
    ADD CONSTRAINT notice_state CHECK (
        state IN ('QUEUED', 'SENDING', 'AWAITING', 'SENT', 'RETURNED', 'FAILED', 'TASK', 'STOPPED', 'GATHERED',
                  'HELD')),
    ADD CONSTRAINT notice_has_words CHECK (
        state NOT IN ('QUEUED', 'SENDING', 'GATHERED') OR content IS NOT NULL OR channel IN ('letter', 'certified'));
CREATE TABLE notice_step (
    notice_id uuid        NOT NULL REFERENCES notice,
    step      integer     NOT NULL,
    channel   text        NOT NULL,
    state     text        NOT NULL,
    reason    text,
    letter    text,
    content   bytea, -- sealed; the very bytes that were given that way
    proof     bytea, -- sealed
    begun_at  timestamptz NOT NULL,
    over_at   timestamptz NOT NULL,
    PRIMARY KEY (notice_id, step)
);
-- Who was shown what a notice says, and what for.
CREATE TABLE notice_shown (
    notice_id uuid        NOT NULL,
    at        timestamptz NOT NULL,
    actor     text        NOT NULL,
    purpose   text        NOT NULL
);
DROP INDEX notice_waiting;
CREATE INDEX notice_waiting ON notice (channel, due_at, id) WHERE state IN ('QUEUED', 'SENDING');
CREATE INDEX notice_awaited ON notice (available_at) WHERE state = 'AWAITING';
CREATE INDEX notice_gathered ON notice (available_at) WHERE state = 'GATHERED';
CREATE INDEX notice_not_left ON notice (due_at) WHERE state NOT IN ('SENT', 'STOPPED', 'GATHERED');
CREATE INDEX notice_of_campaign ON notice (campaign) WHERE campaign IS NOT NULL;
CREATE INDEX notice_shown_of ON notice_shown (notice_id, at);
