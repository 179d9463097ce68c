"""What the notices of a case must say: each element from the case, in the reader's language, or in people's words."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.complaints.domain import clocks, wording
from services.complaints.domain.case import Case
from services.complaints.domain.notices import NOTICES
from services.complaints.domain.procedure import Outcome, Procedure
from services.complaints.domain.reckoned import Reckoning
from shared.contracts.complaints import Role, Timeliness


@dataclass(frozen=True, slots=True)
class Office:
    """The QIO as letters name it."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A notice about to be written: to whom, about which case, at which instant."""

    case: Case
    procedure: Procedure
    reckoning: Reckoning
    role: Role
    office: Office
    at: dt.datetime

    @property
    def language(self) -> str:
        """The reader's language."""
        contact = self.case.sealed.contact(self.role)
        return contact.language if contact is not None else "en"

    @property
    def words(self) -> Mapping[str, str]:
        """Fixed words in the reader's language."""
        return wording.WORDS[self.language]

    @property
    def outcome(self) -> Outcome | None:
        """The last determination."""
        decided = self.case.decision()
        return self.procedure.outcomes[decided.outcome] if decided is not None else None

    def due(self, element: str) -> dt.datetime | None:
        """When the first rule that applies is due (UTC); what starts with this very notice counts from it."""
        rules = self.procedure.dues.get(element, ())
        for rule in rules:
            found = self.reckoning.of(rule)
            if found is not None:
                return found.due_at
        for waiting in self.reckoning.waiting:
            if waiting.rule.id in rules and len(waiting.needs) == 1:
                return waiting.rule.due(self.at, self.case.zone)
        return None


Element = Callable[[Telling], str]


def elements(telling: Telling, kind: str) -> dict[str, str]:
    """Every element of the notice; what people wrote goes before what the case tells. Empty where nothing is known."""
    described = NOTICES[kind]
    written = telling.case.sealed.words
    return {
        name: written.get(name) or (FROM_CASE[name](telling) if name in FROM_CASE else "")
        for name in (*described.says, *described.may_say)
    }


def _name(role: Role) -> Element:
    def name(telling: Telling) -> str:
        if role is Role.BENEFICIARY:
            own = (party.contact for party in telling.case.sealed.parties if party.role is role)
            contact = next(own, telling.case.sealed.contact(role))
        else:
            contact = telling.case.sealed.contact(role)
        return contact.name if contact is not None else ""

    return name


def _rationale(telling: Telling) -> str:
    reasons = telling.case.sealed.reasons
    return reasons[-1].rationale if reasons else ""


def _payment_consequence(telling: Telling) -> str:
    outcome = telling.outcome
    if outcome is None or not outcome.unfavourable:
        return telling.words["favourable"]
    decided = telling.case.decision()
    if decided is not None and decided.liable_from is not None:
        return telling.words["stated"]
    return telling.words["timely" if telling.case.timeliness is Timeliness.TIMELY else "late"]


def _liability_date(telling: Telling) -> str:
    outcome = telling.outcome
    if outcome is None or not outcome.unfavourable:
        return ""
    at = clocks.liability(telling.case, telling.procedure, telling.reckoning)
    return at.isoformat() if at is not None else telling.words["unreached"]


def _findings(telling: Telling) -> str:
    reasons = telling.case.sealed.reasons
    concerns = {concern.id: concern.words for concern in telling.case.sealed.concerns}
    found = reasons[-1].findings if reasons else ()
    return "\n".join(
        f"{concerns.get(one.concern, one.concern)} - {telling.words[one.finding.value]}; {one.standard}; {one.facts}"
        for one in found
    )


FROM_CASE: Mapping[str, Element] = {
    "case_id": lambda telling: str(telling.case.id),
    "qio_name": lambda telling: telling.office.name,
    "qio_phone": lambda telling: telling.office.phone,
    "provider_name": _name(Role.PROVIDER),
    "beneficiary_name": _name(Role.BENEFICIARY),
    "plan_name": _name(Role.PLAN),
    "practitioner_name": _name(Role.PRACTITIONER),
    "review_name": lambda telling: wording.review_name(telling.case.type, telling.language),
    "service_name": lambda telling: wording.service_name(telling.case.facility.type, telling.language),
    "citation": lambda telling: telling.procedure.source,
    "request_received": lambda telling: telling.case.received_at.isoformat(),
    "records_due": lambda telling: _due(telling, "records_due"),
    "detailed_notice_due": lambda telling: _due(telling, "detailed_notice_due") or telling.words["none_until"],
    "detailed_notice_name": lambda telling: wording.detailed_notice(telling.case.type, telling.language),
    "late_consequence": lambda telling: telling.words["late_consequence"],
    "patient_protection": lambda telling: telling.words[
        "protected" if telling.case.timeliness is Timeliness.TIMELY else "unprotected"
    ],
    "outcome": lambda telling: telling.outcome.id if telling.outcome is not None else "",
    "decided_on": lambda telling: decided.at.isoformat() if (decided := telling.case.decision()) else "",
    "rationale": _rationale,
    "payment_consequence": _payment_consequence,
    "liability_date": _liability_date,
    "findings": _findings,
    "reconsideration_right": lambda telling: telling.words[_right(telling)],
    "reconsideration_deadline": lambda telling: _window(telling) or telling.words[f"{_right(telling)}_until"],
    "file_due": lambda telling: _due(telling, "file_due"),
    "file_contents": lambda telling: telling.words["file_contents"],
    "qic_notified": lambda telling: _fact(telling, "qic_notified_qio"),
}


def _due(telling: Telling, element: str) -> str:
    at = telling.due(element)
    return at.isoformat() if at is not None else ""


def _window(telling: Telling) -> str:
    """The end of the window, once it runs; before the patient was told nobody can name it."""
    rules = telling.procedure.dues.get("reconsideration_deadline", ())
    running = next((found for rule in rules if (found := telling.reckoning.of(rule)) is not None), None)
    return running.due_at.isoformat() if running is not None and _right(telling) == _forum(telling) else ""


def _right(telling: Telling) -> str:
    """Which words tell of the reconsideration: none is needed, there is one, or only the claims appeal is left."""
    outcome = telling.outcome
    if outcome is not None and not outcome.unfavourable:
        return "no_reconsideration"
    rules = telling.procedure.dues.get("reconsideration_deadline", ())
    applies = any(item.rule.id in rules for item in (*telling.reckoning.reckoned, *telling.reckoning.waiting))
    return _forum(telling) if applies else "claims_appeal"


def _forum(telling: Telling) -> str:
    return f"reconsider_{telling.procedure.reconsidered_by}"


def _fact(telling: Telling, name: str) -> str:
    at = telling.case.course.facts.get(name)
    return at.isoformat() if at is not None else ""
