"""Claims on a real database: exactly one winner, lapse with the turn, every change in the case's audit."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

from services.complaints.auditing import chain as audit
from services.complaints.domain import filing
from shared.contracts.complaints import AssignReviewer, RecordStep, WithdrawCase
from shared.contracts.replies import CommandAccepted, CommandRejected
from shared.contracts.work import ClaimWork, ReassignWork, ReleaseWork, WorkRole
from tests.complaints.cases import command, utc
from tests.complaints.conftest import PSEUDONYMS, REVIEWER
from tests.complaints.work.conftest import Office, Pipeline

AT = utc("2026-07-04T23:50:00-05:00")
ANN, BOB = "ann@example.org", "bob@example.org"


def step(case_id: UUID, name: str, **details: Any) -> RecordStep:
    return RecordStep(actor=ANN, case_id=case_id, at=AT, step=name, **details)


def claim(case_id: UUID, by: str = ANN, role: WorkRole | None = None) -> ClaimWork:
    return ClaimWork(actor=by, case_id=case_id, role=role)


def codes(reply: CommandAccepted | CommandRejected) -> list[str]:
    assert isinstance(reply, CommandRejected), reply
    return [reason.code for reason in reply.reasons]


async def test_of_many_who_claim_at_once_through_two_pipelines_exactly_one_wins(office: Office) -> None:
    pipelines = [Pipeline(office.pool), Pipeline(office.pool)]
    for _ in range(5):
        case_id = await office.opened()
        # Its head is there already: making one would let only one transaction in by itself.
        await office.done(claim(case_id), ReleaseWork(actor=ANN, case_id=case_id))
        people = [f"{name}@example.org" for name in "abcdefgh"]
        tries = (pipelines[n % 2].ask(office.now, claim(case_id, who)) for n, who in enumerate(people))
        answers = [answer for (answer,) in await asyncio.gather(*tries)]
        (won,) = [answer for answer in answers if isinstance(answer, CommandAccepted)]
        lost = [answer for answer in answers if isinstance(answer, CommandRejected)]
        assert {code for answer in lost for code in codes(answer)} == {"ALREADY_CLAIMED"}
        item = await office.item(case_id)
        assert item["claimed_by"] == won.made["claimed_by"] == people[answers.index(won)]


async def test_of_two_supervisors_who_reassign_at_once_exactly_one_wins(office: Office) -> None:
    pipelines = [Pipeline(office.pool), Pipeline(office.pool)]
    case_id = await office.opened()
    await office.done(claim(case_id))
    requests = [ReassignWork(actor="sue@example.org", case_id=case_id, to=to, holder=ANN) for to in (BOB, "cy")]
    tries = (pipeline.ask(office.now, one) for pipeline, one in zip(pipelines, requests, strict=True))
    answers = [answer for (answer,) in await asyncio.gather(*tries)]
    assert sorted(type(answer).__name__ for answer in answers) == ["CommandAccepted", "CommandRejected"]
    assert codes(next(one for one in answers if isinstance(one, CommandRejected))) == ["HOLDER_CHANGED"]


async def test_a_claim_and_a_release_at_once_leave_nothing_between_the_two(office: Office) -> None:
    pipelines = [Pipeline(office.pool), Pipeline(office.pool)]
    case_id = await office.opened()
    await office.done(claim(case_id))
    (released,), (claimed,) = await asyncio.gather(
        pipelines[0].ask(office.now, ReleaseWork(actor=ANN, case_id=case_id)),
        pipelines[1].ask(office.now, claim(case_id, BOB)),
    )
    assert isinstance(released, CommandAccepted)
    holder = (await office.item(case_id))["claimed_by"]
    assert holder == (BOB if isinstance(claimed, CommandAccepted) else None)


async def test_who_has_the_work_keeps_it_when_asking_again_and_alone_can_give_it_back(office: Office) -> None:
    case_id = await office.opened()
    (first,) = await office.done(claim(case_id))
    office.now = utc("2026-07-04T23:57:00-05:00")
    (again,) = await office.done(claim(case_id))
    assert again.made["claimed_at"] == first.made["claimed_at"] == "2026-07-05T04:56:00Z"
    (refused,) = await office.ask(ReleaseWork(actor=BOB, case_id=case_id))
    assert codes(refused) == ["NOT_HOLDER"]
    await office.done(ReleaseWork(actor=ANN, case_id=case_id))
    (refused,) = await office.ask(ReleaseWork(actor=ANN, case_id=case_id))
    assert codes(refused) == ["NOT_HOLDER"]
    await office.done(claim(case_id, BOB))


async def test_a_claim_stays_while_it_is_the_same_roles_turn_and_lapses_with_the_turn(office: Office) -> None:
    case_id = await office.opened()
    await office.done(claim(case_id), step(case_id, "views_solicited"))
    assert (await office.item(case_id))["claimed_by"] == ANN
    await office.done(step(case_id, "provider_notified"))
    item = await office.item(case_id)
    assert (item["role"], item["claimed_by"], item["claimed_at"]) == ("RECORDS", None, None)


async def test_a_claim_taken_before_the_case_moves_on_in_the_same_batch_has_lapsed(office: Office) -> None:
    case_id = await office.opened()
    await office.done(claim(case_id), step(case_id, "provider_notified"))
    item = await office.item(case_id)
    assert (item["role"], item["claimed_by"]) == ("RECORDS", None)


async def test_a_claim_after_the_case_moved_on_in_the_same_batch_is_of_the_new_turn(office: Office) -> None:
    case_id = await office.opened()
    await office.done(claim(case_id))
    (_, claimed) = await office.done(step(case_id, "provider_notified"), claim(case_id, BOB))
    assert claimed.made["role"] == "RECORDS"
    item = await office.item(case_id)
    assert (item["role"], item["claimed_by"]) == ("RECORDS", BOB)


async def test_a_case_filed_and_claimed_in_one_batch_is_claimed(office: Office) -> None:
    request = command(beneficiary=uuid4().hex)
    case_id = PSEUDONYMS.case(filing.identity(request))
    await office.done(request, claim(case_id))
    assert (await office.item(case_id))["claimed_by"] == ANN


async def test_who_saw_the_case_in_another_queue_is_refused(office: Office) -> None:
    case_id = await office.opened()
    await office.done(step(case_id, "provider_notified"))
    (refused,) = await office.ask(claim(case_id, role=WorkRole.INTAKE))
    assert codes(refused) == ["ROLE_CHANGED"]


async def test_there_is_no_work_in_a_case_that_ended_or_is_not_there(office: Office) -> None:
    case_id = await office.opened()
    await office.done(claim(case_id), WithdrawCase(actor=ANN, case_id=case_id, at=AT))
    assert await office.item(case_id) is None
    ended, unknown = await office.ask(claim(case_id), claim(uuid4()))
    assert codes(ended) == ["CASE_ENDED"]
    assert codes(unknown) == ["NO_SUCH_CASE"]


async def test_the_turn_goes_to_what_the_decision_still_needs_and_then_to_the_reviewer(office: Office) -> None:
    case_id = await office.opened()
    assign = AssignReviewer(actor=ANN, case_id=case_id, at=AT, reviewer=REVIEWER, attested_no_conflict=True)
    await office.done(step(case_id, "provider_notified"), step(case_id, "information_complete"), assign)
    turns = []
    for done in (step(case_id, "views_solicited"), step(case_id, "validity_found", answers={"notice_valid": "yes"})):
        turns.append((await office.item(case_id))["steps"][0])
        await office.done(done)
    turns.append((await office.item(case_id))["steps"][0])
    await office.done(step(case_id, "explanation_offered"))
    item = await office.item(case_id)
    assert turns == ["views_solicited", "validity_found", "explanation_offered"]
    assert (item["role"], item["steps"][0]) == ("REVIEWER", "decided")


async def test_every_claim_is_a_line_of_the_cases_unbroken_audit(office: Office) -> None:
    case_id = await office.opened()
    await office.done(claim(case_id))
    await office.done(ReassignWork(actor="sue@example.org", case_id=case_id, to=BOB, holder=ANN))
    await office.done(ReleaseWork(actor=BOB, case_id=case_id))
    rows = await office.pool.fetch("SELECT actor, action FROM audit WHERE case_id = $1 ORDER BY number", case_id)
    assert [tuple(row) for row in rows][1:] == [
        (ANN, "complaints.ClaimWork.v1"),
        ("sue@example.org", "complaints.ReassignWork.v1"),
        (BOB, "complaints.ReleaseWork.v1"),
    ]
    async with office.pool.acquire() as conn:
        assert await audit.broken_at(conn, case_id) is None
