"""What HL7 v2 and FHIR notifications have in common: whose hospital, which person, when, and the record made of it."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from pydantic import ValidationError

from shared.contracts.feeds import CARE, EncounterNotice
from shared.feeds.lines import Fault
from shared.feeds.reference import Reference
from shared.feeds.rows import Folded, Row

NOT_INPATIENT: Final = Folded("not inpatient")
MOST_DIAGNOSES: Final = 30

# As the State Operations Manual §2779 numbers hospitals: a unit's letter comes third, an emergency hospital's last.
# Narrower than the contract's six characters, so that a name like CENTER is not taken for a number.
_CCN: Final = re.compile(r"[0-9]{2}[0-9A-Z][0-9]{3}|[0-9]{5}[EF]")
_DASHED_MBI: Final = re.compile(r"[1-9][A-Z][0-9A-Z][0-9]-[A-Z][0-9A-Z][0-9]-[A-Z]{2}[0-9]{2}")
_ICD_10_CM: Final = re.compile(r"[A-Z][0-9][0-9A-Z](?:\.?[0-9A-Z]{1,4})?")
_STATUS: Final = re.compile(r"[0-9]{1,2}")


class Moment(NamedTuple):
    """When something was told: the second since 1970 (UTC) and the day at the place that told it."""

    second: int
    day: dt.date


@dataclass(frozen=True, slots=True)
class Facilities:
    """CMS certification numbers by the names hospitals give themselves, in any case."""

    by_name: Mapping[str, str]

    @classmethod
    def of(cls, pairs: Iterable[str]) -> "Facilities":
        """From ``NAME=CCN``; raises ValueError with a sentence for one of another form."""
        by_name = {}
        for pair in pairs:
            name, _, ccn = pair.rpartition("=")
            if not name.strip() or not is_ccn(ccn.strip()):
                raise ValueError("A facility is given as NAME=CCN, with a CMS certification number of six characters.")
            by_name[name.strip().casefold()] = ccn.strip()
        return cls(by_name)

    def named(self, name: str) -> str | None:
        """The number given for a name."""
        return self.by_name.get(name.strip().casefold()) if name else None


@dataclass(frozen=True, slots=True)
class Taker:
    """What a message is read with. ``today`` (UTC): a message of a later day would win over every true one."""

    facilities: Facilities
    reference: Reference
    today: dt.date

    def check(self, when: Moment, field: str) -> None:
        """Raise Fault for a time no message can have; a day of grace, as zones differ."""
        if when.second < 1:
            raise Fault(field, "before 1970")
        if when.day > self.today + dt.timedelta(days=1):
            raise Fault(field, "lies in the future")

    def row(self, person: str, visit: str, when: Moment, facts: Mapping[str, object]) -> Row:
        """The record of a notice; ``facts`` are the contract's other fields."""
        try:
            record = EncounterNotice.model_validate(
                {
                    "beneficiary": self.reference.beneficiary(medicare_number(person)),
                    "visit": self.reference.visit(visit),
                    "version": when.second,
                    "told": when.day,
                    **facts,
                }
            )
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False, include_context=False)[0]
            if not first["loc"]:
                raise Fault("discharge", "before admission") from None
            raise Fault(str(first["loc"][0]), str(first["type"]).replace("_", " ")) from None
        return Row(CARE.name, record.beneficiary, record.wire_type(), record.model_dump_json().encode())


def is_ccn(value: str) -> bool:
    """Whether this has the form of a hospital's CMS certification number."""
    return _CCN.fullmatch(value) is not None


def medicare_number(value: str) -> str:
    """A beneficiary identifier as claims have it: the dashes printed on the card are no part of it."""
    return value.replace("-", "") if _DASHED_MBI.fullmatch(value) else value


def diagnoses(codes: Iterable[str]) -> Sequence[str]:
    """Those of the codes that have the form of ICD-10-CM, without the dot, each once, in order."""
    found = dict.fromkeys(code.replace(".", "") for code in codes if _ICD_10_CM.fullmatch(code))
    return tuple(found)[:MOST_DIAGNOSES]


def status(value: str) -> str | None:
    """A UB-04 patient discharge status; None for a code of another list, which says nothing we know."""
    return value.zfill(2) if _STATUS.fullmatch(value) else None
