"""Dollars follow the steps of a payment review: proposed, determined, restored, adjusted, to the cent."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest

from services.complaints.domain import engine
from services.complaints.domain.case import Case, Taken
from services.complaints.domain.look import Act
from services.complaints.domain.payment.amounts import Account, Booking, Finding, Stage, dollars
from services.complaints.domain.payment.bookkeeping import booked, posted
from services.complaints.domain.payment.setting import SettingBasis, SettingOfCare
from services.complaints.payments import accounts as payment_accounts
from services.complaints.payments.bookkeeping import follow
from shared.contracts.complaints import CaseType
from tests.complaints.cases import DESK, LATER, assigned, done
from tests.complaints.conftest import Desk
from tests.complaints.procedures.payment_cases import (
    AT_STAKE,
    SETTING,
    asked,
    determined,
    discussed,
    drg_discussed,
    noticed_at,
    offered,
    reviewing,
    selected,
)

WHOLE = dollars(AT_STAKE)


def books(case: Case, *acts: Act) -> Case:
    """The case after these steps, with what each of them enters."""
    for act in acts:
        case = booked(case, engine.act(case, act, DESK, LATER))
    return case


def account(lines: Iterable[Booking], paid: int = AT_STAKE) -> Account:
    return posted(Account(dollars(paid)), lines)


def lines(case: Case) -> list[tuple[Stage, Finding, int | None]]:
    return [(line.stage, line.finding, line.cents) for line in case.booked]


def proposed() -> tuple[Act, ...]:
    return (
        done("denial_proposed", "2026-06-15T09:00:00-05:00"),
        offered(),
        done("discussion_held", "2026-06-24T10:00:00-05:00"),
    )


def reconsidered(outcome: str, back: int) -> tuple[Act, ...]:
    setting: dict[str, Any] = SETTING if outcome != "APPROVED" else {}
    return (
        noticed_at("2026-07-01T10:00:00-05:00"),
        asked("2026-07-20T10:00:00-05:00"),
        assigned("2026-07-21T10:00:00-05:00", "pr-18", level=1),
        done(
            "reconsidered",
            "2026-07-22T10:00:00-05:00",
            outcome=outcome,
            reviewer="pr-18",
            rationale="Looked at again.",
            recovered_cents=back,
            **setting,
        ),
    )


def test_a_denial_is_proposed_of_the_whole_and_determined_as_the_reviewer_says() -> None:
    case = books(reviewing(), *proposed(), determined("2026-06-26T10:00:00-05:00"))
    assert lines(case) == [
        (Stage.PROPOSED, Finding.DENIAL, AT_STAKE),
        (Stage.DETERMINED, Finding.DENIAL, AT_STAKE),
    ]
    assert account(case.booked).outstanding == WHOLE


def test_a_proposal_given_up_in_the_discussion_leaves_nothing_determined() -> None:
    given_up = determined("2026-06-26T10:00:00-05:00", "APPROVED")
    found = account(books(reviewing(), *proposed(), given_up).booked)
    assert (found.at_stake, found.determined, found.outstanding) == (WHOLE, Decimal(0), Decimal(0))


def test_what_the_reconsideration_gives_back_is_restored_and_the_rest_adjusted() -> None:
    case = books(
        reviewing(), *proposed(), determined("2026-06-26T10:00:00-05:00"), *reconsidered("DENIED_DAYS", 200_000)
    )
    found = account([*case.booked, Booking(LATER, Stage.ADJUSTED, Finding.DENIAL, None)])
    assert (found.restored, found.recovered, found.outstanding) == (dollars(700_000), dollars(200_000), Decimal(0))


def test_a_reconsideration_in_favour_restores_everything() -> None:
    case = books(reviewing(), *proposed(), determined("2026-06-26T10:00:00-05:00"), *reconsidered("APPROVED", 0))
    found = account(case.booked)
    assert (found.restored, found.outstanding) == (WHOLE, Decimal(0))


def test_a_drg_change_is_of_the_difference() -> None:
    lower = determined("2026-06-26T10:00:00-05:00", "DRG_REVISED_LOWER", recovered_cents=123_45)
    case = books(drg_discussed(), lower)
    assert lines(case) == [
        (Stage.PROPOSED, Finding.DRG_CHANGE, 123_45),
        (Stage.DETERMINED, Finding.DRG_CHANGE, 123_45),
    ]


def test_the_mac_adjusts_what_is_outstanding_and_a_hearing_that_reverses_restores_it() -> None:
    start = [Booking(LATER, Stage.DETERMINED, Finding.DENIAL, 500_00)]
    adjust, restore = (Booking(LATER, stage, Finding.DENIAL, None) for stage in (Stage.ADJUSTED, Stage.RESTORED))
    assert account([*start, adjust]).recovered == Decimal("500.00")
    reversed_ = account([*start, adjust, restore, adjust])
    assert (reversed_.restored, reversed_.recovered, reversed_.outstanding) == (
        Decimal("500.00"),
        Decimal(0),
        Decimal(0),
    )
    assert account([*start, restore, adjust]).entries == account([*start, restore]).entries


def test_a_case_reopened_after_something_was_restored_is_determined_anew() -> None:
    again = [
        Booking(LATER, Stage.DETERMINED, Finding.DENIAL, 500_00),
        Booking(LATER, Stage.RESTORED, Finding.DENIAL, 200_00),
        Booking(LATER, Stage.DETERMINED, Finding.DENIAL, 100_00),
    ]
    found = account(again)
    assert (found.determined, found.restored, found.outstanding) == (Decimal("100.00"), Decimal(0), Decimal("100.00"))


@pytest.mark.parametrize("case_type", [CaseType.HOSP_DISCHARGE_FFS])
def test_other_cases_have_no_account(case_type: CaseType) -> None:
    from tests.complaints.cases import notified, opened  # noqa: PLC0415

    case = opened(case_type=case_type)
    taken = engine.act(case, notified("2026-07-05T09:00:00-05:00"), DESK, LATER)
    assert booked(case, taken) == taken.case


async def test_lines_are_kept_with_their_case_and_summed_by_finding(desk: Desk) -> None:
    case = books(discussed(), determined("2026-06-26T10:00:00-05:00"))
    async with desk.pool.acquire() as conn, conn.transaction():
        await desk.store.save(conn, {f"case:{case.id}": booked(None, Taken(case))}, LATER)
        stored = (await desk.store.load(conn, [f"case:{case.id}"]))[f"case:{case.id}"]
        assert stored.booked == ()
        await follow(conn, [stored])  # nothing new
        sums = await payment_accounts.totals(conn, *(case.course.facts["service_date"],) * 2)
        (review,) = (await payment_accounts.load(conn, [case.id])).values()
    assert sums == {
        Finding.DENIAL: {
            "cases": 1, "at_stake": Decimal("0.00"), "determined": WHOLE, "restored": Decimal("0.00"),
            "recovered": Decimal("0.00"),
        }
    }  # fmt: skip
    assert review.setting is not None
    assert review.setting.appropriate is SettingOfCare.OUTPATIENT_OBSERVATION
    assert review.setting.basis is SettingBasis.NOT_MET
    assert not selected().booked
