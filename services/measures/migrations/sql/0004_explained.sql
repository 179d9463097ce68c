-- Who looked at whose contributions make a number: one chain of hashes, and its end.

CREATE TABLE explained (
    number   bigint      PRIMARY KEY,
    at       timestamptz NOT NULL,
    actor    text        NOT NULL,
    purpose  text        NOT NULL,
    asked    text        NOT NULL, -- measure, unit and period; never a beneficiary
    previous bytea       NOT NULL,
    hash     bytea       NOT NULL
);

-- One row, locked by who writes a line.
CREATE TABLE explained_head (
    one    boolean PRIMARY KEY DEFAULT true CHECK (one),
    number bigint  NOT NULL,
    hash   bytea   NOT NULL
) WITH (fillfactor = 50);
INSERT INTO explained_head (number, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

CREATE FUNCTION explained_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is append-only';
END $$;
CREATE TRIGGER explained_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON explained
    FOR EACH STATEMENT EXECUTE FUNCTION explained_is_append_only();

-- Who moved during a year may have contributed to any area.
CREATE INDEX chunk_moved ON chunk (year) WHERE moved;
