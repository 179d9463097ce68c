-- Claims that payment reviews are drawn from, what was drawn, what it came to; second reviews of decided cases.

-- What stands of each claim, and what its versions were billed with: {"<version>": [DRG, cents paid or null]}.
-- Beneficiary and claim are keyed references; amounts are cents.
CREATE TABLE claim_candidate (
    beneficiary bytea   NOT NULL,
    claim       bytea   NOT NULL,
    version     bigint  NOT NULL,
    cancelled   boolean NOT NULL,
    provider    text    NOT NULL,
    admission   date    NOT NULL,
    discharge   date    NOT NULL,
    status      text,
    frequency   text,
    drg         text,
    paid        bigint,
    billed      jsonb   NOT NULL,
    PRIMARY KEY (beneficiary, claim)
);
-- Only what may be drawn: stays of fewer than two midnights and claims that came again.
CREATE INDEX claim_candidate_to_draw ON claim_candidate (discharge)
    WHERE NOT cancelled AND (discharge - admission < 2 OR version > 1);
CREATE INDEX claim_candidate_age ON claim_candidate (discharge);

-- One review of a claim, whatever for. ``period_first`` and ``period_last`` are the days of discharge it was drawn for.
-- Kept six years from the date of service (42 CFR 476.94(e)).
CREATE TABLE selection (
    beneficiary   bytea       NOT NULL,
    claim         bytea       NOT NULL,
    review        text        NOT NULL CHECK (review IN ('SHORT_STAY', 'HIGHER_WEIGHTED_DRG')),
    version       bigint      NOT NULL,
    provider      text        NOT NULL,
    period_first  date        NOT NULL,
    period_last   date        NOT NULL CHECK (period_last >= period_first),
    service_ended date        NOT NULL,
    selected_at   timestamptz NOT NULL,
    case_id       uuid        UNIQUE REFERENCES case_file DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (beneficiary, claim)
);
CREATE INDEX selection_period ON selection (period_first, period_last);
CREATE INDEX selection_to_open ON selection (selected_at) WHERE case_id IS NULL;
CREATE INDEX selection_age ON selection (service_ended);

-- The account of one payment review (kept six years from the date of service) and its finding about the setting of care.
CREATE TABLE payment_account (
    case_id             uuid   PRIMARY KEY REFERENCES case_file DEFERRABLE INITIALLY DEFERRED,
    paid                bigint NOT NULL,
    service_ended       date   NOT NULL,
    billed_setting      text,
    appropriate_setting text,
    setting_basis       text,
    CHECK (num_nulls(billed_setting, appropriate_setting, setting_basis) IN (0, 3))
);
CREATE INDEX payment_account_age ON payment_account (service_ended);
CREATE TABLE amount (
    case_id uuid        NOT NULL REFERENCES payment_account ON DELETE CASCADE,
    number  integer     NOT NULL,
    at      timestamptz NOT NULL,
    stage   text        NOT NULL CHECK (stage IN ('PROPOSED', 'DETERMINED', 'RESTORED', 'ADJUSTED')),
    finding text        NOT NULL CHECK (finding IN ('DENIAL', 'DRG_CHANGE', 'TECHNICAL_DENIAL')),
    cents   bigint      NOT NULL,
    PRIMARY KEY (case_id, number)
);

-- Blind: the second reviewer is another person, and neither outcome changes once given.
CREATE TABLE second_review (
    case_id         uuid        PRIMARY KEY REFERENCES case_file DEFERRABLE INITIALLY DEFERRED,
    case_type       text        NOT NULL,
    reviewer_group  text        NOT NULL,
    month           date        NOT NULL CHECK (extract(day FROM month) = 1),
    why             text        NOT NULL CHECK (why IN ('SHARE', 'MINIMUM')),
    drawn_at        timestamptz NOT NULL,
    first_reviewer  uuid        NOT NULL,
    first_outcome   text        NOT NULL,
    second_reviewer uuid,
    second_outcome  text,
    reviewed_at     timestamptz,
    CHECK (second_reviewer <> first_reviewer),
    CHECK (num_nulls(second_reviewer, second_outcome, reviewed_at) IN (0, 3))
);
CREATE INDEX second_review_month ON second_review (month, case_type);
