"""Makes the records of a practice's patients out of what a reader found, and says which rule they break."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from shared.contracts.evidence import (
    EVIDENCE,
    LASTING,
    EvidenceNoted,
    EvidenceWithdrawn,
    PatientKnown,
    PressureTaken,
)
from shared.contracts.message import FeedRecord
from shared.feeds.lines import Fault
from shared.feeds.reference import Reference
from shared.feeds.rows import Folded, Row

NOT_ASKED: Final = Folded("not asked for")
"""A resource that is sound and says nothing a measure asks for."""

_DAYS: Final = frozenset(("birth", "first", "on"))
_PLACES: Final = {"sex": "Patient.gender", "last": "(last day)"}
_RULES: Final = {
    "literal_error": "not a code of this field",
    "greater_than_equal": "below the lowest that can be",
    "less_than_equal": "above the highest that can be",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """Which fact of whom, and the version: ``amended`` where an earlier one may have been sent."""

    patient: str
    name: str
    version: int = 1
    amended: bool = False


@dataclass(frozen=True, slots=True)
class Maker:
    """``practice`` is whose record it is; nothing may be dated after ``today``."""

    practice: str
    reference: Reference
    today: dt.date

    def known(self, fact: Fact, birth: dt.date, sex: str, field: str) -> Row:
        """A patient."""
        return self._row(PatientKnown, fact, {"birth": self._past(field, birth), "sex": sex or "unknown"}, field)

    def noted(
        self, fact: Fact, concepts: Collection[str], first: dt.date, last: dt.date | None, field: str
    ) -> Row | Folded:
        """What is of a day or lasts from it on; ``field`` is where the day stands in the file."""
        names = sorted(set(concepts))
        if not names:
            return self.nothing(fact)
        days: dict[str, Any] = {"first": self._past(field, first)}
        if last is not None and LASTING.intersection(names):
            days["last"] = last
        return self._row(EvidenceNoted, fact, {"concepts": names} | days, field)

    def pressure(self, fact: Fact, on: dt.date, setting: str, halves: dict[str, int | None], field: str) -> Row:
        """A blood pressure."""
        return self._row(PressureTaken, fact, {"on": self._past(field, on), "setting": setting} | halves, field)

    def withdrawn(self, fact: Fact) -> Row:
        """Whatever was told of the fact holds no longer."""
        return self._row(EvidenceWithdrawn, fact, {"action": "cancel"}, "")

    def nothing(self, fact: Fact) -> Row | Folded:
        """A fact that says nothing that is asked for: taken back if an earlier version may have said something."""
        return self.withdrawn(fact) if fact.amended else NOT_ASKED

    def _past(self, field: str, day: dt.date) -> dt.date:
        if day > self.today:
            raise Fault(field, "lies in the future")
        return day

    def _row(self, model: type[FeedRecord], fact: Fact, said: dict[str, Any], field: str) -> Row:
        head = {
            "practice": self.practice,
            "patient": self.reference.patient(self.practice, fact.patient),
            "fact": self.reference.evidence(self.practice, fact.name),
            "version": fact.version,
        }
        try:
            record = model.model_validate(head | said)
        except ValidationError as error:
            raise _fault(error, field) from None
        value = record.model_dump_json(exclude_none=True).encode()
        return Row(EVIDENCE.name, self.practice, record.wire_type(), value)


def _fault(error: ValidationError, day: str) -> Fault:
    """The first rule that is broken, at its place in the file; a rule about several fields begins with one's name."""
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    if first["loc"]:
        field, kind = str(first["loc"][0]), str(first["type"])
        return Fault(_PLACES.get(field, field), _RULES.get(kind, kind.replace("_", " ")))
    field, _, rule = str(first["msg"]).removeprefix("Value error, ").partition(" ")
    return Fault(day if field in _DAYS else _PLACES.get(field, field), rule)
