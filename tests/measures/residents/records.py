"""Residents' records as they travel, made short: complete assessments with nothing wrong, and moves."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from services.measures.domain.residents.count import count
from services.measures.domain.residents.life import Fact
from shared.contracts.compiled_residents import RESIDENTS

HOME = "365001"
Record = dict[str, Any]

WELL: Mapping[str, int] = {
    "B0100": 0, "C0500": 13, "D0200A2": 0, "D0200B2": 0, "D0300": 2,
    "G0110A1": 1, "G0110B1": 1, "G0110E1": 1, "G0110H1": 0, "G0110I1": 2,
    "H0100A": 0, "H0100C": 0, "H0300": 0, "H0400": 0,
    "I1550": 0, "I1650": 0, "I2300": 0, "I5250": 0, "I5350": 0, "I5600": 0, "I6000": 0,
    "J0200": 1, "J0300": 0, "J1400": 0, "J1800": 0, "K0300": 0, "M0210": 0, "N0410A": 0,
    "O0100K2": 0, "O0250A": 1, "O0300A": 1,
    "P0100B": 0, "P0100C": 0, "P0100E": 0, "P0100F": 0, "P0100G": 0,
}  # fmt: skip
"""Every item of a resident of whom no measure has anything bad to say."""


def ref(name: str) -> str:
    return hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()


def assessed(record: str, on: str, version: int = 1, action: str = "original", **items: Any) -> Record:
    """A quarterly assessment of somebody who is well but for these items; None leaves one out."""
    head = {"A0310A": "02", "A0310B": "99", "A0310F": "99", "A2300": on}
    told = {**_key("feeds.ResidentAssessed.v1", record, version, action), **head, **WELL, **items}
    return {name: value for name, value in told.items() if value is not None}


def discharged(record: str, on: str, code: str = "11", version: int = 1, **items: Any) -> Record:
    """A discharge assessment, not combined with another."""
    return assessed(record, on, version, **({"A0310A": "99", "A0310F": code, "A2000": on} | items))


def moved(record: str, code: str, on: str, version: int = 1, action: str = "original") -> Record:
    return {**_key("feeds.ResidentMoved.v1", record, version, action), "A0310F": code, "on": on}


def entered(record: str, on: str) -> Record:
    return moved(record, "01", on)


def in_force(records: Iterable[Record]) -> list[Fact]:
    """What the engine keeps: of each record the first told of the highest version, nothing of a cancelled one."""
    kept: dict[str, Record] = {}
    for record in records:
        if record["record"] not in kept or kept[record["record"]]["version"] < record["version"]:
            kept[record["record"]] = record
    return [decoded(record) for record in kept.values() if record["action"] != "cancel"]


def decoded(record: Record) -> Fact:
    fact: Fact = RESIDENTS[record["type"]](json.dumps(record, default=str).encode())
    return fact


def amounts(today: str, *records: Record) -> dict[str, dict[str, int]]:
    """What these records add up to by quarter."""
    return {period: dict(one) for period, one in count(in_force(records), dt.date.fromisoformat(today)).amounts.items()}


def figure_of(today: str, quarter: str, component: str, *records: Record) -> tuple[int, int]:
    """Numerator and denominator of one resident."""
    found = amounts(today, *records).get(quarter, {})
    return found.get(component, 0), found.get(f"{component}_of", 0)


def _key(kind: str, record: str, version: int, action: str) -> Record:
    return {
        "type": kind,
        "ccn": HOME,
        "resident": ref("resident"),
        "record": ref(record),
        "version": version,
        "action": action,
    }
