"""Deadlines as values, and the rule book that makes them."""

import datetime as dt
from dataclasses import replace

import pytest

from services.complaints.domain import clocks, procedures, rules
from services.complaints.domain.deadlines import Deadline, Status, start
from services.complaints.domain.rules import DISCHARGE_APPEAL, RuleBook, RuleError
from services.complaints.domain.rules import discharge_ffs as ids
from shared.contracts.complaints import Obligor
from tests.complaints.cases import CASE, DESK, LATER, decided, done, guarded, informed, notified, opened, utc, walk

RULE = DISCHARGE_APPEAL.in_force(ids.RECORDS, dt.date(2026, 7, 4))


def records() -> Deadline:
    return start(RULE, CASE, utc("2026-07-04T23:50:00-05:00"), "America/Chicago")


def test_a_late_act_is_noted_and_the_deadline_stays_missed() -> None:
    missed, _ = records().fire(utc("2026-07-05T17:00:01Z"))
    assert missed.status is Status.MISSED
    late = missed.meet(utc("2026-07-05T18:00:00Z"))
    assert (late.status, late.met_at) == (Status.MISSED, utc("2026-07-05T18:00:00Z"))


def test_an_act_recorded_before_the_clock_spoke_but_done_too_late_is_missed() -> None:
    assert records().meet(utc("2026-07-05T17:00:01Z")).status is Status.MISSED
    assert records().meet(utc("2026-07-05T17:00:00Z")).status is Status.MET


def test_the_first_act_counts_and_what_is_void_stays_void() -> None:
    met = records().meet(utc("2026-07-05T10:00:00Z"))
    assert met.meet(utc("2026-07-05T11:00:00Z")) == met
    assert met.void() == met
    void = records().void()
    assert (void.meet(utc("2026-07-05T10:00:00Z")), void.fire(LATER)) == (void, (void, None))


def test_partial_information_meets_only_what_it_brought() -> None:
    case = walk(
        opened(), notified("2026-07-04T23:50:00-05:00"), done("detailed_notice_given", "2026-07-05T09:00:00-05:00")
    )
    status = {deadline.rule_id: deadline.status for deadline in case.deadlines}
    assert (status[ids.DETAILED_NOTICE], status[ids.RECORDS]) == (Status.MET, Status.PENDING)


def test_a_determination_ends_what_the_hospital_owed_but_not_what_the_qio_owes() -> None:
    case = walk(
        opened(),
        notified("2026-07-04T23:50:00-05:00"),
        done("information_complete", "2026-07-05T09:00:00-05:00"),
        *guarded("2026-07-05T09:30:00-05:00"),
        decided("2026-07-05T10:00:00-05:00"),
    )
    assert not [d for d in case.deadlines if d.open and d.obligor is Obligor.PROVIDER]
    assert [d.rule_id for d in case.deadlines if d.open] == ["HD-DETERMINE"]


def test_a_case_keeps_the_rule_of_the_day_it_was_opened() -> None:
    case = walk(opened(), notified("2026-07-04T23:50:00-05:00"), *informed("2026-07-05T10:15:00-05:00"))
    assert {deadline.rule_version for deadline in case.deadlines} == {1}
    newer = replace(RULE, version=2, effective_from=dt.date(2026, 7, 5), count=2)
    book = RuleBook([replace(RULE, effective_to=dt.date(2026, 7, 4)), newer])
    assert book.in_force(ids.RECORDS, dt.date(2026, 7, 4)).version == 1
    assert book.in_force(ids.RECORDS, dt.date(2026, 7, 5)).version == 2
    assert book.version(ids.RECORDS, 1).count == 1


def test_a_case_keeps_the_amounts_its_qio_sets() -> None:
    desk = replace(DESK, book=DESK.book.configured({ids.LETTERS: 2}))
    told = opened().did(facts={**opened().course.facts, "patient_told": utc("2026-07-06T16:00:00-05:00")})
    case, _ = clocks.synced(told, procedures.of(told.type), desk)
    (letters,) = [deadline for deadline in case.deadlines if deadline.rule_id == ids.LETTERS]
    assert letters.due_at == utc("2026-07-08T23:59:59-05:00")


@pytest.mark.parametrize(
    "second",
    [
        replace(RULE, version=2, effective_from=dt.date(2026, 1, 1)),  # the first has no end
        replace(RULE, version=3, effective_from=dt.date(2026, 1, 1)),
        replace(RULE, version=2, effective_from=dt.date(2026, 1, 1), effective_to=dt.date(2025, 1, 1)),
    ],
)
def test_rules_that_contradict_themselves_are_refused_at_start(second: rules.Rule) -> None:
    with pytest.raises(RuleError):
        RuleBook([RULE, second])


@pytest.mark.parametrize("change", [{"citation": ""}, {"owed": ""}, {"count": -1}])
def test_a_rule_without_source_act_or_count_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(RuleError):
        RuleBook([replace(RULE, **change)])  # type: ignore[arg-type]


def test_no_rule_is_made_up_for_a_date_without_one() -> None:
    with pytest.raises(RuleError):
        DISCHARGE_APPEAL.in_force(ids.RECORDS, dt.date(2007, 6, 30))


def test_every_rule_cites_the_regulation() -> None:
    assert all(rule.citation.startswith("42 CFR 405.120") for rule in DISCHARGE_APPEAL.all())
