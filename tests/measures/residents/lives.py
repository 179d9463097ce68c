"""Random lives in a home: comings and goings around the limits, assessments, corrections, in any order and twice."""

import datetime as dt
from random import Random
from typing import Any, Final

from hypothesis import strategies as st

from shared.contracts.residents import HIGHEST, ITEMS, ResidentAssessed
from tests.measures.residents.records import Record, assessed, discharged, moved

START: Final = dt.date(2016, 8, 1)
DAY: Final = dt.timedelta(days=1)
STAYS: Final = (0, 1, 2, 30, 90, 99, 100, 101, 102, 140, 200, 300, 400)
ABSENCES: Final = (0, 1, 2, 3, 4, 5, 29, 30, 31, 60)
GAPS: Final = (1, 10, 45, 46, 60, 90, 92, 110, 119, 120, 121, 122, 165, 166)

# What each measure counts, and what takes a resident out of it.
FINDINGS: Final[tuple[dict[str, Any], ...]] = (
    {"J1800": 1, "J1900C": 1},
    {"J1800": 1, "J1900C": None},
    {"J1800": None},
    {"I2300": 1},
    {"I2300": 1, "H0100A": 1},
    {"J0300": 1, "J0400": 1, "J0600A": 7},
    {"J0300": 1, "J0400": 4, "J0600B": 4},
    {"J0300": 1, "J0400": 2, "J0600A": 0},
    {"G0110A1": 3, "M0210": 1, "M0300B1": 0, "M0300C1": 1, "M0300D1": 0},
    {"G0110B1": 4, "M0210": 1, "M0300B1": 0},
    {"H0300": 2},
    {"H0400": 3, "C0500": 7},
    {"H0100A": 1},
    {"H0100A": 1, "I1550": 1},
    {"P0100C": 2},
    {"G0110A1": 3, "G0110H1": 2},
    {"G0110A1": 2, "G0110H1": 1},
    {"G0110A1": 4, "G0110B1": 8, "G0110H1": 7, "G0110I1": 3},
    {"K0300": 2},
    {"D0200A2": 2, "D0300": 12},
    {"D0200A2": None, "D0200B2": None, "D0300": 99, "D0500B2": 3, "D0500A2": 0, "D0600": 10},
    {"N0410A": 7},
    {"N0410A": 7, "I6000": 1},
    {"I5350": 1},
    {"N0410A": 2, "I5350": None},
    {"O0250A": 0, "O0250C": 4, "O0300A": 0, "O0300B": 3},
    {"O0250A": None, "O0300A": None},
    {"B0100": 1},
    {"A0310A": "01"},
    {"A0310A": "99", "A0310B": "06"},
    {"A0310A": "99", "A0310B": "07"},
)


def values_of(item: str) -> tuple[int, ...]:
    """Every code the contract allows."""
    schema = ResidentAssessed.model_json_schema()["properties"][item]["anyOf"][0]
    if "enum" in schema:
        return tuple(schema["enum"])
    highest = HIGHEST.get(item, schema["maximum"])
    return (*range(highest + 1), *((99,) if item in HIGHEST and item != "D0600" else ()))


CODES: Final = {item: values_of(item) for item in ITEMS}


def findings(rng: Random) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in rng.sample(FINDINGS, rng.choice((0, 0, 1, 1, 2, 4))):
        found |= one
    for item in rng.sample(ITEMS, rng.choice((0, 0, 1, 5, 30))):
        found[item] = rng.choice((None, *CODES[item]))
    return found


class Life:
    """Records of one resident while they are made; each has a number of its own."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.records: list[Record] = []

    def name(self) -> str:
        return f"record {len(self.records)}"

    def stay(self, first: dt.date, length: int) -> dt.date:
        """A stay with its assessments; the day it ends, which may not be told."""
        rng = self.rng
        if not self.records or rng.random() < 0.9:  # every life has a record
            self.records.append(moved(self.name(), "01", str(first)))
        on = first + rng.choice((0, 5, 14)) * DAY
        while on <= first + length * DAY:
            entry: dict[str, Any] = {"A1600": str(first)} if rng.random() < 0.2 else {}
            self.records.append(assessed(self.name(), str(on), **entry, **findings(rng)))
            on += rng.choice(GAPS) * DAY
        return first + length * DAY

    def leave(self, on: dt.date) -> None:
        rng = self.rng
        code = rng.choice(("11", "11", "11", "10", "12"))
        if code == "12" or rng.random() < 0.3:
            self.records.append(moved(self.name(), code, str(on)))
        else:
            items = {name: value for name, value in findings(rng).items() if name[0] != "A"}
            self.records.append(discharged(self.name(), str(on), code, **items))

    def correct(self) -> None:
        """Some records are modified, some inactivated, some only then told again."""
        rng = self.rng
        for record in list(self.records):
            draw = rng.random()
            if draw < 0.08:
                self.records.append(record | {"version": 2, "action": "cancel"})
            elif draw < 0.2 and "A2300" in record:
                changed = {name: value for name, value in findings(rng).items() if name[0] != "A"}
                told = record | {"version": 2, "action": "adjust"} | changed
                self.records.append({name: value for name, value in told.items() if value is not None})
            elif draw < 0.25 and "on" in record:
                on = dt.date.fromisoformat(record["on"]) + rng.choice((-3, -1, 1, 2, 30)) * DAY
                self.records.append(record | {"version": 2, "action": "adjust", "on": str(on)})
            elif draw < 0.27:
                self.records.append(record | {"version": 3, "action": "cancel"})


def life(seed: int) -> list[Record]:
    rng = Random(seed)
    told = Life(rng)
    day = START + rng.randint(0, 300) * DAY
    for _ in range(rng.choice((1, 1, 2, 2, 3, 4))):
        day = told.stay(day, rng.choice(STAYS))
        if rng.random() < 0.9:
            told.leave(day)
        day += rng.choice(ABSENCES) * DAY
    if rng.random() < 0.3:  # something that does not fit in
        told.records.append(moved(told.name(), rng.choice(("01", "10", "11", "12")), str(a_day(rng))))
    told.correct()
    rng.shuffle(told.records)
    return told.records


def a_turn(rng: Random, records: list[Record]) -> dt.date:
    """A day on which, or near which, something about these records changes."""
    one = rng.choice(records)
    after = rng.choice((-1, 0, 1, 29, 60, 99, 100, 101, 119, 120, 121))
    return dt.date.fromisoformat(one.get("on") or one["A2300"]) + after * DAY


def a_day(rng: Random) -> dt.date:
    return START + rng.randint(0, 900) * DAY


seeds = st.integers(0, 2**32 - 1)
