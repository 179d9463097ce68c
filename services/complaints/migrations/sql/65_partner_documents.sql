-- Documents that partners returned: by the partner's own id, so that a repetition is known; without their content.
CREATE TABLE partner_document (
    partner     text        NOT NULL,
    document    uuid        NOT NULL,
    case_id     uuid        REFERENCES case_file DEFERRABLE INITIALLY DEFERRED,
    kind        text        NOT NULL,
    pages       integer     NOT NULL,
    sha256      bytea       NOT NULL,
    received_at timestamptz NOT NULL,
    verdict     text        NOT NULL CHECK (verdict IN ('TAKEN', 'NOT_EXPECTED', 'UNKNOWN_CASE')),
    PRIMARY KEY (partner, document)
);
CREATE INDEX partner_document_case ON partner_document (case_id);
