"""What must hold before a step, as the regulations say it; shared by case types."""

from collections.abc import Callable, Iterable

from services.complaints.domain import clock
from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Guard, Late
from services.complaints.domain.reckoned import Standing
from shared.contracts.complaints import Finding, ReopenGround, Role


def done_before(step: str, text: str, citation: str, *, field: str | None = None) -> Guard:
    """Another step was taken before."""
    return Guard(f"{step.upper()}_MISSING", field, text, citation, lambda look: look.done(step))


def answered(name: str, text: str, citation: str) -> Guard:
    """A question was answered."""
    return Guard(f"{name.upper()}_MISSING", name, text, citation, lambda look: look.answered(name) is not None)


def unless(condition: Callable[[Look], bool], guard: Guard) -> Guard:
    """The guard, except where the condition holds."""
    return Guard(guard.id, guard.field, guard.text, guard.citation, lambda look: condition(look) or guard.holds(look))


KNOWN_OUTCOME = Guard(
    "UNKNOWN_OUTCOME",
    "outcome",
    "The case type has no such outcome.",
    "42 CFR 476.71",
    lambda look: look.outcome is not None,
)

REVIEWER_ASSIGNED = Guard(
    "REVIEWER_NOT_ASSIGNED",
    "reviewer",
    "Only the reviewer the case is assigned to may decide it.",
    "42 CFR 476.98",
    lambda look: (
        (given := look.case.sealed.reviewer(look.step.level)) is not None and given.reviewer == look.act.reviewer
    ),
)

ONLY_PHYSICIANS_DENY = Guard(
    "NOT_A_PHYSICIAN",
    "reviewer",
    "Only a physician may decide against the patient.",
    "42 CFR 476.98(a)",
    lambda look: (
        look.outcome is None
        or not look.outcome.adverse
        or ((given := look.case.sealed.reviewer(look.step.level)) is not None and given.physician)
    ),
)

ATTESTED = Guard(
    "NO_ATTESTATION",
    "attested_no_conflict",
    "The reviewer must attest that there is no conflict of interest.",
    "42 CFR 476.98(d)",
    lambda look: look.act.attested,
)

NOT_AN_EARLIER_REVIEWER = Guard(
    "EARLIER_REVIEWER",
    "reviewer",
    "A reconsideration is decided by somebody who did not review the case before.",
    "42 CFR 478.28(b)",
    lambda look: all(
        one.reviewer != look.act.assigned.reviewer
        for one in look.case.sealed.assigned
        if look.act.assigned is not None and one.level < look.step.level
    ),
)

REASONS_GIVEN = Guard(
    "NO_RATIONALE",
    "rationale",
    "A determination needs its reasons in plain words.",
    "42 CFR 476.98",
    lambda look: bool(look.act.rationale),
)


def _every_concern_found(look: Look) -> bool:
    concerns = {concern.id for concern in look.case.sealed.concerns}
    found = [finding.concern for finding in look.act.findings]
    return bool(concerns) and set(found) == concerns and len(found) == len(concerns)


EVERY_CONCERN_FOUND = Guard(
    "FINDINGS_INCOMPLETE",
    "findings",
    "Every concern needs exactly one finding, with its standard and facts.",
    "42 CFR 476.130(d)(2)",
    _every_concern_found,
)

SEVERITY_WHERE_NOT_MET = Guard(
    "SEVERITY_MISSING",
    "findings",
    "A standard not met has a severity; a standard met has none.",
    "42 CFR 476.110(a)(2)",
    lambda look: all(
        (finding.severity is not None) is (finding.finding is Finding.STANDARD_NOT_MET) for finding in look.act.findings
    ),
)


def window_over(*rules: str) -> Guard:
    """No right to act is open any more under these rules."""
    return Guard(
        "WINDOW_OPEN",
        None,
        "A party may still use a right.",
        "42 CFR 476.140(a)(1)",
        lambda look: all(look.case.open_deadline(rule) is None for rule in rules),
    )


def in_time(rule: str, text: str, citation: str, *, for_cause: bool = True, by: str | None = None) -> Guard:
    """The step comes no later than the window of a rule; ``for_cause``: or has good cause.

    ``by`` is the fact that counts where it is not the time of the step (a postmark). Of a window that ended on a
    weekend or holiday, who acts on the next working day is heard.
    """

    def holds(look: Look) -> bool:
        window = look.reckoning.of(rule)
        if window is None or (for_cause and look.act.good_cause is not None):
            return True
        counts = look.act.facts.get(by, look.act.at) if by is not None else look.act.at
        zone = look.case.zone
        if window.rule.weekend_review and clock.by_next_working_day(counts, window.due_at, zone):
            return True
        return clock.in_time(counts, window.due_at, zone)

    return Guard("TOO_LATE", "at", text, citation, holds)


def timely(rule: str) -> Callable[[Look], bool]:
    """Whether the act of a rule was done in time."""
    return lambda look: look.standing(rule) is Standing.IN_TIME


def may_reopen(year: str, four_years: str, *, citation: str) -> Guard:
    """Within 1 year for any reason, within 4 for cause, for fraud at any time (42 CFR 476.96)."""

    def holds(look: Look) -> bool:
        if look.act.ground is ReopenGround.FRAUD:
            return True
        found = look.reckoning.of(year if look.act.ground is ReopenGround.ANY else four_years)
        return found is None or look.act.at.replace(microsecond=0) <= found.due_at

    text = "The time for reopening on this ground is over: 1 year for any reason, 4 years for cause, fraud at any time."
    return Guard("REOPENING_TOO_LATE", "ground", text, citation, holds)


def returned(citation: str) -> Guard:
    """The request came too late for the QIO and goes to the plan."""
    return Guard(
        "NOT_RETURNED",
        None,
        "The request came in time for the QIO.",
        citation,
        lambda look: any(limit.late is Late.RETURNED for limit, _ in look.procedure.passed(look.reckoning)),
    )


def one_of(name: str, values: Iterable[str], citation: str) -> Guard:
    """The answer, if it is given, is one of these."""
    known = tuple(values)
    text = f"The answer is one of: {', '.join(known)}."
    return Guard(
        "UNKNOWN_ANSWER", f"answers.{name}", text, citation, lambda look: look.act.answers.get(name) in (None, *known)
    )


def worded(element: str, text: str, citation: str) -> Guard:
    """What a letter must say was put in words, with this step or before."""
    return Guard(
        "WORDS_MISSING",
        f"words.{element}",
        text,
        citation,
        lambda look: bool(look.act.words.get(element) or look.case.sealed.words.get(element)),
    )


def asked_by(*roles: Role, citation: str) -> Guard:
    """Only these parties have the right."""
    return Guard("NO_RIGHT", "party", "This party has no such right.", citation, lambda look: look.act.party in roles)


PATIENT = (Role.BENEFICIARY, Role.REPRESENTATIVE)


def reconsiderable(window: str, citation: str) -> Guard:
    """There is something to reconsider, and the rule gives this patient the right."""

    def holds(look: Look) -> bool:
        decided = look.case.decision(0)
        outcome = None if decided is None else look.procedure.outcomes[decided.outcome]
        there_is = outcome is not None and outcome.unfavourable and look.reckoning.of(window) is not None
        return there_is and not look.so("left")

    text = "There is no determination against the patient that this forum reconsiders."
    return Guard("NOT_RECONSIDERABLE", None, text, citation, holds)
