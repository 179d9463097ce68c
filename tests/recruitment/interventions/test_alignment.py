"""Alignment: programs of community-based members, and agreements whose terms change from a day on."""

import datetime as dt

import pytest

from services.recruitment.domain.interventions.alignment_kinds import (
    AGREEMENT,
    AGREEMENT_MACHINE,
    ALIGNMENT,
    AlignmentStatus,
)
from shared.contracts.message import Command
from shared.contracts.recruitment.alignment import (
    AgreementStatus,
    AgreementStep,
    AlignProgram,
    AmendAgreement,
    EndAlignment,
    RecordAgreementStep,
    StartAgreement,
)
from tests.recruitment.desk import Desk
from tests.recruitment.interventions.cast import AGING, HOME, STRANGER, again, command, desk, ended

UNKNOWN = "cambridge.000000000000"


def align(**fields: object) -> Command:
    plain = {"coalition": "cambridge", "organisation": AGING, "program": "Meals after hospital"}
    rest = {"goal": "fewer returns", "measure": "rehospitalizations-30d", "how": "a visit with each meal"}
    return command(AlignProgram, **{**plain, **rest, "since": "2014-10-01", **fields})


def end(at: str, on: str = "2015-01-01") -> Command:
    return command(EndAlignment, alignment=at, ended_on=on, reason="program closed")


def agree(**fields: object) -> Command:
    plain = {"coalition": "cambridge", "organisation": AGING, "kind": "CONTRACT", "party": "QIO"}
    days = {"starts_on": "2014-11-01", "ends_on": "2015-01-31", "drafted_on": "2014-10-01"}
    return command(StartAgreement, subject="coaching", **{**plain, **days, "amount_cents": 50_000_00, **fields})


def amend(at: str, on: str = "2014-12-01", **fields: object) -> Command:
    return command(AmendAgreement, agreement=at, amended_on=on, because="more homes", **fields)


def step(at: str, taken: str, on: str, reason: str | None = None) -> Command:
    return command(RecordAgreementStep, agreement=at, step=taken, on=on, reason=reason)


def agreed() -> tuple[Desk, str]:
    at = desk()
    return at, str(at.done(agree())["agreement"])


def test_a_program_older_than_the_coalition_is_aligned_until_it_ends() -> None:
    at = desk()
    name = str(at.done(align(since="2012-01-01"))["alignment"])
    assert at.refused(end(name, "2011-12-31")) == [("OUT_OF_ORDER", "ended_on")]
    at.done(end(name))
    assert at.held(ALIGNMENT, name).status is AlignmentStatus.ENDED
    assert at.refused(end(name)) == [("STATE", "alignment")]
    assert again(at) == at.records


def test_terms_change_from_a_day_on_and_all_are_kept() -> None:
    at, name = agreed()
    at.done(step(name, "SIGN", "2014-10-15"))
    at.done(amend(name, ends_on="2015-02-28"))
    at.done(amend(name, "2014-12-02", amount_cents=60_000_00))
    assert at.refused(step(name, "END", "2015-02-27")) == [("STILL_IN_FORCE", "on")]
    at.done(step(name, "END", "2015-02-28"))
    held = at.held(AGREEMENT, name)
    assert [(one.since.day, one.amount_cents) for one in held.terms] == [
        (1, 50_000_00),
        (1, 50_000_00),
        (2, 60_000_00),
    ]
    assert (held.ends_on, held.signed_on) == (dt.date(2015, 2, 28), dt.date(2014, 10, 15))
    assert held.status is AgreementStatus.ENDED
    assert again(at) == at.records


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (align(organisation=HOME), [("NOT_COMMUNITY_BASED", "organisation")]),
        (align(organisation=STRANGER), [("NOT_A_MEMBER", "organisation")]),
        (align(measure="joy"), [("MEASURE_UNKNOWN", "measure")]),
        (align(since="2015-03-08"), [("IN_THE_FUTURE", "since")]),
        (agree(organisation=HOME), [("NOT_COMMUNITY_BASED", "organisation")]),
        (agree(organisation="own:nobody"), [("FACILITY_UNKNOWN", "organisation")]),
        (agree(ends_on="2014-10-31"), [("OUT_OF_ORDER", "ends_on")]),
        (agree(drafted_on="2014-08-01"), [("BEFORE_COALITION", "drafted_on")]),
        (end(UNKNOWN), [("ALIGNMENT_UNKNOWN", "alignment")]),
        (amend(UNKNOWN), [("AGREEMENT_UNKNOWN", "agreement")]),
        (step(UNKNOWN, "SIGN", "2014-10-15"), [("AGREEMENT_UNKNOWN", "agreement")]),
    ],
)
def test_what_cannot_be_is_refused_with_its_reasons(asked: Command, expected: list[tuple[str, str]]) -> None:
    assert desk().refused(asked) == expected


def test_an_organisation_that_is_no_member_may_still_be_contracted() -> None:
    desk().done(agree(organisation=STRANGER))


def test_an_ended_coalition_aligns_and_agrees_nothing_new() -> None:
    over = desk(ended(dt.date(2014, 10, 1)))
    assert over.refused(align()) == [("COALITION_ENDED", "since"), *over.refused(align())[1:]]
    assert over.refused(agree()) == [("COALITION_ENDED", "drafted_on")]


def test_amendments_change_something_in_order_and_terminations_say_why() -> None:
    at, name = agreed()
    assert at.refused(amend(name)) == [("NOTHING_CHANGED", None)]
    assert at.refused(amend(name, ends_on="2014-10-31")) == [("OUT_OF_ORDER", "ends_on")]
    assert at.refused(amend(name, "2014-09-30", amount_cents=1)) == [("OUT_OF_ORDER", "amended_on")]
    assert at.refused(step(name, "TERMINATE", "2014-10-15")) == [("NEEDED", "reason")]
    assert at.refused(step(name, "AMEND", "2014-10-15")) == [("OWN_COMMAND", "step")]


@pytest.mark.parametrize("amount", [-1, 10_000_000_000_001])
def test_amounts_are_cents_and_never_negative(amount: int) -> None:
    with pytest.raises(ValueError, match="amount_cents"):
        agree(amount_cents=amount)


@pytest.mark.parametrize("taken", AgreementStep)
@pytest.mark.parametrize("status", AgreementStatus)
def test_every_step_from_every_status_is_in_the_table_or_refused(status: AgreementStatus, taken: AgreementStep) -> None:
    at, name = agreed()
    if status in (AgreementStatus.SIGNED, AgreementStatus.ENDED):
        at.done(step(name, "SIGN", "2014-10-15"))
    if status is AgreementStatus.ENDED:
        at.done(step(name, "END", "2015-01-31"))
    if status is AgreementStatus.TERMINATED:
        at.done(step(name, "TERMINATE", "2015-01-31", "r"))
    own = taken is AgreementStep.AMEND
    asked = amend(name, "2015-02-01", amount_cents=1) if own else step(name, taken, "2015-02-01", "r")
    after = AGREEMENT_MACHINE.after(status, taken)
    if after is None:
        assert at.refused(asked) == [("STATE", "agreement" if own else "step")]
    else:
        at.done(asked)
        assert at.held(AGREEMENT, name).status is after
