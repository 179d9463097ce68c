"""Deadline rules as data: what is owed by whom, from which event, by when, and where that is written."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from services.complaints.domain import clock
from services.complaints.domain.clock import Unit
from shared.contracts.complaints import Obligor, Timeliness


class RuleError(ValueError):
    """The rules contradict themselves, or none is in force on a date."""


class Start(StrEnum):
    """The event from which a rule counts."""

    DISCHARGE_DATE = "discharge date"
    REQUEST_RECEIVED = "request received"
    HOSPITAL_NOTIFIED = "hospital notified"
    REQUEST_AND_INFORMATION = "request and all information received"
    PATIENT_TOLD = "patient told the determination"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of one rule, in force from ``effective_from`` to ``effective_to``, both included.

    ``uncertain`` marks what the regulation leaves open and a person must confirm. ``window`` marks time in which
    somebody may use a right: when it ends, nobody has missed anything, and nobody is warned.
    """

    id: str
    version: int
    effective_from: dt.date
    citation: str
    owed: str
    obligor: Obligor
    starts: Start
    unit: Unit
    count: int
    effective_to: dt.date | None = None
    close_of_business: dt.time = clock.CLOSE_OF_BUSINESS
    uncertain: bool = False
    window: bool = False

    def due(self, start: dt.datetime, zone: str) -> dt.datetime:
        """When the act is due (UTC) after ``start``, on the facility's clock."""
        return clock.due(self.unit, self.count, start, zone, self.close_of_business)

    def in_force(self, on: dt.date) -> bool:
        """Whether this version holds on the date."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


class RuleBook:
    """All versions of all rules; made once at start, refuses what contradicts itself."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        versions: defaultdict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            versions[rule.id].append(rule)
        for known in versions.values():
            known.sort(key=lambda rule: rule.effective_from)
            _check(known)
        self._versions = MappingProxyType(dict(versions))

    def in_force(self, rule_id: str, on: dt.date) -> Rule:
        """The version a case opened on this date keeps; raises RuleError where there is none."""
        for rule in self._versions[rule_id]:
            if rule.in_force(on):
                return rule
        raise RuleError(f"no version of {rule_id} was in force on {on}")

    def covers(self, rule_id: str, on: dt.date) -> bool:
        """Whether any version was in force on the date."""
        return any(rule.in_force(on) for rule in self._versions[rule_id])

    def version(self, rule_id: str, version: int) -> Rule:
        """The version a deadline was made from; raises RuleError when it is not known any more."""
        for rule in self._versions.get(rule_id, ()):
            if rule.version == version:
                return rule
        raise RuleError(f"{rule_id} has no version {version}")

    def all(self) -> tuple[Rule, ...]:
        """Every version of every rule."""
        return tuple(rule for known in self._versions.values() for rule in known)


def _check(known: list[Rule]) -> None:
    numbers = [rule.version for rule in known]
    if numbers != list(range(1, len(known) + 1)):
        raise RuleError(f"versions of {known[0].id} must count from 1 in the order of their dates")
    for rule in known:
        if rule.count < 0 or not rule.citation or not rule.owed:
            raise RuleError(f"{rule.id} version {rule.version} lacks a citation, an act or a count")
        if rule.effective_to is not None and rule.effective_to < rule.effective_from:
            raise RuleError(f"{rule.id} version {rule.version} ends before it begins")
    for earlier, later in pairwise(known):
        if earlier.effective_to is None or earlier.effective_to >= later.effective_from:
            raise RuleError(f"versions of {earlier.id} overlap")


# 42 CFR 405.1205-.1206 as published 71 FR 68721 (2006-11-27), applied from July 2007.
_SINCE = dt.date(2007, 7, 1)

FILING = "HD-FILING"
LATE_FILING = "HD-LATE-FILING"
NOTIFY_HOSPITAL = "HD-NOTIFY-HOSPITAL"
DETAILED_NOTICE = "HD-DETAILED-NOTICE"
RECORDS = "HD-RECORDS"
LETTERS = "HD-LETTERS"
RECONSIDERATION = "HD-RECONSIDERATION"
DETERMINE = MappingProxyType(
    {
        Timeliness.TIMELY: "HD-DETERMINE",
        Timeliness.LATE_INPATIENT: "HD-DETERMINE-LATE-INPATIENT",
        Timeliness.LATE_LEFT: "HD-DETERMINE-LATE-LEFT",
    }
)

_DETERMINE = "make the determination and notify beneficiary, hospital and physician"

DISCHARGE_APPEAL = RuleBook(
    (
        Rule(
            id=FILING,
            version=1,
            effective_from=_SINCE,
            citation="42 CFR 405.1206(b)(1)",
            owed="ask for the review, no later than the day of discharge",
            obligor=Obligor.BENEFICIARY,
            starts=Start.DISCHARGE_DATE,
            unit=Unit.CALENDAR_DAYS,
            count=0,
            window=True,
        ),
        Rule(
            id=LATE_FILING,
            version=1,
            effective_from=_SINCE,
            citation="42 CFR 405.1206(b)(6)",
            owed="ask for the review after leaving the hospital",
            obligor=Obligor.BENEFICIARY,
            starts=Start.DISCHARGE_DATE,
            unit=Unit.CALENDAR_DAYS,
            count=30,
            window=True,
        ),
        Rule(
            id=NOTIFY_HOSPITAL,
            version=1,
            effective_from=_SINCE,
            citation="42 CFR 405.1206(d)(1)",
            owed="notify the hospital of the request",
            obligor=Obligor.QIO,
            starts=Start.REQUEST_RECEIVED,
            unit=Unit.CALENDAR_DAYS,  # "immediately": the same local day
            count=0,
            uncertain=True,
        ),
        Rule(
            id=DETAILED_NOTICE,
            version=1,
            effective_from=_SINCE,
            citation="42 CFR 405.1206(e)(1)",
            owed="deliver the detailed notice to the beneficiary",
            obligor=Obligor.PROVIDER,
            starts=Start.HOSPITAL_NOTIFIED,
            unit=Unit.NOON_DAYS_AFTER,
            count=1,
        ),
        Rule(
            id=RECORDS,
            version=1,
            effective_from=_SINCE,
            citation="42 CFR 405.1206(e)(2)",
            owed="supply all information the QIO needs",
            obligor=Obligor.PROVIDER,
            starts=Start.HOSPITAL_NOTIFIED,
            unit=Unit.NOON_DAYS_AFTER,
            count=1,
        ),
        Rule(
            id=DETERMINE[Timeliness.TIMELY],
            version=1,
            effective_from=_SINCE,
            citation="42 CFR 405.1206(d)(6)(i)",
            owed=_DETERMINE,
            obligor=Obligor.QIO,
            starts=Start.REQUEST_AND_INFORMATION,
            unit=Unit.CALENDAR_DAYS,
            count=1,
        ),
        Rule(
            id=DETERMINE[Timeliness.LATE_INPATIENT],
            version=1,
            effective_from=_SINCE,
            citation="42 CFR 405.1206(d)(6)(ii)",
            owed=_DETERMINE,
            obligor=Obligor.QIO,
            starts=Start.REQUEST_AND_INFORMATION,
            unit=Unit.CALENDAR_DAYS,
            count=2,
        ),
        Rule(
            id=DETERMINE[Timeliness.LATE_LEFT],
            version=1,
            effective_from=_SINCE,
            citation="42 CFR 405.1206(d)(6)(iii)",
            owed=_DETERMINE,
            obligor=Obligor.QIO,
            starts=Start.REQUEST_AND_INFORMATION,
            unit=Unit.CALENDAR_DAYS,
            count=30,
        ),
        Rule(
            id=LETTERS,
            version=1,
            effective_from=_SINCE,
            citation="42 CFR 405.1206(d)(8)",
            owed="send the written notices that follow the telephone calls",
            obligor=Obligor.QIO,
            starts=Start.PATIENT_TOLD,
            unit=Unit.CALENDAR_DAYS,  # the regulation gives no number: the next calendar day
            count=1,
            uncertain=True,
        ),
        Rule(
            id=RECONSIDERATION,
            version=1,
            effective_from=_SINCE,
            citation="42 CFR 405.1204(b)(1)",
            owed="ask for an expedited reconsideration",
            obligor=Obligor.BENEFICIARY,
            starts=Start.PATIENT_TOLD,
            unit=Unit.NOON_DAYS_AFTER,
            count=1,
            window=True,
        ),
    )
)
