"""HL7 v2 ADT messages about inpatients become encounter notices.

Taken are admission (A01), transfer (A02: the same visit at another place), discharge (A03), a change between inpatient
and outpatient (A06, A07), an update (A08) and the cancelling of an admission (A11) or a discharge (A13). A message
tells the whole visit as it now is, so an update without a discharge time says that the visit goes on. A change to
outpatient ends the inpatient visit as if it had never been one. Other events, and patients of another class than I,
are counted and left out.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from shared.feeds.adt.hl7 import Message
from shared.feeds.adt.notices import NOT_INPATIENT, Moment, Taker, diagnoses, is_ccn, status
from shared.feeds.lines import Fault
from shared.feeds.rows import Folded, Outcome

_CANCELS: Final = frozenset(("A07", "A11"))
_MAY_HAVE_ENDED: Final = frozenset(("A03", "A08"))
_EVENTS: Final = frozenset(("A01", "A02", "A06", "A13")) | _CANCELS | _MAY_HAVE_ENDED
_MEDICARE: Final = ("MC", "MB", "HC")  # HL7 table 0203: Medicare number, member number, health card
_ICD_10: Final = re.compile(r"I(?:CD)?[-_ ]?10.*", re.IGNORECASE)
_TIME: Final = re.compile(
    r"([0-9]{4})([0-9]{2})([0-9]{2})(?:([0-9]{2})(?:([0-9]{2})(?:([0-9]{2})(?:\.[0-9]+)?)?)?)?([+-][0-9]{4})?"
)


def read(message: Message, taker: Taker) -> Outcome:
    """The record, or why there is none; raises Fault."""
    header, visit = message.first("MSH"), message.first("PV1")
    event = message.value(header, 9, 2) or message.value(message.first("EVN"), 1)
    if message.value(header, 9) != "ADT":
        return Folded("not an ADT message")
    if event not in _EVENTS:
        return Folded("another event")
    patient_class = message.value(visit, 2)
    if not patient_class:
        raise Fault("PV1-2", "missing")
    if patient_class != "I" and event != "A07":
        return NOT_INPATIENT
    when = _when(message, taker)
    cancelled = event in _CANCELS
    admission = _day(message.value(visit, 44), "PV1-44")
    if admission is None and not cancelled:
        raise Fault("PV1-44", "missing")
    discharge = _day(message.value(visit, 45), "PV1-45") if event in _MAY_HAVE_ENDED else None
    if event == "A03" and discharge is None:
        raise Fault("PV1-45", "missing")
    provider = _provider(message, taker)
    number = message.value(visit, 19)
    if not number:
        raise Fault("PV1-19", "missing")
    # Hospitals number visits each for itself; a transfer within one sender keeps the number.
    sender = message.value(header, 4) or provider
    facts = {
        "action": "cancel" if cancelled else "original" if event == "A01" else "adjust",
        "provider": provider,
        "admission": admission or when.day,
        "discharge": discharge,
        "status": status(message.value(visit, 36)) if discharge else None,
        "diagnoses": diagnoses(_codes(message)),
    }
    return taker.row(_person(message), f"{sender} {number}", when, facts)


def _when(message: Message, taker: Taker) -> Moment:
    for segment, number, field in (("EVN", 2, "EVN-2"), ("MSH", 7, "MSH-7")):
        if text := message.value(message.first(segment), number):
            time = _time(text, field)
            when = Moment(int(time.timestamp()), time.date())
            taker.check(when, field)
            return when
    raise Fault("MSH-7", "missing")


def _time(text: str, field: str) -> dt.datetime:
    """A time to the precision given; one without a zone is taken as UTC."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise Fault(field, "not a time of HL7 with at least a day")
    year, month, day, hour, minute, second, zone = found.groups()
    text = f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}{zone or '+0000'}"
    try:
        return dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        raise Fault(field, "no such date or time") from None


def _day(text: str, field: str) -> dt.date | None:
    """The day at the hospital."""
    return _time(text, field).date() if text else None


def _provider(message: Message, taker: Taker) -> str:
    """The servicing facility, the one of the patient's place, or the sender's: the first with a number."""
    header, visit = message.first("MSH"), message.first("PV1")
    names = (
        message.value(visit, 39),
        message.value(visit, 3, 4),
        message.value(header, 4),
        message.value(header, 4, 2),
    )
    for name in names:
        if ccn := taker.facilities.named(name) or (name if is_ccn(name) else None):
            return ccn
    raise Fault("MSH-4", "a facility without a CMS certification number")


def _person(message: Message) -> str:
    patient = message.first("PID")
    ids = [
        (message.value(patient, 3, 5, at), message.value(patient, 3, 1, at))
        for at in range(message.repetitions(patient, 3))
    ]
    ids = [(kind, number) for kind, number in ids if number]
    if not ids:
        raise Fault("PID-3", "missing")
    for wanted in _MEDICARE:
        for kind, number in ids:
            if kind == wanted:
                return number
    return ids[0][1]


def _codes(message: Message) -> Iterator[str]:
    """Diagnosis codes said to be ICD-10, or not said to be of any list; the principal one (DG1-15) first."""
    found = []
    for fields in message.all("DG1"):
        system = message.value(fields, 3, 3) or message.value(fields, 2)
        if not system or _ICD_10.fullmatch(system):
            found.append((message.value(fields, 15) != "1", message.value(fields, 3).upper()))
    return (code for _, code in sorted(found, key=lambda one: one[0]))
