"""What must hold before the steps of a sanction: recommended, heard, decided by a panel (42 CFR 1004.40-.60)."""

from services.complaints.domain import guards
from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Guard, Outcome
from shared.contracts.complaints import Part

AFFIRM = Outcome("AFFIRM", "the violation stands")
MODIFY = Outcome("MODIFY", "the violation stands in part")
CLOSE = Outcome("CLOSE", "there is no violation to pursue")
SMALLEST_PANEL = 3


def _panel(look: Look) -> set[str]:
    return {one.reviewer for one in look.case.sealed.panel() if one.physician}


def _recommended(look: Look) -> bool:
    return any(one.part is Part.RECOMMENDER and one.physician for one in look.case.sealed.assigned)


def _heard(look: Look) -> bool:
    """The meeting was held, or the time to ask for one is over."""
    window = look.reckoning.of("SN-RESPONSE")
    return "meeting_held" in look.case.course.facts or (window is not None and look.act.at > window.due_at)


def _stands(look: Look) -> bool:
    decided = look.case.decision()
    return decided is not None and decided.outcome in (AFFIRM.id, MODIFY.id)


def confirmed(name: str, text: str, citation: str) -> Guard:
    """The answer, if it is given, is yes."""

    def holds(look: Look) -> bool:
        return look.act.answers.get(name) in (None, "yes")

    return Guard(f"NO_{name.upper()}", f"answers.{name}", text, citation, holds)


RECOMMENDED = Guard(
    "NOT_RECOMMENDED", "reviewer", "A physician must have recommended to proceed.", "42 CFR 1004.40(a)", _recommended
)
PANEL_COMPLETE = Guard(
    "PANEL_TOO_SMALL",
    "reviewer",
    f"The panel needs at least {SMALLEST_PANEL} physicians.",
    "42 CFR 1004.50(a)",
    lambda look: len(_panel(look)) >= SMALLEST_PANEL,
)
PANEL_DECIDES = Guard(
    "NOT_ON_PANEL",
    "reviewer",
    "A member of the panel signs the finding; who recommended has no vote.",
    "42 CFR 1004.50(f), 1004.60(c)",
    lambda look: look.act.reviewer in _panel(look),
)
HEARD = Guard(
    "RIGHT_TO_BE_HEARD_OPEN",
    "at",
    "The person may still send information or ask for a meeting.",
    "42 CFR 1004.40(b), (c)",
    _heard,
)
CLOSES = Guard("FINDING_STANDS", None, "The finding stands.", "42 CFR 1004.60", lambda look: not _stands(look))
BASIS = guards.one_of("basis", ("gross_and_flagrant", "substantial"), "42 CFR 1004.40(a)")
EXTENDABLE = Guard(
    "NOT_RUNNING",
    "step",
    "The time to meet does not run.",
    "42 CFR 1004.40(c)",
    lambda look: look.case.open_deadline("SN-MEETING") is not None,
)
NOT_NOTICED_TWICE = Guard(
    "ALREADY_NOTICED",
    "step",
    "The OIG's notice was recorded already.",
    "42 CFR 1004.110(a)",
    lambda look: "sanction_notice_dated" not in look.case.course.facts,
)
