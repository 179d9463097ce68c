"""Plays hospital discharge appeals from the request to the determination, as a QIO's staff would."""

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from shared.cli.ask import Line, actor
from shared.contracts import complaints, reviewers
from shared.contracts.complaints import How, Role
from shared.contracts.message import Command
from shared.contracts.replies import CommandRejected
from shared.feeds.reference import Reference
from shared.feeds.sample.appeals import appeals
from shared.feeds.sample.plan import Plan
from shared.program.states import STATES

REVIEWERS: Final = 12
_REVIEWERS: Final = UUID("6f0c2a5e-2b1d-4c8e-9a53-0d9e1f7b4c21")
DECIDED_SHARE: Final = 0.7  # the others stay open, so that the board has clocks to show
AT_ONCE: Final = 8


class Refusal(Exception):  # noqa: N818 - the fact is the name
    """A command of the story was refused; names the rule."""


async def play(line: Line, plan: Plan, reference: Reference, now: dt.datetime) -> int:
    """File the plan's appeals and decide most of them; returns how many were filed."""
    known = await _reviewers(line)
    gate = asyncio.Semaphore(AT_ONCE)
    chance = plan.chance("story")

    async def one(facts: dict[str, object], chance: Random) -> None:
        async with gate:
            await _appeal(line, _as_of_now(facts, reference, now), now, chance, known)

    filed = [one(facts, Random(chance.random())) for facts in appeals(plan, now.date())]  # noqa: S311 - repeatable
    await asyncio.gather(*filed)
    return len(filed)


def _as_of_now(facts: dict[str, object], reference: Reference, now: dt.datetime) -> dict[str, Any]:
    """The generated facts, moved so that the request came some minutes ago on the hospital's clock."""
    received = (now - dt.timedelta(minutes=20)).astimezone(ZoneInfo(STATES[str(facts["state"])].zone))
    dates = facts["facts"]
    assert isinstance(dates, dict)
    late = dates["discharge_date"] != str(facts["received_at"])[:10]
    discharge = received.date() - dt.timedelta(days=1 if late else 0)
    return {
        **facts,
        "beneficiary": reference.beneficiary(str(facts["beneficiary"])),
        "received_at": received,
        "facts": {
            "discharge_date": discharge.isoformat(),
            "admitted": (discharge - dt.timedelta(days=4)).isoformat(),
            "followup_notice_given": (received - dt.timedelta(days=1)).isoformat(),
        },
        "actor": actor(),
    }


async def _appeal(line: Line, facts: dict[str, Any], now: dt.datetime, chance: Random, known: Sequence[UUID]) -> None:
    filing = complaints.FileCase.model_validate(facts)
    made = await _must(line, filing, filing.beneficiary)
    case = UUID(str(made["case_id"]))
    steps = [_step(case, now, 18, "provider_notified")]
    if chance.random() < DECIDED_SHARE:
        steps += _review(case, now, chance, known)
    for step in steps:
        await _must(line, step, str(case))


async def _reviewers(line: Line) -> list[UUID]:
    """Physicians licensed in one State of every region, so that each may review for any QIO area."""
    states = {state.region: code for code, state in sorted(STATES.items(), reverse=True)}
    since = dt.date(2010, 1, 1)
    made = []
    for number in range(REVIEWERS):
        command = reviewers.RegisterReviewer(
            actor=actor(),
            reviewer_id=uuid5(_REVIEWERS, str(number)),
            name=f"Dr. Reviewer {number + 1}",
            practising=True,
            capacity=500,
            licences=tuple(
                reviewers.LicenceGiven(
                    profession=reviewers.Profession.MD, state=state, number=f"{number + 1:05d}", valid_from=since
                )
                for state in states.values()
            ),
        )
        reply = await line.ask(command, str(command.reviewer_id))
        known = isinstance(reply, CommandRejected) and [r.code for r in reply.reasons] == ["REVIEWER_EXISTS"]
        if isinstance(reply, CommandRejected) and not known:
            raise Refusal(f"{command.wire_type()}: {'; '.join(reason.text for reason in reply.reasons)}")
        made.append(command.reviewer_id)
    return made


def _review(case: UUID, now: dt.datetime, chance: Random, known: Sequence[UUID]) -> list[complaints.CaseCommand]:
    reviewer = chance.choice(known)
    outcome = "OVERTURNED" if chance.random() < 0.25 else "UPHELD_PROVIDER"
    base = {"actor": actor(), "case_id": case, "reviewer": reviewer}
    return [
        _step(case, now, 13, "detailed_notice_given"),
        _step(case, now, 12, "information_complete"),
        _step(case, now, 10, "views_solicited"),
        _step(case, now, 9, "explanation_offered"),
        _step(case, now, 8, "validity_found", answers={"notice_valid": "yes"}),
        complaints.AssignReviewer.model_validate(
            {**base, "at": now - dt.timedelta(minutes=7), "attested_no_conflict": True}
        ),
        complaints.DecideCase.model_validate(
            {**base, "at": now - dt.timedelta(minutes=4), "outcome": outcome, "rationale": _RATIONALE[outcome]}
        ),
        *(
            _step(case, now, 2, "told", party=party, how=How.PHONE)
            for party in (Role.BENEFICIARY, Role.PROVIDER, Role.PRACTITIONER)
        ),
    ]


_RATIONALE: Final[Mapping[str, str]] = {
    "OVERTURNED": "The records show that care in the hospital is still needed.",
    "UPHELD_PROVIDER": "The records show that care can safely go on outside the hospital.",
}


def _step(case: UUID, now: dt.datetime, minutes_ago: int, step: str, **values: object) -> complaints.CaseCommand:
    at = now - dt.timedelta(minutes=minutes_ago)
    return complaints.RecordStep.model_validate({"actor": actor(), "case_id": case, "at": at, "step": step, **values})


async def _must(line: Line, command: Command, key: str) -> Mapping[str, object]:
    reply = await line.ask(command, key)
    if isinstance(reply, CommandRejected):
        raise Refusal(f"{command.wire_type()}: {'; '.join(reason.text for reason in reply.reasons)}")
    return reply.made
