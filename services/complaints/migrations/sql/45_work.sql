-- Whose turn it is in each open case, and who has taken the work up. Written with the case, under its head.

-- ``role`` is null while only others can act; ``steps`` are the role's, the next first; ``deadline_id``/``due_at``: the
-- act the QIO owes soonest, also where its time is over. How urgent it is, is reckoned when it is read: clocks are
-- turned without loading their cases. A claim ends when the turn goes to another role, and with the case.
CREATE TABLE work_item (
    case_id     uuid        PRIMARY KEY REFERENCES case_file,
    role        text,
    region      text        NOT NULL,
    state       text        NOT NULL,
    steps       text[]      NOT NULL,
    deadline_id uuid        REFERENCES deadline,
    due_at      timestamptz,
    claimed_by  text,
    claimed_at  timestamptz,
    CHECK ((deadline_id IS NULL) = (due_at IS NULL)),
    CHECK ((claimed_by IS NULL) = (claimed_at IS NULL)),
    CHECK (claimed_by IS NULL OR role IS NOT NULL)
);
CREATE INDEX work_item_queue ON work_item (role, due_at, case_id) WHERE role IS NOT NULL;
CREATE INDEX work_item_holder ON work_item (claimed_by, due_at) WHERE claimed_by IS NOT NULL;
