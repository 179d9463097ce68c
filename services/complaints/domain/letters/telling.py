"""A notice about to be written: to whom, about which case, at which instant, and how it is said."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from services.complaints.domain import clock, wording
from services.complaints.domain.case import Case
from services.complaints.domain.clock import STANDARD, Moment, Practice
from services.complaints.domain.notices import NOTICES
from services.complaints.domain.procedure import Outcome, Procedure
from services.complaints.domain.reckoned import Reckoned, Reckoning, Waiting
from shared.contracts.complaints import Role

_PATIENT = frozenset({Role.BENEFICIARY, Role.REPRESENTATIVE})


@dataclass(frozen=True, slots=True)
class Office:
    """The QIO as letters name it; ``hearings``: where its letters say that a hearing is asked for."""

    name: str
    phone: str
    hearings: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A notice of a ``kind`` for a ``role``, at an instant (UTC)."""

    case: Case
    procedure: Procedure
    reckoning: Reckoning
    role: Role
    office: Office
    at: dt.datetime
    practice: Practice = STANDARD
    kind: str = ""

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
    def patient(self) -> bool:
        """Whether the patient, or who acts for the patient, reads it."""
        return self.role in _PATIENT

    @property
    def call(self) -> bool:
        """Whether it is said by telephone."""
        return self.kind in NOTICES and NOTICES[self.kind].calls

    @property
    def outcome(self) -> Outcome | None:
        """The last determination."""
        decided = self.case.decision()
        return self.procedure.outcomes[decided.outcome] if decided is not None else None

    def say(self, key: str) -> str:
        """Fixed words; those for other readers than the patient where there are such."""
        return self.words.get(f"{key}_party", self.words[key]) if not self.patient else self.words[key]

    def rules(self, element: str) -> tuple[str, ...]:
        """The rules that give a date: those of the reader's role before those of everyone."""
        dues = self.procedure.dues
        return dues.get(f"{element}_{self.role.value}") or dues.get(element, ())

    def running(self, element: str) -> Reckoned | None:
        """The first rule that gives the date and of which everything is known."""
        return next((found for rule in self.rules(element) if (found := self.reckoning.of(rule)) is not None), None)

    def waiting(self, element: str) -> Waiting | None:
        """A rule that gives the date once one more fact is known: the one this notice makes."""
        rules = self.rules(element)
        return next((one for one in self.reckoning.waiting if one.rule.id in rules and len(one.needs) == 1), None)

    def due(self, element: str) -> dt.datetime | None:
        """When the first rule that applies is due (UTC); what starts with this very notice counts from it."""
        running = self.running(element)
        if running is not None:
            return running.due_at
        waiting = self.waiting(element)
        return waiting.rule.due(self.at, self.case.zone, self.practice) if waiting is not None else None

    def fact(self, *names: str) -> Moment | None:
        """The first of these facts that is known."""
        facts = self.case.course.facts
        return next((facts[name] for name in names if name in facts), None)

    @property
    def today(self) -> dt.date:
        """The local date of the notice."""
        return clock.local_date(self.at, self.case.zone)


def iso(at: Moment | None) -> str:
    """An instant or date as letters take it; empty where not known."""
    return at.isoformat() if at is not None else ""
