"""Payment reviews: how they may end, and what must hold before that (42 CFR 476.71-.98, 478)."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from services.complaints.domain import guards
from services.complaints.domain.look import Look
from services.complaints.domain.payment.amounts import Account, Entry, Finding, Stage, dollars
from services.complaints.domain.payment.claims import ProviderKind, provider_kind
from services.complaints.domain.payment.setting import SettingBasis, SettingOfCare, billed_setting, setting_finding
from services.complaints.domain.procedure import Guard, Outcome
from services.complaints.domain.refusal import Refusal
from shared.contracts.complaints import Part, ProviderType, Role

APPROVED = Outcome("APPROVED", "the claim is paid as billed", favourable=True)
DRG_UPHELD = Outcome("DRG_UPHELD", "the DRG billed is right", favourable=True)
DENIED_ADMISSION = Outcome("DENIED_ADMISSION", "the admission was not necessary", adverse=True, unfavourable=True)
DENIED_DAYS = Outcome("DENIED_DAYS", "days of the stay were not necessary", adverse=True, unfavourable=True)
PART_B = Outcome(
    "ADJUSTED_PART_B_REBILL", "not payable under Part A; may be billed under Part B", adverse=True, unfavourable=True
)
# 476.98(c): whether a physician or a coder decides depends on the question, so the outcome alone does not tell.
DRG_LOWER = Outcome("DRG_REVISED_LOWER", "another DRG with a lower payment", unfavourable=True)
DRG_HIGHER = Outcome("DRG_REVISED_HIGHER", "another DRG with a higher payment", favourable=True)
# 476.90(b): no judgement about the care, so no physician is asked.
TECHNICAL = Outcome("TECHNICAL_DENIAL", "the records were not sent", unfavourable=True)

NECESSITY = (APPROVED, DENIED_ADMISSION, DENIED_DAYS, PART_B, TECHNICAL)
DRG = (DRG_UPHELD, DRG_LOWER, DRG_HIGHER)
_DENIALS = frozenset(one.id for one in (DENIED_ADMISSION, DENIED_DAYS, PART_B))
_REVISIONS = frozenset(one.id for one in (DRG_LOWER, DRG_HIGHER))
_IN_FAVOUR = frozenset({APPROVED.id, DRG_UPHELD.id})
_CARE = frozenset({Role.PROVIDER, Role.PRACTITIONER})
# 478.15, 478.16, 476.90(b): who may ask for what to be reconsidered.
_RIGHTS: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        **dict.fromkeys(_DENIALS, _CARE | frozenset(guards.PATIENT)),
        DRG_LOWER.id: _CARE,
        TECHNICAL.id: frozenset({Role.PROVIDER}),
    }
)
_LEAST_FOR_HEARING = 20_000  # cents, 42 CFR 478.40


def _physician(look: Look, level: int = 0) -> bool:
    given = look.case.sealed.reviewer(level)
    return given is not None and given.physician


def _fit_for_drg(look: Look) -> bool:
    """Clinical questions of a DRG are a physician's, technical coding is a coder's."""
    if look.act.outcome is not None and look.act.outcome not in _REVISIONS:
        return True
    given = look.case.sealed.reviewer(look.step.level)
    if look.answered("drg_matter") == "coding":
        return given is not None and given.part is Part.CODER
    return given is not None and given.physician


def _within_review_period(look: Look) -> bool:
    if look.so("fraud"):
        return True
    windows = [look.reckoning.of(rule) for rule in ("PY-REVIEW", "PY-REVIEW-APPROVED")]
    ends = [window.due_at for window in windows if window is not None]
    return bool(ends) and look.act.at.replace(microsecond=0) <= max(ends)


def _as_proposed(look: Look) -> bool:
    """Nothing is determined that was not discussed: a denial as denial, a DRG change as DRG change."""
    return look.act.outcome in _IN_FAVOUR | (_REVISIONS if look.so("drg") else _DENIALS)


def _as_determined(look: Look) -> bool:
    decided = look.case.decision(0)
    if decided is not None and decided.outcome == TECHNICAL.id:
        return look.act.outcome in (TECHNICAL.id, APPROVED.id)
    return _as_proposed(look)


def _finding(outcome: str) -> Finding:
    if outcome in _REVISIONS:
        return Finding.DRG_CHANGE
    return Finding.TECHNICAL_DENIAL if outcome == TECHNICAL.id else Finding.DENIAL


def _amounts_fit(look: Look) -> bool:
    """What comes back is no more than is at stake; a technical denial takes all of it."""
    at_stake, back, outcome = look.case.course.amount_cents, look.act.recovered_cents, look.act.outcome
    if not back or outcome is None:
        return True
    if at_stake is None or look.outcome is None or look.outcome.favourable:
        return False
    try:
        _account(look, at_stake, back, outcome)
    except Refusal:
        return False
    return True


def _account(look: Look, at_stake: int, back: int, outcome: str) -> Account:
    account = Account(dollars(at_stake))
    entry = Entry(look.act.at, Stage.DETERMINED, _finding(outcome), dollars(back))
    before = look.case.course.recovered_cents
    if not look.step.level or before is None:
        return account.enter(entry)
    # On reconsideration nothing more is taken than before: the difference is restored.
    held = account.enter(replace(entry, dollars=dollars(before)))
    return held.enter(replace(entry, stage=Stage.RESTORED, dollars=dollars(before - back)))


def _setting_fits(look: Look) -> bool:
    if look.act.setting is None:
        return look.act.outcome not in _DENIALS
    try:
        appropriate = SettingOfCare(look.act.setting)
        basis = SettingBasis(look.act.answers.get("setting_basis", ""))
        by_physician = _physician(look, look.step.level)
        billed = billed_setting(look.case.facility.type, look.case.facility.ccn)
        finding = setting_finding(billed, appropriate, basis, by_physician=by_physician)
    except (ValueError, Refusal):
        return False
    return finding.differs is (look.act.outcome in _DENIALS)


def _may_reopen(look: Look) -> bool:
    again = "reconsidered_dated" in look.case.course.facts
    rules = ("RD-REOPEN", "RD-REOPEN-CAUSE") if again else ("PY-REOPEN", "PY-REOPEN-CAUSE")
    return guards.may_reopen(*rules, citation="42 CFR 476.96").holds(look)


def _may_ask(look: Look) -> bool:
    decided = look.case.decision(0)
    return decided is not None and look.act.party in _RIGHTS.get(decided.outcome, frozenset())


def last_outcome(*outcomes: Outcome, code: str, text: str, citation: str) -> Guard:
    """The last determination is one of these."""
    known = {one.id for one in outcomes}

    def holds(look: Look) -> bool:
        decided = look.case.decision()
        return decided is not None and decided.outcome in known

    return Guard(code, "step", text, citation, holds)


def screened_as(result: str, questions: tuple[str, ...]) -> Guard:
    """All questions of the screen passed, or one went to review."""

    def holds(look: Look) -> bool:
        passed = all(look.answered(question) == "pass" for question in questions)
        return passed is (result == "pass")

    return Guard("SCREENED_OTHERWISE", None, "The screen came out otherwise.", "42 CFR 476.98", holds)


def of_kind(kinds: frozenset[ProviderKind], text: str) -> Guard:
    """The review is for these kinds of hospital only."""

    def holds(look: Look) -> bool:
        facility = look.case.facility
        return facility.type is ProviderType.HOSPITAL and provider_kind(facility.ccn) in kinds

    return Guard("NOT_THIS_PROVIDER", "facility_ccn", text, "42 CFR 476.71, 412.3", holds)


def named(*roles: Role) -> Guard:
    """The case knows whom its letters go to."""

    def holds(look: Look) -> bool:
        return all(look.case.sealed.contact(role) is not None for role in roles)

    return Guard("PARTY_NOT_NAMED", "parties", "Not every party of the notice is named.", "42 CFR 476.94(a)(1)", holds)


PHYSICIAN_PROPOSES = Guard(
    "NOT_A_PHYSICIAN", "reviewer", "Only a physician may propose a denial.", "42 CFR 476.98(a)", _physician
)
DRG_DECIDER = Guard(
    "DRG_DECIDER",
    "reviewer",
    "A physician decides clinical questions of a DRG, a coder those of coding.",
    "42 CFR 476.98(c)",
    _fit_for_drg,
)
REVIEW_PERIOD = Guard(
    "REVIEW_PERIOD_OVER",
    "at",
    "A claim is reviewed within 1 year of its date, with the approval of CMS within 4; for fraud at any time.",
    "42 CFR 476.96(a), (b)",
    _within_review_period,
)
AS_PROPOSED = Guard(
    "NOT_DISCUSSED",
    "outcome",
    "Only what was proposed and open to discussion is determined.",
    "42 CFR 476.93",
    _as_proposed,
)
AS_DETERMINED = Guard(
    "OUTCOME_NOT_HERE",
    "outcome",
    "The reconsideration is of what was determined.",
    "42 CFR 478.15, 478.16",
    _as_determined,
)
IN_FAVOUR = Guard(
    "NOT_DISCUSSED",
    "outcome",
    "A denial or a change of the DRG is proposed and open to discussion first.",
    "42 CFR 476.93",
    lambda look: look.outcome is None or look.act.outcome in _IN_FAVOUR,
)
IS_TECHNICAL = Guard(
    "OUTCOME_NOT_HERE",
    "outcome",
    "Without records the claim is denied for that alone.",
    "42 CFR 476.90(b)",
    lambda look: look.act.outcome == TECHNICAL.id,
)
AMOUNTS = Guard(
    "AMOUNT_OUT_OF_BOUNDS",
    "recovered_cents",
    "No more comes back than is at stake (after a reconsideration: than before); a technical denial takes all.",
    "42 CFR 476.94",
    _amounts_fit,
)
RECOVERED = Guard(
    "RECOVERED_MISSING",
    "recovered_cents",
    "A determination against the payment says how much comes back; a reconsideration always does.",
    "42 CFR 476.94",
    lambda look: (
        look.act.recovered_cents is not None
        or not (look.step.level or (look.outcome is not None and look.outcome.unfavourable))
    ),
)
SETTING = Guard(
    "SETTING",
    "setting",
    "A denial names the most appropriate setting, another than the one billed, and its basis; nothing else does.",
    "42 CFR 476.71(a)(3), 412.3(d)",
    _setting_fits,
)
REOPENABLE = Guard(
    "REOPENING_TOO_LATE",
    "ground",
    "The time for reopening on this ground is over: 1 year for any reason, 4 years for cause, fraud at any time.",
    "42 CFR 476.96, 478.48",
    _may_reopen,
)
MAY_ASK = Guard(
    "NO_RIGHT",
    "party",
    "This party has no right to have this determination reconsidered.",
    "42 CFR 478.15, 478.16, 476.90(b)",
    _may_ask,
)
NOT_AGAIN = Guard(
    "ALREADY_RECONSIDERED",
    "step",
    "The determination was reconsidered already.",
    "42 CFR 478.38",
    lambda look: (decided := look.case.decision()) is not None and decided.level == 0,
)
ENOUGH_FOR_HEARING = Guard(
    "AMOUNT_TOO_SMALL",
    "step",
    "A hearing needs at least $200 in controversy.",
    "42 CFR 478.40(a)",
    lambda look: (look.case.course.amount_cents or 0) >= _LEAST_FOR_HEARING,
)
WAS_RECONSIDERED = Guard(
    "NOT_RECONSIDERED",
    "step",
    "A hearing follows a reconsideration.",
    "42 CFR 478.40",
    lambda look: (decided := look.case.decision()) is not None and decided.level == 1,
)
