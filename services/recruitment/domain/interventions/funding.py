"""The rules of funding: who may apply with whom, and how an application goes on."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.coalitions.state import Coalition
from services.recruitment.domain.communities.days import today_anywhere
from services.recruitment.domain.interventions.funding_kind import FUNDING, MACHINE, Funding
from services.recruitment.domain.interventions.standing import (
    beginning,
    coalition_of,
    in_future,
    membership,
    too_early,
    unknown,
    work_id,
)
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against
from shared.contracts.recruitment.funding import (
    AmendFundingApplication,
    FundingAdvanced,
    FundingApplicationAmended,
    FundingApplicationStarted,
    FundingStatus,
    FundingStep,
    Partner,
    Program,
    RecordFundingStep,
    StartFundingApplication,
)
from shared.contracts.recruitment.ids import Setting
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused

_ENACTED: Final = dt.date(2010, 3, 23)
_LAW: Final = "Pub. L. 111-148 (23 March 2010), §3026"
_ELIGIBLE: Final = "Pub. L. 111-148, §3026(b)(1) and (c)(2)(A)(ii)"
_PROPOSAL: Final = "Pub. L. 111-148, §3026(c)(2)(B)"
_ENTITIES: Final = (Setting.COMMUNITY_ORGANISATION, Setting.HOSPITAL)


def _start_keys(command: StartFundingApplication, ids: Ids) -> Iterable[str]:
    yield COALITION.key(command.coalition)
    yield FUNDING.key(work_id(command.coalition, ids("funding")))
    yield from (PARTICIPANT.key(one) for one in {command.applicant, *command.partners})


def start(command: StartFundingApplication, held: Held, asked: Asked) -> Decided | Against:
    """Start the draft of an application."""
    coalition = held.get(COALITION, command.coalition)
    day = command.started_on
    named = {"applicant": command.applicant} | _places(command.partners)
    reasons = [
        *beginning(coalition, day, "started_on", older=True),
        *in_future(day, asked.now, "started_on"),
        *_about_partners(named, coalition, held, day, today_anywhere(asked.now)),
    ]
    if command.program is Program.SECTION_3026 and day < _ENACTED:
        text = "There was no Section 3026 before the Affordable Care Act was enacted on 2010-03-23."
        reasons.append(Reason(code="BEFORE_PROGRAM", field="started_on", text=text, citation=_LAW))
    if command.deadline is not None:
        reasons += too_early(command.deadline, day, "deadline", "the draft was started")
    if against := refused(reasons):
        return against
    assert coalition is not None
    applicant, *partners = (_partner(one, held) for one in named.values())
    told = command.model_dump(exclude={"applicant", "partners"})
    event = FundingApplicationStarted(
        **told,
        funding=work_id(coalition.id, asked.new_id("funding")),
        number=coalition.number,
        applicant=applicant,
        partners=tuple(partners),
    )
    return Decided({"funding": event.funding, "status": FundingStatus.DRAFTED}, (event,))


def _places(partners: Iterable[str]) -> dict[str, str]:
    return {f"partners[{position}]": one for position, one in enumerate(partners)}


def _partner(participant: str, held: Held) -> Partner:
    found = held.get(PARTICIPANT, participant)
    assert found is not None
    return Partner(participant=found.id, setting=found.setting)


def _about_partners(
    named: Mapping[str, str], coalition: Coalition | None, held: Held, day: dt.date, today: dt.date
) -> Iterator[Reason]:
    seen: set[str] = set()
    for field, participant in named.items():
        if participant in seen:
            yield Reason(code="REPEATED", field=field, text=f"{participant} is given twice.")
            continue
        seen.add(participant)
        found = held.get(PARTICIPANT, participant)
        if reason := reason_against(found, day, field):
            yield reason
        elif found is not None and found.setting is Setting.COMMUNITY_ORGANISATION:
            yield from membership(coalition, participant, day, field, or_on=today)


def _amend_keys(command: AmendFundingApplication, ids: Ids) -> Iterable[str]:
    del ids
    yield FUNDING.key(command.funding)
    yield COALITION.key(coalition_of(command.funding))
    yield from (PARTICIPANT.key(one) for one in set(command.partners or ()))


def amend(command: AmendFundingApplication, held: Held, asked: Asked) -> Decided | Against:
    """Change a draft."""
    found = held.get(FUNDING, command.funding)
    if found is None:
        return unknown("funding")
    if impossible := MACHINE.reason_against(found.status, FundingStep.AMEND, "funding"):
        return Against((impossible,))
    day = command.amended_on
    named = _places(command.partners or ())
    deadline = command.deadline or found.deadline
    reasons = [
        *too_early(day, found.since, "amended_on", "the last that is recorded of it"),
        *in_future(day, asked.now, "amended_on"),
        *_about_partners(named, held.get(COALITION, found.coalition), held, day, today_anywhere(asked.now)),
        *too_early(command.deadline, found.started_on, "deadline", "the draft was started"),
    ]
    reasons += (
        Reason(code="REPEATED", field=field, text="The applicant is no partner of itself.")
        for field, one in named.items()
        if one == found.applicant.participant
    )
    if against := refused(reasons):
        return against
    partners = found.partners if command.partners is None else tuple(_partner(one, held) for one in named.values())
    event = FundingApplicationAmended(
        funding=found.id,
        coalition=found.coalition,
        partners=partners,
        proposed=found.proposed if command.proposed is None else command.proposed,
        amount_cents=found.amount_cents if command.amount_cents is None else command.amount_cents,
        deadline=deadline,
        amended_on=day,
        actor=asked.actor,
    )
    return Decided({"funding": found.id, "status": found.status}, (event,))


def _step_keys(command: RecordFundingStep, ids: Ids) -> Iterable[str]:
    del ids
    yield FUNDING.key(command.funding)


def advance(command: RecordFundingStep, held: Held, asked: Asked) -> Decided | Against:
    """Record how an application or grant went on."""
    found = held.get(FUNDING, command.funding)
    if found is None:
        return unknown("funding")
    if impossible := MACHINE.reason_against(found.status, command.step, "step"):
        return Against((impossible,))
    reasons = [
        *too_early(command.on, found.since, "on", "the last that is recorded of it"),
        *in_future(command.on, asked.now, "on"),
        *_about_step(command, found),
    ]
    if against := refused(reasons):
        return against
    status = MACHINE.table[found.status, command.step]
    event = FundingAdvanced(**command.model_dump(), coalition=found.coalition, status=status)
    return Decided({"funding": found.id, "status": status, "on": event.on.isoformat()}, (event,))


_NEEDED: Final[Mapping[FundingStep, tuple[str, ...]]] = {
    FundingStep.AWARD: ("amount_cents",),
    FundingStep.REQUIRE_REPORT: ("due_on",),
    FundingStep.DECLINE: ("reason",),
    FundingStep.WITHDRAW: ("reason",),
}
_ALLOWED: Final[Mapping[FundingStep, tuple[str, ...]]] = {**_NEEDED, FundingStep.AWARD: ("amount_cents", "ends_on")}


def _about_step(command: RecordFundingStep, found: Funding) -> Iterator[Reason]:
    if command.step is FundingStep.AMEND:
        yield Reason(code="OWN_COMMAND", field="step", text="A draft is changed by amending it, with what is new.")
    given: dict[str, Any] = command.model_dump(include={"amount_cents", "ends_on", "due_on"})
    for field in _NEEDED.get(command.step, ()):
        if getattr(command, field) is None:
            yield Reason(code="NEEDED", field=field, text=f"{command.step} needs {field}.")
    for field, value in given.items():
        if value is not None and field not in _ALLOWED.get(command.step, ()):
            yield Reason(code="NOT_OF_THIS_STEP", field=field, text=f"{field} does not belong to {command.step}.")
    yield from too_early(command.due_on, command.on, "due_on", "the day it is required")
    yield from too_early(command.ends_on, command.on, "ends_on", "the award")
    if command.step is FundingStep.SUBMIT:
        yield from _about_submission(command, found)


def _about_submission(command: RecordFundingStep, found: Funding) -> Iterator[Reason]:
    if found.deadline is not None and command.on > found.deadline:
        yield Reason(code="PAST_DEADLINE", field="on", text=f"The deadline was {found.deadline}.")
    if found.program is not Program.SECTION_3026:
        return
    if found.applicant.setting not in _ENTITIES:
        text = "Only a hospital or a community-based organisation can apply."
        yield Reason(code="APPLICANT_NOT_ELIGIBLE", field="funding", text=text, citation=_ELIGIBLE)
    settings = {one.setting for one in (found.applicant, *found.partners)}
    for setting, text in (
        (Setting.COMMUNITY_ORGANISATION, "No community-based organisation is in the application."),
        (Setting.HOSPITAL, "No hospital is in the application."),
    ):
        if setting not in settings:
            yield Reason(code="PARTNERSHIP_INCOMPLETE", field="funding", text=text, citation=_ELIGIBLE)
    if not found.proposed:
        text = "No care transition intervention is proposed."
        yield Reason(code="NO_INTERVENTION", field="funding", text=text, citation=_PROPOSAL)


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(StartFundingApplication, _start_keys, start),
    Rule(AmendFundingApplication, _amend_keys, amend),
    Rule(RecordFundingStep, _step_keys, advance),
)
