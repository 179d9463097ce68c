"""Commands about reviewers on real tables: what is kept, what is sealed, what is refused, what falls away."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.complaints.auditing import chain as audit
from services.complaints.domain.reviewers.assignment import choose
from services.complaints.domain.reviewers.independence import objections
from services.complaints.domain.reviewers.reviewer import Level, Role, Waiver, WaiverKind
from services.complaints.reviewers import pool as reviewer_pool
from services.complaints.reviewers.store import StaleReviewer, release_cases
from shared.contracts.replies import CommandAccepted, CommandRejected
from shared.contracts.reviewers import (
    AmendReviewer,
    Holder,
    InterestGiven,
    InterestKind,
    LicenceGiven,
    Profession,
    PutOnCall,
    RetireReviewer,
    Specialty,
    TakeOffCall,
    TieGiven,
    TieKind,
)
from shared.messaging.keyring import Keyring
from tests.complaints.reviewers.conftest import Office
from tests.complaints.reviewers.people import AT, CASE, CCN, DAY, FAMILY, LONG_AGO, held, person, registration, request

ACTOR = "director@example.org"
SECRETS = ("Rosalind", "rosalind@example.org", "312-555-0100", "036-SECRET")
HOUR = dt.timedelta(hours=1)
OTHER = UUID("00000000-0000-4000-8000-000000000002")
CASE_ROW = """
    INSERT INTO case_file (case_id, family_id, case_type, state, stage, region, zone, facility_ccn, facility_state,
                           provider_type, channel, timeliness, received_at, opened_at, course, version)
    VALUES ($1, $1, 'HOSP_DISCHARGE_FFS', 'ASSIGNED', 'IN_REVIEW', 'Region 5', 'America/Chicago', '140001', 'IL',
            'HOSPITAL', 'PHONE', 'TIMELY', $2, $2, '{}', 1)
"""
CLOCK_ROW = """
    INSERT INTO deadline (deadline_id, case_id, ordinal, rule_id, rule_version, citation, obligor, is_window, trigger,
                          trigger_at, due_at, zone, status, warned, wakes, announced, next_fire_at)
    VALUES ($1, $2, $3, 'a-rule', 1, '42 CFR', $4, false, 'received', $5, $6, 'America/Chicago', $7, 0, false, true, $8)
"""


def on_call(start: int, end: int, number: int = 1, **more: Any) -> PutOnCall:
    usual = {"states": frozenset({"IL"}), "profession": Profession.MD, "shift_id": uuid4(), **more}
    return PutOnCall(actor=ACTOR, reviewer_id=person(number), start=AT + start * HOUR, end=AT + end * HOUR, **usual)


def amend(number: int = 1, **what: Any) -> AmendReviewer:
    return AmendReviewer(actor=ACTOR, reviewer_id=person(number), **what)


def md(state: str, **more: Any) -> LicenceGiven:
    return LicenceGiven(profession=Profession.MD, state=state, number="x-1", **{"valid_from": LONG_AGO, **more})


def codes(answer: CommandAccepted | CommandRejected) -> list[str]:
    assert isinstance(answer, CommandRejected)
    return [reason.code for reason in answer.reasons]


def made(answer: CommandAccepted | CommandRejected) -> dict[str, Any]:
    assert isinstance(answer, CommandAccepted)
    return answer.made


async def test_a_registered_reviewer_is_read_back_whole(office: Office) -> None:
    interest = InterestGiven(ccn=CCN, kind=InterestKind.BOARD, holder=Holder.SPOUSE, since=DAY)
    tie = TieGiven(family_id=FAMILY, kind=TieKind.TREATED)
    await office.ask(registration(interests=(interest,), ties=(tie,)))
    record = await office.record(person(1))
    assert record.identity.name == "Rosalind Secret"
    assert record.identity.numbers == {"MD/IL/2010-01-01": "036-SECRET"}
    found = record.reviewer
    assert [(each.profession, each.state, each.valid_from) for each in found.licences] == [("MD", "IL", LONG_AGO)]
    assert [(each.specialty, each.certified) for each in found.specialties] == [(Specialty.CARDIOLOGY, True)]
    assert {reason.code for reason in objections(found, request())} == {
        "INTEREST_IN_FACILITY",
        "TOOK_PART_IN_TREATMENT",
    }


async def test_nothing_that_names_the_reviewer_is_readable_in_the_tables_or_the_answer(office: Office) -> None:
    (answer,) = await office.ask(registration())
    rows = await office.pool.fetch("SELECT to_jsonb(reviewer)::text AS shown FROM reviewer")
    rows += await office.pool.fetch("SELECT to_jsonb(licence)::text AS shown FROM licence")
    rows += await office.pool.fetch("SELECT to_jsonb(audit)::text AS shown FROM audit")
    shown = " ".join(row["shown"] for row in rows) + str(made(answer))
    sealed = await office.pool.fetchval("SELECT sealed FROM reviewer")
    assert not [secret for secret in SECRETS if secret in shown or secret.encode() in sealed]


async def test_every_change_is_in_the_reviewers_audit(office: Office) -> None:
    await office.ask(registration(), amend(capacity=3))
    rows = await office.pool.fetch("SELECT actor, action FROM audit WHERE case_id = $1 ORDER BY number", person(1))
    assert [row["action"] for row in rows] == ["complaints.RegisterReviewer.v1", "complaints.AmendReviewer.v1"]
    async with office.pool.acquire() as conn:
        assert await audit.broken_at(conn, person(1)) is None


async def test_registering_twice_is_refused_and_changes_nothing(office: Office) -> None:
    first, second = await office.ask(registration(), registration(capacity=99))
    assert isinstance(first, CommandAccepted)
    assert codes(second) == ["REVIEWER_EXISTS"]
    assert (await office.record(person(1))).reviewer.capacity == 10


async def test_every_wrong_field_has_its_reason(office: Office) -> None:
    wrong = (
        LicenceGiven(profession=Profession.MD, number="1", valid_from=DAY),
        md("ZZ"),
        LicenceGiven(profession=Profession.CODER, state="IL", number="1", valid_from=DAY),
        LicenceGiven(profession=Profession.MEDICAL_OFFICER, state="CA", number="1", valid_from=DAY),
        md("IL", valid_to=dt.date(2000, 1, 1)),
    )
    (answer,) = await office.ask(registration(licences=wrong))
    assert isinstance(answer, CommandRejected)
    assert [(reason.code, reason.field) for reason in answer.reasons] == [
        ("STATE_NEEDED", "licences.0.state"),
        ("NO_SUCH_STATE", "licences.1.state"),
        ("NATIONAL_CREDENTIAL", "licences.2.state"),
        ("NO_MEDICAL_OFFICERS_THERE", "licences.3.state"),
        ("DATES_REVERSED", "licences.4"),
    ]
    assert await office.pool.fetchval("SELECT count(*) FROM reviewer") == 0


async def test_an_amendment_ends_what_began_the_same_day_and_keeps_the_rest(office: Office) -> None:
    await office.ask(registration())
    await office.ask(amend(licences=(md("IL", valid_to=DAY), md("WI")), phone="312-555-0199"))
    record = await office.record(person(1))
    ends = {each.state: each.valid_to for each in record.reviewer.licences}
    assert ends == {"IL": DAY, "WI": None}
    assert (record.identity.name, record.identity.phone) == ("Rosalind Secret", "312-555-0199")
    assert record.reviewer.practises(Specialty.CARDIOLOGY, DAY)


async def test_a_shift_that_the_licence_no_longer_bears_falls_away(office: Office) -> None:
    await office.ask(registration())
    (now, tomorrow) = on_call(-1, 4), on_call(24, 30)
    await office.ask(now, tomorrow)
    (answer,) = await office.ask(amend(licences=(md("IL", valid_to=DAY),)))
    assert made(answer)["shifts_withdrawn"] == [str(tomorrow.shift_id)]
    assert [shift.id for shift in (await office.record(person(1))).shifts] == [now.shift_id]


async def test_retirement_ends_shifts_and_names_the_cases_to_give_away(office: Office) -> None:
    await office.ask(registration())
    running, coming = on_call(-2, 4), on_call(24, 30)
    await office.ask(running, coming)
    await office.assign(person(1), held())
    (answer,) = await office.ask(RetireReviewer(actor=ACTOR, reviewer_id=person(1), on=DAY))
    assert made(answer)["open_cases"] == [str(CASE)]
    (shift,) = (await office.record(person(1))).shifts
    assert (shift.id, shift.end) == (running.shift_id, office.now)
    (again,) = await office.ask(RetireReviewer(actor=ACTOR, reviewer_id=person(1), on=DAY))
    assert codes(again) == ["ALREADY_RETIRED"]


async def test_what_cannot_be_a_shift_is_refused(office: Office) -> None:
    await office.ask(registration())
    (there,) = [on_call(0, 12)]
    await office.ask(there)
    refused = [
        on_call(6, 18),
        on_call(12, 12),
        on_call(12, 24 * 60),
        on_call(-9, -1),
        on_call(12, 24, states=frozenset({"IL", "TX"})),
        on_call(12, 24, specialty=Specialty.UROLOGY),
        on_call(12, 24, profession=Profession.DENTIST),
        on_call(12, 24, shift_id=there.shift_id),
        on_call(12, 24, number=9),
        PutOnCall(
            actor=ACTOR,
            reviewer_id=person(1),
            shift_id=uuid4(),
            start=dt.datetime(2026, 7, 6),  # noqa: DTZ001 - the fault under test
            end=AT + 90 * HOUR,
            states=frozenset({"IL"}),
            profession=Profession.MD,
        ),
    ]
    assert [codes(answer) for answer in await office.ask(*refused)] == [
        ["ALREADY_ON_CALL"],
        ["SHIFT_LENGTH"],
        ["SHIFT_LENGTH"],
        ["SHIFT_OVER"],
        ["MAY_NOT_STAND"],
        ["MAY_NOT_STAND"],
        ["MAY_NOT_STAND"],
        ["SHIFT_EXISTS"],
        ["NO_SUCH_REVIEWER"],
        ["TIME_WITHOUT_ZONE"],
    ]
    assert len((await office.record(person(1))).shifts) == 1


async def test_a_running_shift_ends_now_and_its_hours_can_be_taken_again_at_once(office: Office) -> None:
    await office.ask(registration())
    running = on_call(-2, 10)
    await office.ask(running)
    off = TakeOffCall(actor=ACTOR, reviewer_id=person(1), shift_id=running.shift_id)
    taken, put = await office.ask(off, on_call(0, 10))
    assert isinstance(taken, CommandAccepted)
    assert isinstance(put, CommandAccepted)
    (again,) = await office.ask(off)
    assert codes(again) == ["SHIFT_OVER"]
    periods = [(shift.start, shift.end) for shift in (await office.record(person(1))).shifts]
    assert periods == [(AT - 2 * HOUR, AT), (AT, AT + 10 * HOUR)]


async def test_an_assignment_is_kept_with_waivers_attestation_and_release(office: Office) -> None:
    await office.ask(registration())
    given = held(waivers=(Waiver(WaiverKind.NO_SPECIALIST, "No cardiologist is licensed here."),))
    await office.assign(person(1), given)
    record = await office.record(person(1))
    assert record.reviewer.assignments == (given,)
    await office.put(record.attested(given.id, AT + HOUR))
    await office.put((await office.record(person(1))).released(given.id, AT + 2 * HOUR))
    (kept,) = (await office.record(person(1))).reviewer.assignments
    assert (kept.attested_at, kept.released_at, kept.waivers) == (AT + HOUR, AT + 2 * HOUR, given.waivers)


async def test_a_part_given_back_is_given_to_another_in_one_transaction(office: Office) -> None:
    await office.ask(registration(1), registration(2))
    first = held()
    await office.assign(person(1), first)
    one, two = await office.record(person(1)), await office.record(person(2))
    await office.put(one.released(first.id, AT + HOUR), two.assigned(held(assigned_at=AT + HOUR)))
    assert (await office.record(person(1))).reviewer.open_cases == 0
    assert (await office.record(person(2))).reviewer.open_cases == 1


async def test_a_later_holder_of_a_part_replaces_the_one_before_but_a_panel_has_several(office: Office) -> None:
    await office.ask(registration(1), registration(2))
    for role, left in ((Role.PEER_REVIEWER, 0), (Role.PANEL_MEMBER, 1)):
        case, family = uuid4(), uuid4()
        part: dict[str, Any] = {"role": role, "case_id": case, "family_id": family}
        await office.assign(person(1), held(**part))
        await office.assign(person(2), held(**part, assigned_at=AT + HOUR))
        assert (await office.record(person(1))).reviewer.open_cases == left
    assert (await office.record(person(2))).reviewer.open_cases == 2


async def test_a_stale_reviewer_is_not_saved(office: Office) -> None:
    await office.ask(registration())
    stale = await office.record(person(1))
    await office.ask(amend(capacity=3))
    with pytest.raises(StaleReviewer):
        await office.put(stale)


async def test_closing_a_case_releases_everyone_once_and_a_stale_record_does_not_take_it_back(office: Office) -> None:
    await office.ask(registration())
    given = held()
    await office.assign(person(1), given)
    before = await office.record(person(1))
    async with office.pool.acquire() as conn:
        await release_cases(conn, [CASE], AT + HOUR)
        await release_cases(conn, [CASE], AT + 5 * HOUR)
    await office.put(before.attested(given.id, AT + 2 * HOUR))
    (kept,) = (await office.record(person(1))).reviewer.assignments
    assert (kept.released_at, kept.attested_at) == (AT + HOUR, AT + 2 * HOUR)


async def test_candidates_come_from_the_area_with_their_load_and_past_in_the_family(office: Office) -> None:
    texan = registration(3, licences=(md("TX"),))
    coder = LicenceGiven(profession=Profession.CODER, number="c-1", valid_from=LONG_AGO)
    await office.ask(registration(1), registration(2), texan, registration(4, licences=(coder,)))
    await office.assign(person(1), held(level=Level.INITIAL))
    await office.assign(person(2), held(case_id=uuid4(), family_id=uuid4()))
    await office.assign(person(2), held(case_id=uuid4(), family_id=uuid4()))
    wanted = request(level=Level.RECONSIDERATION, denial=True)
    async with office.pool.acquire() as conn:
        pool = await reviewer_pool.candidates(conn, wanted)
    assert {each.reviewer.id: len(each.open_due) for each in pool} == {person(1): 1, person(2): 2, person(4): 0}
    choice = choose(pool, wanted, due_at=None, seed="s")
    assert choice.chosen == person(2)
    assert choice.rejected[person(1)] == ("REVIEWED_AT_OTHER_LEVEL",)


async def test_the_load_knows_when_the_next_act_of_the_qio_is_due(office: Office) -> None:
    await office.ask(registration(1))
    await office.assign(person(1), held())
    await office.assign(person(1), held(case_id=OTHER, family_id=OTHER))
    await office.pool.execute(CASE_ROW, CASE, AT)
    for number, (obligor, status, hours) in enumerate(
        [("PROVIDER", "PENDING", 1), ("QIO", "MET", 2), ("QIO", "PENDING", 9), ("QIO", "PENDING", 5)]
    ):
        fires = AT if status == "PENDING" else None
        await office.pool.execute(CLOCK_ROW, uuid4(), CASE, number, obligor, AT, AT + hours * HOUR, status, fires)
    async with office.pool.acquire() as conn:
        load = (await reviewer_pool.workload(conn, [person(1)]))[person(1)]
    assert load.due == (AT + 5 * HOUR, None)
    assert load.next_due == AT + 5 * HOUR


async def test_a_screener_may_be_licensed_anywhere(office: Office) -> None:
    nurse = LicenceGiven(profession=Profession.NURSE, state="TX", number="n-1", valid_from=LONG_AGO)
    await office.ask(registration(1, licences=(nurse,)))
    async with office.pool.acquire() as conn:
        pool = await reviewer_pool.candidates(conn, request(role=Role.SCREENER))
    assert [each.reviewer.id for each in pool] == [person(1)]


async def test_another_key_opens_no_identity(office: Office) -> None:
    await office.ask(registration())
    office.store = type(office.store)(Keyring({1: bytes(reversed(range(32)))}))
    with pytest.raises(Exception, match="altered or out of place"):
        await office.record(person(1))


async def test_an_unknown_reviewer_is_not_loaded(office: Office) -> None:
    async with office.pool.acquire() as conn:
        assert await office.store.load(conn, [f"reviewer:{UUID(int=5)}"]) == {}
        assert await office.store.load(conn, []) == {}
