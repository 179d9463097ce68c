"""What complaints and general quality reviews share: findings per concern, records, reconsideration (42 CFR 476)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from services.complaints.domain import clock, guards
from services.complaints.domain.case import Reasons
from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Actor, Guard, Notice, Outcome, Step
from services.complaints.domain.procedures import common
from shared.contracts.complaints import ConcernFinding, Finding, Role, Severity

CARE = (Role.PROVIDER, Role.PRACTITIONER)

ALL_MET = Outcome("ALL_MET", "the standard of care was met in every concern")
SOME_NOT_MET = Outcome("SOME_NOT_MET", "the standard of care was not met in some concerns")
ALL_NOT_MET = Outcome("ALL_NOT_MET", "the standard of care was not met in any concern")
OUTCOMES: Mapping[str, Outcome] = MappingProxyType({one.id: one for one in (ALL_MET, SOME_NOT_MET, ALL_NOT_MET)})

# What may follow where a standard was not met; kept with the reasons, which are sealed. Nobody's payment changes.
FOLLOW_ON = ("quality_improvement_initiative", "technical_assistance", "board_referral", "sanction_track")
TAKES_FOLLOW_ON = tuple(f"answers.{name}" for name in FOLLOW_ON)

_GRAVE = (Severity.SUBSTANTIAL.value, Severity.GROSS_AND_FLAGRANT.value)
SEVERITIES = ("NONE", *(severity.value for severity in Severity))


def rollup(findings: Iterable[ConcernFinding]) -> str:
    """The outcome that the findings on the concerns come to."""
    found = [one.finding is Finding.STANDARD_MET for one in findings]
    return (ALL_MET if all(found) else SOME_NOT_MET if any(found) else ALL_NOT_MET).id


def not_met(findings: Iterable[ConcernFinding]) -> frozenset[str]:
    """The concerns in which the standard was not met."""
    return frozenset(one.concern for one in findings if one.finding is Finding.STANDARD_NOT_MET)


def reasons_of(look: Look, *steps: str) -> Reasons | None:
    """The last reasons that were given in one of these steps."""
    return next((one for one in reversed(look.case.sealed.reasons) if one.step in steps), None)


def one_of(name: str, values: tuple[str, ...], citation: str) -> Guard:
    """An answer that comes with the step is one of these."""
    text = f"{name} is one of {', '.join(values)}."
    return Guard(
        f"{name.upper()}_UNKNOWN",
        f"answers.{name}",
        text,
        citation,
        lambda look: look.act.answers.get(name, values[0]) in values,
    )


def answered_yes(name: str, text: str, citation: str) -> Guard:
    """A question was answered with yes."""
    return Guard(f"NOT_{name.upper()}", f"answers.{name}", text, citation, lambda look: look.answered(name) == "yes")


def worded(element: str, citation: str) -> Guard:
    """What a letter must say was written, at filing or with the step."""
    return Guard(
        "MISSING",
        f"words.{element}",
        f"The letter needs words.{element}.",
        citation,
        lambda look: element in look.act.words or element in look.case.sealed.words,
    )


OUTCOME_AGREES = Guard(
    "OUTCOME_CONTRADICTED",
    "outcome",
    "The outcome contradicts the findings on the concerns.",
    "42 CFR 476.130(d)(2)",
    lambda look: not look.act.findings or look.act.outcome == rollup(look.act.findings),
)
FOLLOW_ON_FOUNDED = Guard(
    "FOLLOW_ON_UNFOUNDED",
    "answers",
    "What follows on is answered with yes or no, and with yes only where a standard was not met.",
    "42 CFR 476.71(a)(2)",
    lambda look: all(
        answer == "no" or (answer == "yes" and bool(not_met(look.act.findings)))
        for name, answer in look.act.answers.items()
        if name in FOLLOW_ON
    ),
)
FINDINGS = (guards.EVERY_CONCERN_FOUND, guards.SEVERITY_WHERE_NOT_MET, OUTCOME_AGREES)
DETERMINING = (*common.decision_guards(*FINDINGS), FOLLOW_ON_FOUNDED)

CONCERNS_NAMED = Guard(
    "NO_CONCERN",
    "concerns",
    "At least one concern about the quality of care is named.",
    "42 CFR 476.130(a)",
    lambda look: bool(look.case.sealed.concerns),
)


def _standards_kept(look: Look) -> bool:
    before = next((one for one in reversed(look.case.sealed.reasons) if one.findings), None)
    known = {one.concern: one.standard.strip() for one in before.findings} if before is not None else {}
    return all(known.get(one.concern, one.standard.strip()) == one.standard.strip() for one in look.act.findings)


STANDARD_KEPT = Guard(
    "STANDARD_NOT_APPEALABLE",
    "findings",
    "A reconsideration applies the standards of the determination: which standard is used cannot be appealed.",
    "42 CFR 476.130(a)(2)",
    _standards_kept,
)


def _sooner(look: Look) -> bool:
    wanted = look.act.facts.get("records_wanted_by")
    if wanted is None:
        return True
    zone = look.case.zone
    asked = clock.local_date(look.act.at, zone)
    in_time = asked <= clock.local_date(wanted, zone) <= asked + 14 * clock.DAY
    return in_time and look.answered("potential_severity") in _GRAVE


def screened(citation: str, *guard: Guard, needs: tuple[str, ...] = ()) -> Step:
    """A clinician read it first; says how grave the concern may be, and decides nothing."""
    return Step(
        id="screened",
        says="screened",
        actor=Actor.SCREENER,
        citation=citation,
        guards=(one_of("potential_severity", SEVERITIES, citation), *guard),
        needs=("answers.potential_severity", *needs),
    )


def records_requested(citation: str, kind: str, *rules: str) -> Step:
    """The medical information is asked for; sooner than in 14 days where the concern may be grave."""
    sooner = Guard(
        "SOONER_UNFOUNDED",
        "facts.records_wanted_by",
        "Less than 14 days are given only where the concern may be gross and flagrant or substantial; never more.",
        citation,
        _sooner,
    )
    return Step(
        id="records_requested",
        says="recorded as waiting for records",
        actor=Actor.RECORDS,
        citation=citation,
        fact="records_requested",
        guards=(sooner,),
        notices=(Notice(kind, CARE, rules),),
        takes=("facts.records_wanted_by", "words.records_wanted"),
    )


def information_received(citation: str) -> Step:
    """Some of it came; the review waits for all."""
    return Step(
        id="information_received",
        says="given information",
        actor=Actor.RECORDS,
        citation=citation,
        takes=("note",),
        quiet=True,
    )


def information_complete(citation: str) -> Step:
    """All that was requested is in: the explicit flag that starts the clock of the review."""
    return Step(
        id="information_complete",
        says="recorded as complete",
        actor=Actor.RECORDS,
        citation=citation,
        fact="information_complete",
        note="all requested medical information is in",
    )


def non_cooperation(*rules: str) -> Step:
    """The time to supply the information passed without it (476.90); the review may go on with what there is."""

    def over(look: Look) -> bool:
        found = [due for rule in rules if (due := look.reckoning.of(rule)) is not None]
        return bool(found) and all(look.act.at > due.due_at for due in found)

    guard = Guard(
        "RECORDS_NOT_DUE",
        "at",
        "Nobody failed to cooperate before the time to supply the information is over.",
        "42 CFR 476.90(a)",
        over,
    )
    return Step(
        id="non_cooperation_found",
        says="recorded as without cooperation",
        actor=Actor.RECORDS,
        citation="42 CFR 476.90",
        guards=(guard,),
        needs=("note",),
        note="reported in a referral of its own; late information is still taken, or evidence at hand reviewed",
    )


def asked_in_time(windows: Mapping[Role, str], citation: str) -> tuple[Guard, ...]:
    """Each party has its own window, from its own first notification; nobody has good cause (476.140, 476.170)."""

    def in_time(look: Look) -> bool:
        rule = windows.get(look.act.party) if look.act.party is not None else None
        window = look.reckoning.of(rule) if rule is not None else None
        return window is None or clock.whole_second(look.act.at) <= window.due_at

    def has_right(look: Look) -> bool:
        found = {item.rule.id for item in look.reckoning.reckoned} | {item.rule.id for item in look.reckoning.waiting}
        return look.act.party in windows and not found.isdisjoint(windows.values())

    return (
        Guard(
            "NO_RIGHT_TO_RECONSIDERATION",
            "party",
            "This party has no right to a reconsideration of this determination.",
            citation,
            has_right,
        ),
        Guard(
            "TOO_LATE",
            "at",
            "The time to ask for a reconsideration is over: the determination stands.",
            citation,
            in_time,
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconsidering:
    """What a reconsideration of quality findings needs to know of its case type."""

    citation: str
    windows: Mapping[Role, str]
    decide_rules: tuple[str, ...]
    letter_rules: tuple[str, ...]
    parties: tuple[Role, ...]
    after_call: bool


def reconsideration(by: Reconsidering) -> tuple[Step, ...]:
    """From a party's request, in writing or by telephone, to the last letter; the decision is final."""
    letter = Notice("C_RECON_LETTER", by.parties, by.letter_rules, after_call=by.after_call)
    call = Notice("C_RECON_CALL", by.parties, by.decide_rules)
    step, letters = "reconsideration_told", "reconsideration_letter_left"
    return (
        Step(
            id="reconsideration_requested",
            says="reconsidered",
            actor=Actor.PARTY,
            citation=by.citation,
            fact="reconsideration_requested",
            guards=asked_in_time(by.windows, by.citation),
            needs=("party",),
            level=1,
            note="in writing or by telephone; received counts. A second party's request joins the first",
        ),
        Step(
            id="reconsideration_records_requested",
            says="recorded as waiting for further records",
            actor=Actor.RECORDS,
            citation=by.citation,
            needs=("note",),
            sets=("records_needed",),
            level=1,
            quiet=True,
        ),
        Step(
            id="reconsideration_records_received",
            says="given further records",
            actor=Actor.RECORDS,
            citation=by.citation,
            fact="reconsideration_records_received",
            level=1,
            quiet=True,
        ),
        common.assigned("42 CFR 476.98, 478.28(b) by analogy", level=1),
        Step(
            id="reconsideration_decided",
            says="decided on reconsideration",
            actor=Actor.REVIEWER,
            citation=by.citation,
            guards=(*DETERMINING, STANDARD_KEPT),
            needs=("outcome",),
            takes=TAKES_FOLLOW_ON,
            notices=(call,) if by.after_call else (call, letter),
            level=1,
        ),
        common.told(
            by.citation,
            dict.fromkeys(by.parties, "reconsideration_told"),
            step=step,
            notices=(letter,) if by.after_call else (),
        ),
        common.letter_left(letters, by.citation, by.parties, "reconsideration_letter_sent"),
        common.everyone_told("reconsideration_completed", step, letters, by.citation, by.parties),
    )
