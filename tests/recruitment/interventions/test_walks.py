"""Any walk of commands leaves machines within their tables, figures within their days, and records made again."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.recruitment.domain.interventions.alignment_kinds import Agreement
from services.recruitment.domain.interventions.funding_kind import Funding
from services.recruitment.domain.interventions.pledges import Pledge
from services.recruitment.domain.interventions.state import Intervention, Phase
from shared.contracts.message import Command
from shared.contracts.recruitment.alignment import AgreementStep
from shared.contracts.recruitment.funding import FundingStatus, FundingStep
from shared.contracts.recruitment.pledges import PledgeStatus
from shared.messaging.handling import Accepted
from tests.recruitment.desk import Desk
from tests.recruitment.interventions import (
    test_alignment,
    test_course,
    test_figures,
    test_funding,
    test_mentoring,
    test_organising,
    test_pledges,
)
from tests.recruitment.interventions.cast import again, desk, start

DAYS = [dt.date(2014, 10, 1) + dt.timedelta(days=number) for number in range(0, 170, 9)]
Move = Callable[[str, str, int], Command]


def _funding(at: str, on: str, amount: int) -> Command:
    taken = list(FundingStep)[amount % len(FundingStep)]
    return test_funding.step(at, taken, on, **test_funding.FIELDS.get(taken, {}))


# What can be asked of each thing, by the name of its kind; the amount means what the command makes of it.
MOVES: dict[str, list[Move]] = {
    "intervention": [
        lambda at, on, _: test_course.change(at, on),
        lambda at, on, _: test_course.pause(at, on),
        lambda at, on, _: test_course.resume(at, on),
        lambda at, on, _: test_course.end(at, on),
        lambda at, on, _: test_course.correct(at, started_on=on),
        lambda at, on, _: test_course.correct(at, ended_on=on),
        lambda at, on, amount: test_figures.dose(at, on[:7], amount, because="b"),
        lambda at, on, amount: test_figures.reach(at, amount, on[:7], because="b"),
    ],
    "pledge": [
        lambda at, on, amount: test_pledges.kept(at, amount * 50_000, on, because="b"),
        lambda at, on, _: test_pledges.broken(at, on),
        lambda at, on, _: test_pledges.withdraw(at, on),
    ],
    "mentoring": [
        lambda at, on, _: test_mentoring.session(at, on),
        lambda at, on, amount: test_mentoring.goal(at, amount % 3 + 1, on),
        lambda at, on, _: test_mentoring.end(at, on),
    ],
    "asset": [lambda at, on, _: test_organising.retire(at, on)],
    "commitment": [
        lambda at, on, _: test_organising.done(at, on),
        lambda at, on, _: test_organising.drop(at, on),
    ],
    "funding": [
        lambda at, on, amount: test_funding.amend(at, on, amount_cents=amount),
        _funding,
    ],
    "alignment": [lambda at, on, _: test_alignment.end(at, on)],
    "agreement": [
        lambda at, on, amount: test_alignment.amend(at, on, amount_cents=amount),
        lambda at, on, amount: test_alignment.step(at, list(AgreementStep)[amount % 4], on, "r"),
    ],
}
OPENINGS: tuple[Callable[[], Command], ...] = (
    start,
    test_pledges.pledge,
    test_mentoring.start,
    test_organising.asset,
    test_organising.commit,
    test_organising.meet,
    test_funding.draft,
    test_alignment.align,
    test_alignment.agree,
)
moves = st.tuples(st.sampled_from(sorted(MOVES)), st.integers(0, 7), st.sampled_from(DAYS), st.integers(0, 14))


def opened() -> tuple[Desk, dict[str, str]]:
    """One of each, by the name of its kind."""
    at = desk()
    names: dict[str, Any] = {}
    for opening in OPENINGS:
        names |= at.done(opening())
    return at, names


def sound(record: object) -> None:
    """What holds of a record whatever happened to it."""
    match record:
        case Intervention():
            assert (record.ended_on is not None) == (record.phase is Phase.ENDED)
            assert (record.phase is Phase.PAUSED) <= (record.pauses[-1].until is None if record.pauses else False)
            last = record.ended_on or dt.date(2015, 3, 7)
            assert all(record.started_on <= day <= last for day in record.days())
            assert all(record.started_on.isoformat()[:7] <= one <= last.isoformat()[:7] for one in record.months)
            assert all(one.beneficiaries is None or not 0 < one.beneficiaries < 11 for one in record.reach.values())
        case Pledge():
            assert (record.status is PledgeStatus.KEPT) <= (record.kept >= record.amount)
            assert (record.status is PledgeStatus.PARTLY_KEPT) <= (0 < record.kept < record.amount)
        case Funding():
            assert (record.report_due_on is not None) == (record.status is FundingStatus.REPORTING_DUE)
        case Agreement():
            assert (record.terms[-1].ends_on, record.terms[-1].amount_cents) == (record.ends_on, record.amount_cents)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(moves, min_size=5, max_size=40))
def test_any_walk_is_sound_and_made_again_from_its_events(walk: list[tuple[str, int, dt.date, int]]) -> None:
    at, names = opened()
    carried_out = 0
    for kind, number, day, amount in walk:
        asked = MOVES[kind][number % len(MOVES[kind])](names[kind], str(day), amount)
        carried_out += isinstance(at.ask(asked), Accepted)
        for record in at.records.values():
            sound(record)
    assert again(at) == at.records
