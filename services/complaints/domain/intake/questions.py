"""The questions of the interview as data: what kind of answer each wants, and in which order a case type asks them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.complaints.domain import procedures
from services.complaints.domain.intake.draft import Draft
from services.complaints.domain.intake.finder import PLAIN, find
from services.complaints.domain.procedure import Procedure
from shared.contracts.complaints import Authority, CaseType, GoodCause, ProviderType, Role


class Kind(StrEnum):
    """What an answer looks like."""

    CHOICE = "one of the choices"
    TEXT = "words"
    MOMENT = "date, or instant with zone"
    STATE = "two letters"
    ZIP = "five digits"
    ZONE = "IANA time zone"
    CCN = "six characters"
    PHONE = "telephone number"
    EMAIL = "e-mail address"
    REFERENCE = "32 hex digits"
    NAME = "a coded name"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question; ``needed``: the case cannot be filed without its answer."""

    id: str
    kind: Kind
    choices: tuple[str, ...] = ()
    needed: bool = True


_YES_NO = ("yes", "no")
# Nobody asks for these by calling: they follow from another case, from claims, or from the QIO's own findings.
_NOT_BY_CALL = frozenset(
    {
        CaseType.RECONSIDERATION,
        CaseType.REFERRAL,
        CaseType.SANCTION,
        CaseType.HWDRG,
        CaseType.SHORT_STAY,
        CaseType.MEDNEC_RETRO,
    }
)
BY_CALL = tuple(case_type for case_type in CaseType if case_type not in _NOT_BY_CALL)
AUTHORITIES = (*(one.value for one in Authority), "none")
_FIXED = (
    Asked("case_type", Kind.CHOICE, tuple(one.value for one in BY_CALL), needed=False),
    Asked("caller", Kind.CHOICE, ("beneficiary", "representative", "provider", "plan", "cms", "agency")),
    Asked("authority", Kind.CHOICE, AUTHORITIES),
    Asked("callback", Kind.PHONE, needed=False),
    Asked("interpreter", Kind.TEXT, needed=False),
    Asked("emtala", Kind.CHOICE, ("five_day", "sixty_day", "no")),
    Asked("in_hospital", Kind.CHOICE, ("in", "left", "no")),
    Asked("not_covered", Kind.CHOICE, ("hinn_1", "hinn_11", "hinn_12", "no")),
    Asked("coverage", Kind.CHOICE, ("original", "plan")),
    *(Asked(name, Kind.CHOICE, _YES_NO) for name in ("no_concurrence", "emergency", "discharge", "status_changed")),
    *(Asked(name, Kind.CHOICE, _YES_NO) for name in ("services_ending", "quality", "admitted_then", "observation")),
    Asked("no_part_b", Kind.CHOICE, _YES_NO),
    Asked("state", Kind.STATE),
    Asked("zip_code", Kind.ZIP, needed=False),
    Asked("zone", Kind.ZONE, needed=False),
    Asked("provider_type", Kind.CHOICE, tuple(one.value for one in ProviderType)),
    Asked("facility_ccn", Kind.CCN),
    Asked("provider_name", Kind.TEXT),
    Asked("patient_name", Kind.TEXT),
    Asked("representative_name", Kind.TEXT),
    Asked("practitioner_name", Kind.TEXT),
    Asked("plan_name", Kind.TEXT),
    Asked("beneficiary", Kind.REFERENCE, needed=False),
    Asked("email", Kind.EMAIL, needed=False),
    Asked("claim", Kind.REFERENCE),
    Asked("concern_topic", Kind.NAME),
    Asked("concern_words", Kind.TEXT),
    Asked("good_cause", Kind.CHOICE, tuple(one.value for one in GoodCause)),
)
_FACTS_NOT_NEEDED = ("admitted", "admission", "reclassified", "released", "certificate_received")
# What a case type asks beside the facts its procedure requires.
_MORE: Mapping[CaseType, tuple[str, ...]] = {
    CaseType.HOSP_DISCHARGE_FFS: ("admitted",),
    CaseType.HOSP_DISCHARGE_MA: ("admitted",),
    CaseType.STATUS_CHANGE: ("reclassified", "released", "observation", "no_part_b"),
    CaseType.PREADMIT_HINN1: ("admitted_then", "admission"),
    CaseType.NONCOVERED_HINN: ("claim",),
}
_AGENCIES = frozenset({ProviderType.HHA.value, ProviderType.CORF.value})
_HOSPITAL_ONLY = frozenset(
    {
        CaseType.HOSP_DISCHARGE_FFS,
        CaseType.HOSP_DISCHARGE_MA,
        CaseType.HOSPITAL_REQUESTED_REVIEW,
        CaseType.STATUS_CHANGE,
        CaseType.PREADMIT_HINN1,
        CaseType.NONCOVERED_HINN,
        CaseType.EMTALA_5DAY,
        CaseType.EMTALA_60DAY,
    }
)
_NAMES = {
    Role.BENEFICIARY: "patient_name",
    Role.PRACTITIONER: "practitioner_name",
    Role.PLAN: "plan_name",
}
REQUIRED_FACTS = frozenset(fact for one in map(procedures.of, BY_CALL) for fact in one.required if fact != one.received)
QUESTIONS: Mapping[str, Asked] = {
    asked.id: asked
    for asked in (
        *(Asked(fact, Kind.MOMENT) for fact in sorted(REQUIRED_FACTS)),
        *(Asked(fact, Kind.MOMENT, needed=False) for fact in _FACTS_NOT_NEEDED),
        *_FIXED,
    )
}
FACTS = REQUIRED_FACTS | set(_FACTS_NOT_NEEDED)


def questions(draft: Draft, *, good_cause: bool = False) -> Iterator[Asked]:
    """What is to be asked, in order, as far as the answers tell; ``good_cause``: the request is late without one."""
    for name in _names(draft, good_cause=good_cause):
        asked = QUESTIONS[name]
        # Whether a fact is needed is the case type's to say: STATUS_CHANGE cannot do without the admission.
        yield Asked(asked.id, asked.kind, asked.choices) if name in _required(draft) else asked


def provider_type(draft: Draft, case_type: CaseType) -> ProviderType | None:
    """What kind of provider it is; some reviews are of hospitals only."""
    if case_type in _HOSPITAL_ONLY:
        return ProviderType.HOSPITAL
    given = draft.answer("provider_type")
    return ProviderType(given) if given is not None else None


def _required(draft: Draft) -> tuple[str, ...]:
    case_type = find(draft).case_type
    return procedures.of(case_type).required if case_type is not None else ()


def _names(draft: Draft, *, good_cause: bool) -> Iterator[str]:
    yield "caller"
    if draft.answer("caller") == "representative":
        yield "authority"
    yield "callback"
    yield "interpreter"
    found = find(draft)
    yield from (name for name in PLAIN if draft.asked(name) and found.ask != name)
    if found.ask is not None and found.ask != "caller":
        yield found.ask
    yield "state"
    yield "zip_code"
    if found.case_type is not None:
        yield from _of_type(draft, procedures.of(found.case_type), good_cause=good_cause)


def _of_type(draft: Draft, procedure: Procedure, *, good_cause: bool) -> Iterator[str]:
    if procedure.type not in _HOSPITAL_ONLY:
        yield "provider_type"
    yield from (fact for fact in procedure.required if fact != procedure.received)
    yield from _MORE.get(procedure.type, ())
    if procedure.type is CaseType.PREADMIT_HINN1 and draft.answer("in_hospital") == "left":
        yield "discharge_date"
    if procedure.type is CaseType.SERVICE_TERM_FFS and draft.answer("provider_type") in _AGENCIES:
        yield "certificate_received"
    if good_cause:
        yield "good_cause"
    if procedure.concerns or procedure.type is CaseType.IMMEDIATE_ADVOCACY:
        yield from ("concern_topic", "concern_words")
    yield from ("facility_ccn", "provider_name")
    yield from (_NAMES[role] for role in procedure.parties if role in _NAMES)
    if Role.BENEFICIARY in procedure.parties:
        if draft.answer("caller") == "representative":
            yield "representative_name"
        yield from ("beneficiary", "email")
