-- Which months were drawn: ``what`` is PAYMENT (again while claims come in) or SECOND_REVIEW (once, when it is over).
CREATE TABLE draw (
    what     text        NOT NULL CHECK (what IN ('PAYMENT', 'SECOND_REVIEW')),
    month    date        NOT NULL CHECK (extract(day FROM month) = 1),
    drawn_at timestamptz NOT NULL,
    PRIMARY KEY (what, month)
);
