"""From the answers to the request that opens the case; what is missing is said by question."""

import datetime as dt
from collections.abc import Iterator

from services.complaints.domain import clock, procedures
from services.complaints.domain.intake.draft import CHANNELS, Draft
from services.complaints.domain.intake.finder import find
from services.complaints.domain.intake.questions import FACTS, provider_type, questions
from services.complaints.domain.intake.reading import read_fact
from services.complaints.domain.procedure import Procedure
from services.complaints.domain.refusal import Refusal
from shared.contracts.complaints import (
    Authority,
    CaseContact,
    CaseParty,
    CaseType,
    Concern,
    FileCase,
    GoodCause,
    Role,
)
from shared.contracts.replies import Reason
from shared.program.states import STATES
from shared.program.zones import ZoneError, facility_zone

_NAMES = {
    Role.BENEFICIARY: "patient_name",
    Role.REPRESENTATIVE: "representative_name",
    Role.PROVIDER: "provider_name",
    Role.PRACTITIONER: "practitioner_name",
    Role.PLAN: "plan_name",
}
# Whose the number to call back, the language and the interpreter are.
_CALLERS = {
    "beneficiary": Role.BENEFICIARY,
    "representative": Role.REPRESENTATIVE,
    "provider": Role.PROVIDER,
    "plan": Role.PLAN,
}
_PATIENT = frozenset({Role.BENEFICIARY, Role.REPRESENTATIVE})
# A circumstance of the case clock, and the answer it follows from.
_SAID = {
    "no_concurrence": ("no_concurrence", "yes"),
    "observation": ("observation", "yes"),
    "no_part_b": ("no_part_b", "yes"),
    "admitted": ("admitted_then", "yes"),
    "left": ("in_hospital", "left"),
    "discharged": ("in_hospital", "left"),
}


def missing(draft: Draft, *, good_cause: bool = False) -> tuple[Reason, ...]:
    """What must still be answered before the case can be filed; ``good_cause``: it is late without one."""
    found = find(draft)
    if found.elsewhere is not None:
        text = "The answers lead to no case of a QIO."
        return (Reason(code=found.elsewhere.value, field=None, text=text, citation="42 CFR 476.71"),)
    text = "This must be answered before the case is filed."
    reasons = [
        Reason(code="UNANSWERED", field=f"answers.{asked.id}", text=text)
        for asked in questions(draft, good_cause=good_cause)
        if asked.needed and draft.answer(asked.id) is None
    ]
    if draft.answer("caller") == "representative" and draft.answer("authority") == "none":
        text = "A representative needs an authority: an appointment, or State law. The request keeps its receipt."
        citation = "42 CFR 405.910, 476.1"
        reasons.append(Reason(code="MISSING_AUTHORITY", field="answers.authority", text=text, citation=citation))
    return tuple(reasons)


def request(draft: Draft, actor: str, now: dt.datetime) -> FileCase:
    """The request that opens the case, received with the first contact; raises Refusal for what is missing."""
    case_type = find(draft).case_type
    reasons = missing(draft)
    if reasons or case_type is None:
        raise Refusal(*reasons)
    procedure, kind = procedures.of(case_type), provider_type(draft, case_type)
    assert kind is not None, "asked for where it does not follow from the case type"
    contact = draft.first_contact(case_type)
    zone = zone_of(draft)
    cause = draft.answer("good_cause")
    return FileCase(
        actor=actor,
        case_type=case_type,
        # Without a number the person is known by this interview alone, and no other request joins.
        beneficiary=draft.answer("beneficiary") or draft.id.hex,
        parties=tuple(_parties(draft, procedure)),
        facility_ccn=draft.answers["facility_ccn"],
        provider_type=kind,
        state=draft.answers["state"],
        zip_code=draft.answer("zip_code"),
        zone=draft.answer("zone"),
        received_at=contact.at,
        channel=CHANNELS[contact.kind],
        facts={name: draft.answers[name] for name in facts(draft, procedure, zone, now)},
        circumstances=circumstances(draft, procedure, zone),
        concerns=tuple(_concerns(draft)),
        good_cause=GoodCause(cause) if cause is not None else None,
        claim=draft.answer("claim") if case_type is CaseType.NONCOVERED_HINN else None,
    )


def zone_of(draft: Draft) -> str:
    """The facility's clock as far as its place is known; a place that cannot be is refused when the case is filed."""
    state = draft.answer("state")
    if state is None:
        return "UTC"
    try:
        return facility_zone(state, draft.answer("zip_code"), draft.answer("zone"))
    except ZoneError:
        return STATES[state].zone


def facts(draft: Draft, procedure: Procedure, zone: str, now: dt.datetime) -> dict[str, clock.Moment]:
    """The facts answered so far that the case type asks for; raises Refusal for one in the future."""
    known = {fact.id for fact in procedure.clock.facts}
    asked = {asked.id for asked in questions(draft)} & FACTS & known
    return {name: read_fact(name, text, zone, now) for name in asked if (text := draft.answer(name)) is not None}


def circumstances(draft: Draft, procedure: Procedure, zone: str) -> frozenset[str]:
    """What holds by the answers: of those circumstances the case type knows."""
    known = {one.id for one in procedure.clock.circumstances}
    asked = {asked.id for asked in questions(draft)}
    so = {name for name, (question, value) in _SAID.items() if draft.answer(question) == value and question in asked}
    if "certificate_received" in asked and draft.answer("certificate_received") is None:
        so.add("uncertified")
    end = draft.answer("coverage_end")
    if end is not None and end[:10] < clock.local_date(draft.first_contact(procedure.type).at, zone).isoformat():
        so.add("ended")
    return frozenset(so & known)


def _parties(draft: Draft, procedure: Procedure) -> Iterator[CaseParty]:
    roles = list(procedure.parties)
    caller = draft.answer("caller")
    if caller == "representative" and Role.BENEFICIARY in roles:
        roles.append(Role.REPRESENTATIVE)
    for role in roles:
        yield CaseParty(
            role=role,
            contact=_contact(draft, role, draft.answers[_NAMES[role]]),
            id=draft.answers["facility_ccn"] if role is Role.PROVIDER else None,
            authority=Authority(draft.answers["authority"]) if role is Role.REPRESENTATIVE else None,
        )


def _contact(draft: Draft, role: Role, name: str) -> CaseContact:
    calls = _CALLERS.get(draft.answers["caller"]) is role
    patient = role in _PATIENT and _CALLERS.get(draft.answers["caller"]) in _PATIENT
    return CaseContact(
        name=name,
        email=draft.answer("email") if calls else None,
        phone=draft.answer("callback") if calls else None,
        language="es" if patient and draft.language == "es" else "en",
        interpreter=draft.answer("interpreter") if calls else None,
        tty=calls and draft.tty,
    )


def _concerns(draft: Draft) -> Iterator[Concern]:
    topic, words = draft.answer("concern_topic"), draft.answer("concern_words")
    if topic is not None and words is not None and "concern_topic" in {asked.id for asked in questions(draft)}:
        yield Concern(id="concern-1", topic=topic, words=words)
