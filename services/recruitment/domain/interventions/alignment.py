"""The rules of alignment: programs of community-based organisations, and agreements with them."""

from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.coalitions.catalogue import MEASURES
from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.communities.days import today_anywhere
from services.recruitment.domain.interventions.alignment_kinds import (
    AGREEMENT,
    AGREEMENT_MACHINE,
    ALIGNMENT,
    ALIGNMENT_MACHINE,
    Agreement,
    AlignmentStep,
)
from services.recruitment.domain.interventions.standing import (
    beginning,
    community_based,
    gone,
    in_future,
    membership,
    too_early,
    unknown,
    work_id,
)
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against
from shared.contracts.recruitment.alignment import (
    AgreementAdvanced,
    AgreementAmended,
    AgreementStarted,
    AgreementStatus,
    AgreementStep,
    AlignmentEnded,
    AlignProgram,
    AmendAgreement,
    EndAlignment,
    ProgramAligned,
    RecordAgreementStep,
    StartAgreement,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def _align_keys(command: AlignProgram, ids: Ids) -> Iterable[str]:
    yield COALITION.key(command.coalition)
    yield PARTICIPANT.key(command.organisation)
    yield ALIGNMENT.key(work_id(command.coalition, ids("alignment")))


def align(command: AlignProgram, held: Held, asked: Asked) -> Decided | Against:
    """Record a program that overlaps a goal; it may be older than the coalition."""
    coalition = held.get(COALITION, command.coalition)
    reasons = [
        *beginning(coalition, command.since, "since", older=True),
        *in_future(command.since, asked.now, "since"),
        *_organisation(command.organisation, held),
        *gone(held.get(PARTICIPANT, command.organisation), today_anywhere(asked.now), "organisation"),
        *_measure(command),
        *membership(coalition, command.organisation, command.since, "organisation", or_on=today_anywhere(asked.now)),
    ]
    if against := refused(reasons):
        return against
    assert coalition is not None
    made = work_id(coalition.id, asked.new_id("alignment"))
    event = ProgramAligned(**command.model_dump(), alignment=made, number=coalition.number)
    return Decided({"alignment": made, "program": event.program}, (event,))


def _measure(command: AlignProgram) -> Iterator[Reason]:
    if command.measure is not None and command.measure not in MEASURES:
        text = f"{command.measure} is not in the catalog of measures."
        yield Reason(code="MEASURE_UNKNOWN", field="measure", text=text)


def _organisation(participant: str, held: Held) -> Iterator[Reason]:
    found = held.get(PARTICIPANT, participant)
    yield from community_based(found.setting if found else None, participant, "organisation")


def _end_keys(command: EndAlignment, ids: Ids) -> Iterable[str]:
    del ids
    yield ALIGNMENT.key(command.alignment)


def end_alignment(command: EndAlignment, held: Held, asked: Asked) -> Decided | Against:
    """Record the last day of an alignment."""
    found = held.get(ALIGNMENT, command.alignment)
    if found is None:
        return unknown("alignment")
    if impossible := ALIGNMENT_MACHINE.reason_against(found.status, AlignmentStep.END, "alignment"):
        return Against((impossible,))
    reasons = [
        *too_early(command.ended_on, found.since, "ended_on", "its first day"),
        *in_future(command.ended_on, asked.now, "ended_on"),
    ]
    if against := refused(reasons):
        return against
    event = AlignmentEnded(**command.model_dump(), coalition=found.coalition)
    return Decided({"alignment": found.id, "program": found.program}, (event,))


def _start_keys(command: StartAgreement, ids: Ids) -> Iterable[str]:
    yield COALITION.key(command.coalition)
    yield PARTICIPANT.key(command.organisation)
    yield AGREEMENT.key(work_id(command.coalition, ids("agreement")))


def start_agreement(command: StartAgreement, held: Held, asked: Asked) -> Decided | Against:
    """Start the draft of an agreement."""
    coalition = held.get(COALITION, command.coalition)
    reasons = [
        *beginning(coalition, command.drafted_on, "drafted_on"),
        *in_future(command.drafted_on, asked.now, "drafted_on"),
        *_organisation(command.organisation, held),
        *too_early(command.ends_on, command.starts_on, "ends_on", "its first day"),
    ]
    if reason := reason_against(held.get(PARTICIPANT, command.organisation), command.drafted_on, "organisation"):
        reasons.append(reason)
    if against := refused(reasons):
        return against
    assert coalition is not None
    made = work_id(coalition.id, asked.new_id("agreement"))
    event = AgreementStarted(**command.model_dump(), agreement=made, number=coalition.number)
    return Decided({"agreement": made, "status": AgreementStatus.DRAFTED}, (event,))


def _agreement_keys(command: AmendAgreement | RecordAgreementStep, ids: Ids) -> Iterable[str]:
    del ids
    yield AGREEMENT.key(command.agreement)


def amend_agreement(command: AmendAgreement, held: Held, asked: Asked) -> Decided | Against:
    """Change the terms of an agreement."""
    found = held.get(AGREEMENT, command.agreement)
    if found is None:
        return unknown("agreement")
    if impossible := AGREEMENT_MACHINE.reason_against(found.status, AgreementStep.AMEND, "agreement"):
        return Against((impossible,))
    ends_on = found.ends_on if command.ends_on is None else command.ends_on
    amount = found.amount_cents if command.amount_cents is None else command.amount_cents
    reasons = [
        *too_early(command.amended_on, found.latest_day, "amended_on", "the last that is recorded of it"),
        *in_future(command.amended_on, asked.now, "amended_on"),
        *too_early(command.ends_on, found.starts_on, "ends_on", "its first day"),
    ]
    if (ends_on, amount) == (found.ends_on, found.amount_cents):
        text = "An amendment changes the last day or the amount; these are as they were."
        reasons.append(Reason(code="NOTHING_CHANGED", field=None, text=text))
    if against := refused(reasons):
        return against
    told = {**command.model_dump(), "ends_on": ends_on, "amount_cents": amount}
    event = AgreementAmended(**told, coalition=found.coalition)
    return Decided({"agreement": found.id, "status": found.status}, (event,))


def advance(command: RecordAgreementStep, held: Held, asked: Asked) -> Decided | Against:
    """Record that an agreement was signed, ended or terminated."""
    found = held.get(AGREEMENT, command.agreement)
    if found is None:
        return unknown("agreement")
    if impossible := AGREEMENT_MACHINE.reason_against(found.status, command.step, "step"):
        return Against((impossible,))
    reasons = [
        *too_early(command.on, found.latest_day, "on", "the last that is recorded of it"),
        *in_future(command.on, asked.now, "on"),
        *_about_step(command, found),
    ]
    if against := refused(reasons):
        return against
    status = AGREEMENT_MACHINE.table[found.status, command.step]
    event = AgreementAdvanced(**command.model_dump(), coalition=found.coalition, status=status)
    return Decided({"agreement": found.id, "status": status, "on": event.on.isoformat()}, (event,))


def _about_step(command: RecordAgreementStep, found: Agreement) -> Iterator[Reason]:
    match command.step:
        case AgreementStep.AMEND:
            yield Reason(code="OWN_COMMAND", field="step", text="Terms are changed by amending, with what is new.")
        case AgreementStep.TERMINATE if command.reason is None:
            yield Reason(code="NEEDED", field="reason", text="Say why it is terminated.")
        case AgreementStep.END if command.on < (found.ends_on or found.starts_on):
            runs = f"It runs until {found.ends_on}" if found.ends_on else f"It begins on {found.starts_on}"
            yield Reason(code="STILL_IN_FORCE", field="on", text=f"{runs}; amend or terminate it.")
        case _:
            return


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(AlignProgram, _align_keys, align),
    Rule(EndAlignment, _end_keys, end_alignment),
    Rule(StartAgreement, _start_keys, start_agreement),
    Rule(AmendAgreement, _agreement_keys, amend_agreement),
    Rule(RecordAgreementStep, _agreement_keys, advance),
)
