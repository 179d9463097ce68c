"""From a denial to the end of its appeals in the QIO: notice, reconsideration, hearing, reopening (42 CFR 476, 478)."""

from types import MappingProxyType

from services.complaints.domain import clock, guards
from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Actor, Guard, Notice, Stage, Step
from services.complaints.domain.procedures import common, reconsidered
from services.complaints.domain.procedures.expedited import CLOSED, DETERMINED, NOTIFIED, REVIEW, Row
from services.complaints.domain.rules.payment import RECONSIDERATION_RULES
from shared.contracts.complaints import Role

DENIED = "DENIED"
ALLOWED = "ALLOWED"
HEARING = "HEARING_WINDOW"
REQUEST, EXPEDITED, HEARING_RULE = "RD-REQUEST", "RD-REQUEST-EXPEDITED", "RD-HEARING"
STATES = {DENIED: Stage.DECIDED, ALLOWED: Stage.DECIDED, HEARING: Stage.DECIDED, **reconsidered.STATES}
# What is open again when the determination is made anew.
DETERMINATION_FACTS = (
    "determined",
    "patient_told",
    "letters_sent",
    "denial_dated",
    "denial_received",
    "reconsideration_postmarked",
    "reconsideration_received",
    "reconsidered_dated",
    "reconsidered_received",
    "hearing_requested",
)
LAPSES = {REQUEST: "closed", HEARING_RULE: "closed"}
AUTOMATIC = ("denial_issued", "approval_issued", "denial_completed", "notification_completed", "closed")
LETTERS = MappingProxyType(
    {
        "DENIAL_NOTICE": "denial_left",
        "DECISION_LETTER": "letter_left",
        "RECON_DECISION": "reconsideration_letter_left",
    }
)
COMMANDS = {**reconsidered.COMMANDS, "reopen": ("reopened",)}
DUES = {"reconsideration_deadline": (EXPEDITED, REQUEST)}
WORDS = ("liability_determination", "service_dates")
_DECIDE = ("RD-DECIDE-EXPEDITED", "RD-DECIDE-INPATIENT", "RD-DECIDE-SNF", "RD-DECIDE")
_RECONSIDER = "42 CFR 478.15-.38"
_HEARING = "42 CFR 478.40, 478.42"


def _unfavourable(look: Look) -> bool:
    decided = look.case.decision()
    return decided is not None and look.procedure.outcomes[decided.outcome].unfavourable


_IS_DENIED = Guard("NOT_DENIED", None, "Nothing is denied.", "42 CFR 476.94(a)", _unfavourable)
_IS_ALLOWED = Guard("DENIED", None, "Care is denied.", "42 CFR 476.94(a)", lambda look: not _unfavourable(look))


def _where_denied(guard: Guard) -> Guard:
    return guards.unless(lambda look: look.outcome is None or not look.outcome.unfavourable, guard)


IN_WORDS = (
    _where_denied(
        guards.worded(
            "liability_determination",
            "A denial says in words who knew, or should have known, that the care is not covered.",
            "Social Security Act 1879; 42 CFR 476.94(c)",
        )
    ),
    _where_denied(
        guards.worded("service_dates", "A denial names the dates of the services.", "42 CFR 476.94(c)"),
    ),
)


def _expedited_in_time(look: Look) -> bool:
    """Within 3 days after receipt of a preadmission denial, counted as the rule that comes with the request does."""
    received = look.reckoning.known.get("denial_received")
    if not look.so("expedited") or received is None:
        return True
    rule = next(rule for rule in RECONSIDERATION_RULES if rule.id == EXPEDITED)
    return clock.in_time(look.act.at, rule.due(received.at, look.case.zone), look.case.zone)


_RIGHT = (
    guards.in_time(
        REQUEST,
        "The 60 days after receipt of the denial are over; give good cause, if there is any.",
        "42 CFR 478.20(a), 478.22",
        by="reconsideration_postmarked",
    ),
    Guard(
        "TOO_LATE_FOR_EXPEDITED",
        "circumstances",
        "An expedited request comes within 3 days after receipt of the denial; the ordinary one remains.",
        "42 CFR 478.20(c)",
        _expedited_in_time,
    ),
    guards.asked_by(
        Role.BENEFICIARY, Role.REPRESENTATIVE, Role.PROVIDER, Role.PRACTITIONER, citation="42 CFR 478.16, 478.20"
    ),
)


def dissatisfied(*denial_rules: str) -> frozenset[str]:
    """What runs after a determination against the patient only: the notice of it, and the rights it gives."""
    return frozenset({REQUEST, EXPEDITED, HEARING_RULE, *denial_rules})


def steps(parties: tuple[Role, ...], prefix: str, denial_rules: tuple[str, ...]) -> tuple[Step, ...]:
    """The steps after the determination; ``prefix`` is that of the type's rules of letters and reopening."""
    tell = "42 CFR 476.94(a)"
    letter = Notice("DECISION_LETTER", parties, (f"{prefix}-LETTERS",))
    return (
        _issued("denial_issued", "denied", _IS_DENIED, Notice("DENIAL_NOTICE", parties, denial_rules)),
        _issued("approval_issued", "allowed", _IS_ALLOWED, letter),
        common.told(tell, {Role.BENEFICIARY: "patient_told"}),
        common.letter_left("denial_left", tell, parties, "denial_dated"),
        common.letter_left("letter_left", tell, parties, "letters_sent"),
        common.all_of("denial_completed", ("told", "denial_left"), tell, parties),
        common.all_of("notification_completed", ("told", "letter_left"), tell, parties),
        common.closed(tell, REQUEST, HEARING_RULE),
        *reconsidered.steps(_reconsideration(parties)),
        _HEARING_REQUESTED,
        _reopened(prefix),
    )


def _issued(step: str, says: str, guard: Guard, notice: Notice) -> Step:
    return Step(id=step, says=says, actor=Actor.CLOCK, citation="42 CFR 476.94(a)", guards=(guard,), notices=(notice,))


def _reconsideration(parties: tuple[Role, ...]) -> reconsidered.Reconsideration:
    return reconsidered.Reconsideration(
        citation=_RECONSIDER,
        window="RD-REQUEST",
        right=_RIGHT,
        decide_rules=_DECIDE,
        parties=parties,
        requested="reconsideration_received",
        needs=("facts.reconsideration_postmarked",),
        told=None,
        letters="reconsidered_dated",
    )


def _reconsidered_against(look: Look) -> bool:
    last = look.case.decision()
    return last is not None and last.level == 1 and _unfavourable(look)


_HEARING_REQUESTED = Step(
    id="hearing_requested",
    says="taken to a hearing",
    actor=Actor.PARTY,
    citation=_HEARING,
    fact="hearing_requested",
    guards=(
        guards.asked_by(*guards.PATIENT, citation=_HEARING),
        guards.in_time(HEARING_RULE, "The 60 days after receipt of the reconsideration are over.", _HEARING),
        Guard(
            "NOT_RECONSIDERED",
            None,
            "A hearing follows a reconsideration against the patient.",
            _HEARING,
            _reconsidered_against,
        ),
    ),
    needs=("party",),
    level=1,
    note="OMHA hears the case; the amount in controversy is for it to find",
)


def _reopened(prefix: str) -> Step:
    """After a reconsideration its own day counts (478.48), else that of the determination (476.96)."""
    first = guards.may_reopen(f"{prefix}-REOPEN", f"{prefix}-REOPEN-CAUSE", citation="42 CFR 476.96")
    again = guards.may_reopen("RD-REOPEN", "RD-REOPEN-CAUSE", citation="42 CFR 478.48")
    return Step(
        id="reopened",
        says="reopened",
        actor=Actor.STAFF,
        citation="42 CFR 476.96, 478.48",
        guards=(guards.unless(lambda look: "reconsidered_dated" in look.case.course.facts, first), again),
        needs=("ground", "note"),
        clears=DETERMINATION_FACTS,
    )


def rows(made: tuple[Step, ...]) -> tuple[Row, ...]:
    """The rows from the determination on."""
    told = ("told", "denial_left")
    asked = tuple(
        row
        for row in reconsidered.rows(made, late=True, told=told, then=HEARING)
        if row[1] != "reconsideration_requested"
    )
    return (
        (DETERMINED, "denial_issued", DENIED),
        (DETERMINED, "approval_issued", ALLOWED),
        ((DENIED, ALLOWED), "told", None),
        (DENIED, "denial_left", None),
        (ALLOWED, "letter_left", None),
        (DENIED, "denial_completed", NOTIFIED),
        (ALLOWED, "notification_completed", NOTIFIED),
        ((NOTIFIED, HEARING), "closed", CLOSED),
        ((DENIED, NOTIFIED, CLOSED), "reconsideration_requested", reconsidered.REQUESTED),
        *asked,
        ((HEARING, CLOSED), "hearing_requested", CLOSED),
        (CLOSED, "reopened", REVIEW),
    )
