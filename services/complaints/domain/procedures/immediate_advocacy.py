"""Immediate advocacy for oral complaints: five conditions, no medical record, no finding (42 CFR 476.110)."""

from types import MappingProxyType
from uuid import UUID

from services.complaints.domain import guards
from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Actor, Guard, Late, Limit, Notice, Procedure, Stage, Step, by_id, table
from services.complaints.domain.procedures import quality
from services.complaints.domain.rules.advocacy import IMMEDIATE_ADVOCACY as CLOCK
from shared.contracts.complaints import CaseType, Channel, Role, Severity

PARTIES = (Role.BENEFICIARY, Role.PROVIDER)
_CONSENTING = (*PARTIES, Role.PRACTITIONER)
_ORAL = frozenset({Channel.PHONE, Channel.TTY, Channel.VOICEMAIL})
_MILD = ("NONE", Severity.OTHER.value)
_STOPPED = "42 CFR 476.110(b)"
_NOBODY = UUID(int=0)

ORAL = Guard(
    "NOT_ORAL",
    "channel",
    "Advocacy is for oral complaints; a written one is reviewed as a complaint (476.120).",
    "42 CFR 476.110(a)",
    lambda look: look.case.channel in _ORAL,
)
BESIDE_AN_APPEAL = Guard(
    "APPEAL_NOT_NAMED",
    "family",
    "Help with a discharge names the appeal it runs beside (its family); it is no appeal and moves no clock of one.",
    "42 CFR 476.110",
    lambda look: not look.so("discharge_assistance") or look.case.family != _NOBODY,
)


def _parties(look: Look) -> tuple[Role, ...]:
    """Everyone the case names who takes part; a representative acts for the beneficiary."""
    return tuple(role for role in _CONSENTING if look.case.sealed.contact(role) is not None)


def _all_did(step: str, code: str, text: str, citation: str) -> Guard:
    """Every party did it, each recorded with who noted it and when."""
    return Guard(
        code,
        "party",
        text,
        citation,
        lambda look: all(look.case.course.told(step, party) is not None for party in _parties(look)),
    )


_BY_CLINICIAN = Guard(
    "NOT_SCREENED_BY_CLINICIAN",
    "answers.screened_by_clinician",
    "A clinician screens a complaint with any clinical content.",
    "42 CFR 476.110(a)(2)",
    lambda look: look.answered("clinical") != "yes" or look.answered("screened_by_clinician") == "yes",
)
_MILD_ENOUGH = Guard(
    "TOO_GRAVE",
    "answers.potential_severity",
    "Advocacy is for what is unrelated to clinical quality, or not gross and flagrant, substantial or significant.",
    "42 CFR 476.110(a)(2)",
    lambda look: look.answered("clinical") == "no" or look.answered("potential_severity") in _MILD,
)
_TO_GENERAL = Guard(
    "NOT_GRAVE",
    "answers.potential_severity",
    "An oral complaint leads to a general review only if it may be gross and flagrant, substantial or significant.",
    "42 CFR 476.120(a)(2)",
    lambda look: look.answered("potential_severity") not in (None, *_MILD),
)
_TAKING_PART = _all_did(
    "participation_agreed", "NOT_ALL_AGREED", "Not every party agreed to take part.", "42 CFR 476.110(a)(4)"
)
_LIMITS = _all_did(
    "redisclosure_limits_agreed",
    "LIMITS_NOT_AGREED",
    "Not every party agreed to the limits on redisclosure.",
    "42 CFR 476.110(a)(5), 480.107(l)",
)
_NAMED = Guard(
    "NAME_NOT_DISCLOSABLE",
    "party",
    "The beneficiary did not agree that the name is disclosed.",
    "42 CFR 476.110(a)(3)",
    lambda look: look.case.course.told("name_disclosure_agreed", Role.BENEFICIARY) is not None,
)


def _of_case(*roles: Role) -> Guard:
    text = "This party's agreement is not asked here."
    return Guard("NO_SUCH_PARTY", "party", text, "42 CFR 476.110(a)", lambda look: look.act.party in roles)


def _consent(step: str, says: str, citation: str, *roles: Role) -> Step:
    """One party's agreement; the others are asked only when the beneficiary's name may be disclosed."""
    own = guards.unless(lambda look: look.act.party is Role.BENEFICIARY, _NAMED)
    return Step(
        id=step,
        says=says,
        actor=Actor.ADVOCATE,
        citation=citation,
        guards=(_of_case(*roles), *((own,) if len(roles) > 1 else ())),
        needs=("party",),
        takes=("how",),
        quiet=True,
        note="said orally; kept with who noted it and when",
    )


def _stopped(
    step: str, says: str, ends: str, actor: Actor, citation: str = _STOPPED, to: tuple[Role, ...] = quality.CARE
) -> Step:
    """Advocacy came to its end without success: the right to complain in writing is said.

    Provider and practitioner hear of it only where it had begun: before, the name may not be disclosed.
    """
    return Step(
        id=step,
        says=says,
        actor=actor,
        citation=citation,
        fact="advocacy_ended",
        takes=("words.reason",),
        notices=(
            Notice("IA_DISCONTINUED", (Role.BENEFICIARY,)),
            *((Notice("IA_DISCONTINUED", to, if_named=True, since="advocacy_started"),) if to else ()),
        ),
        ends=ends,
        note="nothing of what was said in advocacy goes into the reason (476.110(c))",
    )


def _converted(step: str, says: str, ends: str, citation: str, *guard: Guard) -> Step:
    return Step(
        id=step,
        says=says,
        actor=Actor.STAFF,
        citation=citation,
        fact="advocacy_ended",
        guards=guard,
        needs=("note",),
        ends=ends,
        note="the other case is opened in the same family; nothing said in advocacy goes over without consent",
    )


_STEPS = (
    quality.screened(
        "42 CFR 476.110(a)(2)",
        quality.one_of("clinical", ("yes", "no"), "42 CFR 476.110(a)(2)"),
        _BY_CLINICIAN,
        needs=("answers.clinical", "answers.screened_by_clinician"),
    ),
    Step(
        id="offered",
        says="offered advocacy",
        actor=Actor.ADVOCATE,
        citation="42 CFR 476.110(a)",
        guards=(_MILD_ENOUGH,),
    ),
    _consent("name_disclosure_agreed", "agreed to", "42 CFR 476.110(a)(3)", Role.BENEFICIARY),
    _consent("participation_agreed", "agreed to", "42 CFR 476.110(a)(4)", *_CONSENTING),
    _consent("redisclosure_limits_agreed", "agreed to", "42 CFR 476.110(a)(5)", *_CONSENTING),
    Step(
        id="advocacy_started",
        says="begun",
        actor=Actor.ADVOCATE,
        citation="42 CFR 476.110(a)",
        guards=(_MILD_ENOUGH, _NAMED, _TAKING_PART, _LIMITS),
    ),
    Step(
        id="contact_made",
        says="mediated",
        actor=Actor.ADVOCATE,
        citation="42 CFR 476.110",
        needs=("note",),
        takes=("party", "how"),
        quiet=True,
        note="not redisclosed without the written consent of all parties (476.110(c), 480.107(l))",
    ),
    Step(
        id="resolved",
        says="resolved",
        actor=Actor.ADVOCATE,
        citation="42 CFR 476.110",
        fact="advocacy_ended",
        ends="RESOLVED",
    ),
    _stopped("not_resolved", "left unresolved", "NOT_RESOLVED", Actor.ADVOCATE, to=()),
    _stopped("provider_declined", "declined", "PROVIDER_DECLINED", Actor.PARTY, to=()),
    _stopped("discontinued_by_qio", "discontinued by the QIO", "DISCONTINUED_BY_QIO", Actor.STAFF),
    _stopped("discontinued_by_beneficiary", "discontinued by the patient", "DISCONTINUED_BY_BENE", Actor.PARTY),
    _stopped("discontinued_by_provider", "discontinued by the provider", "DISCONTINUED_BY_PROVIDER", Actor.PARTY),
    _stopped("abandoned", "abandoned", "ABANDONED", Actor.STAFF, "42 CFR 476.110(d)"),
    _converted(
        "converted_to_complaint", "taken over by a written complaint", "CONVERTED_TO_COMPLAINT", "42 CFR 476.120"
    ),
    _converted(
        "converted_to_general",
        "taken over by a general quality review",
        "CONVERTED_TO_GENERAL_QOC",
        "42 CFR 476.120(a)(2)",
        _TO_GENERAL,
    ),
)

STATES = MappingProxyType(
    {
        "RECEIVED": Stage.RECEIVED,
        "SCREENED": Stage.RECEIVED,
        "CONSENT_PENDING": Stage.IN_REVIEW,
        "ADVOCACY_ACTIVE": Stage.IN_REVIEW,
        "RESOLVED": Stage.CLOSED,
        "NOT_RESOLVED": Stage.CLOSED,
        "DISCONTINUED": Stage.CLOSED,
        "ABANDONED": Stage.CLOSED,
        "CONVERTED": Stage.CLOSED,
    }
)
_BEFORE = ("RECEIVED", "SCREENED")
_BEGUN = ("CONSENT_PENDING", "ADVOCACY_ACTIVE")

IMMEDIATE_ADVOCACY = Procedure(
    type=CaseType.IMMEDIATE_ADVOCACY,
    clock=CLOCK,
    initial="RECEIVED",
    states=STATES,
    steps=by_id(*_STEPS),
    table=table(
        ("RECEIVED", "screened", "SCREENED"),
        ("SCREENED", "offered", "CONSENT_PENDING"),
        ("CONSENT_PENDING", "name_disclosure_agreed", None),
        ("CONSENT_PENDING", "participation_agreed", None),
        ("CONSENT_PENDING", "redisclosure_limits_agreed", None),
        ("CONSENT_PENDING", "provider_declined", "DISCONTINUED"),
        ("CONSENT_PENDING", "advocacy_started", "ADVOCACY_ACTIVE"),
        ("ADVOCACY_ACTIVE", "contact_made", None),
        ("ADVOCACY_ACTIVE", "resolved", "RESOLVED"),
        ("ADVOCACY_ACTIVE", "not_resolved", "NOT_RESOLVED"),
        ((*_BEFORE, *_BEGUN), "discontinued_by_beneficiary", "DISCONTINUED"),
        ((*_BEFORE, *_BEGUN), "discontinued_by_qio", "DISCONTINUED"),
        (_BEGUN, "discontinued_by_provider", "DISCONTINUED"),
        (_BEGUN, "abandoned", "ABANDONED"),
        ((*_BEFORE, *_BEGUN), "converted_to_complaint", "CONVERTED"),
        (("SCREENED", *_BEGUN), "converted_to_general", "CONVERTED"),
    ),
    outcomes=MappingProxyType({}),
    parties=PARTIES,
    identity=(),
    received="complaint_received",
    required=("care_date",),
    limits=(Limit("IA-LIMIT", Late.REFUSED),),
    commands=MappingProxyType({"withdraw": ("discontinued_by_beneficiary",)}),
    eligible=(ORAL, BESIDE_AN_APPEAL),
    coarse="COMPLAINT",
    source="42 CFR 476.110",
)
