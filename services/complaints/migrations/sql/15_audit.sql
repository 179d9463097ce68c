-- One hash chain per case; reads of many cases are in the chain of the nil id.
CREATE TABLE audit (
    case_id  uuid        NOT NULL,
    number   bigint      NOT NULL,
    at       timestamptz NOT NULL,
    actor    text        NOT NULL,
    action   text        NOT NULL,
    purpose  text,
    previous bytea       NOT NULL,
    hash     bytea       NOT NULL,
    PRIMARY KEY (case_id, number)
);
CREATE TABLE audit_head (
    case_id uuid   PRIMARY KEY,
    number  bigint NOT NULL,
    hash    bytea  NOT NULL
) WITH (fillfactor = 50); -- changed with every line: room for the next version beside the last

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is append-only';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
