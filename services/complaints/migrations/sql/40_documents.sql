-- Documents of cases: what is known of one, and its content in sealed pieces. All instants UTC.

-- ``sealed``: the document's own key, its SHA-256 and the number of its pieces, sealed with case and document as place.
-- ``digest``: keyed, of the content: tells that the same document came twice to a case, and nothing else.
CREATE TABLE document (
    document_id uuid        PRIMARY KEY,
    case_id     uuid        NOT NULL REFERENCES case_file,
    kind        text        NOT NULL,
    sender      text        NOT NULL,
    channel     text        NOT NULL,
    media_type  text        NOT NULL,
    pages       integer     NOT NULL CHECK (pages > 0),
    size        bigint      NOT NULL CHECK (size > 0),
    received_at timestamptz NOT NULL,
    stored_at   timestamptz NOT NULL,
    digest      bytea       NOT NULL,
    sealed      bytea       NOT NULL,
    UNIQUE (case_id, digest),
    CHECK (received_at <= stored_at + interval '1 minute')
);
CREATE TABLE document_piece (
    document_id uuid    NOT NULL REFERENCES document,
    number      integer NOT NULL,
    sealed      bytea   NOT NULL,
    PRIMARY KEY (document_id, number)
);
-- Sealed bytes do not get smaller.
ALTER TABLE document_piece ALTER COLUMN sealed SET STORAGE EXTERNAL;
