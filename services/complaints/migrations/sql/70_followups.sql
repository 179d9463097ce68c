-- What follows from cases for others: counts per facility and month, and referrals of confirmed concerns.

-- Months to be counted again; rows live for a second. ``month`` is its first day, on the facility's calendar.
CREATE TABLE activity_due (
    ccn   text NOT NULL,
    month date NOT NULL,
    PRIMARY KEY (ccn, month)
);

-- The counts as they were last published.
CREATE TABLE activity (
    ccn                 text    NOT NULL,
    month               date    NOT NULL,
    state               text    NOT NULL,
    zip_code            text,
    discharge_appeals   integer NOT NULL,
    termination_appeals integer NOT NULL,
    concerns_confirmed  integer NOT NULL,
    PRIMARY KEY (ccn, month)
);

-- Reviews that were closed with a standard not met, and whose referral to the QIN-QIO is not opened yet.
CREATE TABLE referral_due (
    case_id uuid PRIMARY KEY REFERENCES case_file
);
