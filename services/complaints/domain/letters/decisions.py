"""Elements that tell a determination: its outcome, its reasons, who pays from when, and what can be asked for next."""

from collections.abc import Mapping

from services.complaints.domain import clocks, wording
from services.complaints.domain.letters.source import Source
from services.complaints.domain.letters.telling import Telling, iso
from services.complaints.domain.rule import Kind
from shared.contracts.complaints import CaseType, Timeliness

_CLAIMS = frozenset({CaseType.HWDRG, CaseType.SHORT_STAY, CaseType.MEDNEC_RETRO})
_BY_CLAIM = _CLAIMS | {CaseType.PREADMIT_HINN1, CaseType.NONCOVERED_HINN}
_BY_KIND = {"RETURNED_TO_PLAN": "returned", "DENIAL_NOTICE": "denied", "DRG_NOTICE": "drg_paid"}
# Of these nothing follows a reconsideration (478.15(c), 476.90(b)).
_FINAL = ("DRG_REVISED_LOWER", "TECHNICAL_DENIAL")
_TOLD = "patient_told"
_MAC = {
    "APPROVED": "mac_as_billed",
    "DRG_UPHELD": "mac_as_billed",
    "DRG_REVISED_LOWER": "mac_drg",
    "DRG_REVISED_HIGHER": "mac_drg",
    "ADJUSTED_PART_B_REBILL": "mac_part_b",
    "OVERTURNED": "mac_as_billed",
}


def _outcome(telling: Telling) -> str:
    """Of a determination that another case of the family made only people tell."""
    return telling.outcome.id if telling.outcome is not None else ""


def _outcome_words(telling: Telling) -> str:
    """Where the fixed sentence of the outcome does not fit the type or the level; empty where it does."""
    decided = telling.case.decision()
    if decided is None:
        return ""
    return wording.outcome_words(telling.case.type, decided.level, decided.outcome, telling.language)


def _rationale(telling: Telling) -> str:
    reasons = telling.case.sealed.reasons
    return reasons[-1].rationale if reasons else ""


def _payment(telling: Telling) -> str:
    """What it means for payment: said to the patient, and told to others as what the patient was told."""
    if telling.kind in _BY_KIND:
        return telling.say(_BY_KIND[telling.kind])
    if telling.kind == "MAC_NOTICE":
        return _payment_to_mac(telling)
    favourable = telling.outcome is None or not telling.outcome.unfavourable
    if telling.case.type is CaseType.STATUS_CHANGE:
        return telling.words["status_favourable" if favourable else "status_unfavourable"]
    if telling.case.type in _BY_CLAIM:
        return _payment_of_claim(telling, favourable=favourable)
    return telling.words["favourable" if favourable else _from_when(telling)]


def _from_when(telling: Telling) -> str:
    """Which words tell from when the patient pays, and of the protection that asking in time gives."""
    decided = telling.case.decision()
    if decided is not None and decided.liable_from is not None:
        return "stated"
    if not _sets_a_day(telling):
        return "stated_before"
    if telling.case.timeliness is Timeliness.UNLIMITED:
        return "stated"
    return "timely" if telling.case.timeliness is Timeliness.TIMELY else "late"


def _payment_of_claim(telling: Telling, *, favourable: bool) -> str:
    """Care that is over, or was not given yet: it is covered or not, and no day of it is the patient's to count."""
    if telling.outcome is not None and telling.outcome.id.startswith("DRG_"):
        return telling.words["mac_as_billed" if telling.outcome.id == "DRG_UPHELD" else "drg_paid"]
    if favourable:
        return telling.words["covered"]
    return telling.words["stated" if _sets_a_day(telling) else "still_denied"]


def _sets_a_day(telling: Telling) -> bool:
    return any(rule.kind is Kind.LIABILITY for rule in telling.procedure.clock.rules)


def _payment_to_mac(telling: Telling) -> str:
    decided = telling.case.decision()
    if telling.case.type is CaseType.STATUS_CHANGE and telling.outcome is not None:
        return telling.words["mac_as_billed" if telling.outcome.unfavourable else "mac_part_a"]
    return telling.words[_MAC.get(decided.outcome, "mac_deny")] if decided is not None else ""


def _liability_date(telling: Telling) -> str:
    """From when the patient pays; before the patient was told, where that counts, how the day is counted."""
    outcome = telling.outcome
    if outcome is None or not outcome.unfavourable:
        return ""
    at = clocks.liability(telling.case, telling.procedure, telling.reckoning) or telling.due("liability_date")
    if at is not None:
        return at.isoformat()
    lacks = {need for one in telling.reckoning.waiting if one.rule.kind is Kind.LIABILITY for need in one.needs}
    if not lacks:
        return telling.words["as_before" if telling.case.decision(1) is not None else "no_day"]
    if _TOLD not in lacks:
        return telling.say("as_notice")
    if not telling.patient:
        return telling.words["noon_after_told"]
    return telling.words["noon_after_call" if telling.call else "noon_after_letter"]


def _right(telling: Telling) -> str:
    """Which words tell of the reconsideration: none is needed, there is one, or only the claims appeal is left."""
    outcome = telling.outcome
    rules = telling.rules("reconsideration_deadline")
    everyone = bool(rules) and telling.procedure.dissatisfied.isdisjoint(rules)
    if outcome is not None and not outcome.unfavourable and not everyone:
        return "no_reconsideration"
    reckoned = {item.rule.id for item in telling.reckoning.reckoned}
    waiting = {item.rule.id for item in telling.reckoning.waiting}
    if (reckoned | waiting).isdisjoint(rules):
        return "reconsider_none" if telling.procedure.reconsidered_by == "none" else "claims_appeal"
    return _forum(telling)


def _forum(telling: Telling) -> str:
    forum = telling.procedure.reconsidered_by
    if telling.kind == "DRG_NOTICE":
        forum = "drg"
    elif forum == "denial" and telling.case.type is CaseType.PREADMIT_HINN1:
        forum = "expedited"
    return f"reconsider_{forum}"


def _window(telling: Telling) -> str:
    """The end of the window, once it runs; before the party was told nobody can name it."""
    running = telling.running("reconsideration_deadline")
    right = _right(telling)
    ends = iso(running.due_at) if running is not None and right == _forum(telling) else ""
    return ends or telling.say(f"{right}_until")


def appeal(telling: Telling) -> str:
    """Which words tell of the level after a reconsideration."""
    outcome = telling.outcome
    if outcome is not None and not outcome.unfavourable:
        return "appeal_favourable"
    child = telling.case.type is CaseType.RECONSIDERATION
    forum = f"appeal_{'qic' if child else telling.procedure.reconsidered_by}"
    final = outcome is not None and outcome.id in _FINAL
    return forum if forum in telling.words and not final else "appeal_none"


def _appeal_until(telling: Telling) -> str:
    right = appeal(telling)
    running = telling.running("appeal_deadline")
    if running is not None and right not in ("appeal_none", "appeal_favourable"):
        return iso(running.due_at)
    until = f"{right}_until"
    return telling.say(until if until in telling.words else "appeal_until")


def _decided_on(telling: Telling) -> str:
    decided = telling.case.decision()
    return iso(decided.at if decided is not None else None)


ELEMENTS: Mapping[str, Source] = {
    "outcome": Source(_outcome, decided=True, instead=True),
    "outcome_words": Source(_outcome_words, decided=True),
    "decided_on": Source(_decided_on, decided=True, instead=True),
    "rationale": Source(_rationale, decided=True),
    "payment_consequence": Source(_payment, people_of=_CLAIMS),
    "liability_date": Source(_liability_date, decided=True),
    "reconsideration_right": Source(lambda telling: telling.say(_right(telling))),
    "reconsideration_deadline": Source(_window),
    "appeal_right": Source(lambda telling: telling.say(appeal(telling))),
    "appeal_deadline": Source(_appeal_until),
    "claim_reference": Source(lambda telling: telling.case.course.claim or "", people=True),
}
