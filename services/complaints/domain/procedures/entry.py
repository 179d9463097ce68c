"""What stands before an expedited review: whether there is a right to it, and whether the QIO or the plan has it."""

from collections.abc import Iterable

from services.complaints.domain import guards
from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Actor, Guard, Notice, Stage, Step
from services.complaints.domain.procedures.expedited import (
    ELIGIBILITY,
    NOT_ELIGIBLE,
    RECEIVED,
    WITHDRAWN,
    Row,
)
from shared.contracts.complaints import Obligor, ProviderType, Role

RETURNED = "RETURNED_TO_PLAN"
STATES = {ELIGIBILITY: Stage.RECEIVED}
ROWS: tuple[Row, ...] = (
    (ELIGIBILITY, "accepted", RECEIVED),
    (ELIGIBILITY, "withdrawn", WITHDRAWN),
    (ELIGIBILITY, "found_not_eligible", NOT_ELIGIBLE),
)
RETURN_STATES = {RETURNED: Stage.CLOSED}
RETURN_ROWS: tuple[Row, ...] = ((ELIGIBILITY, "returned_to_plan", RETURNED),)
# What goes back is not accepted first.
AUTOMATIC = ("returned_to_plan", "accepted")

HOSPITAL_REASONS = ("same_level_transfer", "benefits_exhausted", "not_inpatient", "not_medicare", "no_such_decision")
SERVICE_REASONS = (
    "reduction",
    "one_of_several_services",
    "benefits_exhausted",
    "no_certificate",
    "not_medicare",
    "no_such_decision",
)


def given_by(kinds: Iterable[ProviderType], citation: str) -> Guard:
    """Only care of these kinds of providers has this review."""
    known = frozenset(kinds)
    return Guard(
        "WRONG_PROVIDER",
        "provider_type",
        "Care of this kind of provider has another review.",
        citation,
        lambda look: look.case.facility.type in known,
    )


def accepted(citation: str, rules: tuple[str, ...], to: tuple[Role, ...], *more: Guard) -> Step:
    """By itself, when there is a right to the review: whoever must know is notified."""
    return Step(
        id="accepted",
        says="accepted",
        actor=Actor.CLOCK,
        citation=citation,
        guards=more,
        notices=(Notice("REQ_NOTIFY_PROVIDER", to, rules),),
    )


def returned(citation: str) -> Step:
    """By itself, when the request came too late for the QIO: the plan reconsiders it (422.584)."""
    return Step(
        id="returned_to_plan",
        says="returned to the plan",
        actor=Actor.CLOCK,
        citation=citation,
        guards=(guards.returned(citation),),
        notices=(Notice("RETURNED_TO_PLAN", (Role.BENEFICIARY, Role.PLAN)),),
        voids=frozenset(Obligor),
        ends=RETURNED,
    )


_AGENCIES = frozenset({ProviderType.HHA, ProviderType.CORF})


def needs_certificate(look: Look) -> bool:
    """Not residential: a physician certifies that stopping may put health at significant risk (405.1202(a))."""
    return look.case.facility.type in _AGENCIES


def _certified(look: Look) -> bool:
    return not needs_certificate(look) or "certificate_received" in look.case.course.facts


CERTIFIED = Guard(
    "CERTIFICATE_MISSING",
    "facts.certificate_received",
    "No physician has certified that stopping the services may put health at significant risk.",
    "42 CFR 405.1202(a)",
    _certified,
)
CERTIFICATE_SAID = Guard(
    "CERTIFICATE_UNKNOWN",
    "facts.certificate_received",
    "Home health and CORF: give the time of the physician's certificate, or say uncertified until it comes.",
    "42 CFR 405.1202(a)",
    lambda look: not needs_certificate(look) or _certified(look) is not look.so("uncertified"),
)
CERTIFICATE_RECEIVED = Step(
    id="certificate_received",
    says="given the physician's certificate",
    actor=Actor.INTAKE,
    citation="42 CFR 405.1202(a)",
    fact="certificate_received",
    guards=(
        Guard(
            "NO_CERTIFICATE_NEEDED",
            "step",
            "A certificate is needed of home health and CORF services only, and once.",
            "42 CFR 405.1202(a)",
            lambda look: needs_certificate(look) and not _certified(look),
        ),
        Guard(
            "NOT_ELIGIBLE_OTHERWISE",
            "step",
            "The case was not eligible for another reason than the missing certificate.",
            "42 CFR 405.1202(a)",
            lambda look: look.case.course.ended is None or look.answered("ineligible") == "no_certificate",
        ),
    ),
    sets=("-uncertified",),
    note="cures what was not eligible; the request keeps its receipt, the clocks count from the certificate",
)
CERTIFICATE_ROWS: tuple[Row, ...] = (
    (ELIGIBILITY, "certificate_received", None),
    (NOT_ELIGIBLE, "certificate_received", ELIGIBILITY),
)
