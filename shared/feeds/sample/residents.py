"""Made-up residents of some of a sample's nursing homes, as MDS records: stays, absences, assessments, corrections."""

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Final

from shared.contracts.residents import ITEMS
from shared.feeds.residents.records import HEAD
from shared.feeds.sample.frailty import Frailty
from shared.feeds.sample.homes import homes
from shared.feeds.sample.plan import Plan

Cells = dict[str, object]
COLUMNS: Final = (*HEAD, *ITEMS)
_HOMES: Final = 40  # have residents; more would make a sample slow to write
_FEWEST, _MOST = 8, 20
_LONG_BEFORE: Final = 900  # days before the sample begins, within which most of its residents came
_CAME_BEFORE: Final = 0.6
_HOSPITAL, _HOME, _DIED = 0.12, 0.04, 0.04  # of the times between two assessments
_NOT_BACK: Final = 0.1
_MODIFIED, _INACTIVATED = 0.04, 0.01


def residents(plan: Plan) -> Iterator[tuple[object, ...]]:
    """Every version of every record as a line of ``COLUMNS``, resident by resident in the order they were made."""
    step = max(1, plan.homes // _HOMES)
    for home in (home for number, home in enumerate(homes(plan)) if number % step == 0):
        for number in range(plan.chance("residents", int(home.ccn)).randint(_FEWEST, _MOST)):
            chance = plan.chance("resident", int(home.ccn) * 100 + number)
            head = {"RESIDENT": f"{number:02d}", "A0100B": home.ccn, "A0050": 1}
            for count, cells in enumerate(_life(plan, chance)):
                for line in _versions({**head, "RECORD": f"{number:02d}-{count:03d}", **cells}, chance):
                    yield tuple(line.get(column, "") for column in COLUMNS)


def _life(plan: Plan, chance: Random) -> Iterator[Cells]:
    """From entry to death, discharge or the end of the sample; nothing is dated after it."""
    frailty, last = Frailty(chance), plan.last_day
    came = _later(plan.first_day, chance, 0, 500)
    if chance.random() < _CAME_BEFORE:
        came = plan.first_day - dt.timedelta(days=chance.randint(1, _LONG_BEFORE))
    kind = "01" if came >= plan.first_day else "02"
    here = max(came, plan.first_day)
    on = _later(here, chance, 5, 13)
    yield _tracked("01", A1600=came)
    while on <= last:
        draw = chance.random()
        left = here + (on - here) * chance.random()
        if draw < _DIED:
            yield _tracked("12", A2000=left)
            return
        if draw < _DIED + _HOME:
            yield _assessed(frailty, left, "99", "10", A2000=left)
            return
        if draw < _DIED + _HOME + _HOSPITAL:
            yield _assessed(frailty, left, "99", "11", A2000=left)
            here = _later(left, chance, 1, 28)
            if here > last or chance.random() < _NOT_BACK:
                return
            yield _tracked("01", A1600=here)
            on, kind = _later(here, chance, 5, 13), "04"
            continue
        yield _assessed(frailty, on, kind, "99")
        here, kind = on, "03" if chance.random() < 0.25 else "02"
        on = _later(on, chance, 80, 92)


def _later(day: dt.date, chance: Random, least: int, most: int) -> dt.date:
    return day + dt.timedelta(days=chance.randint(least, most))


def _tracked(kind: str, **dates: dt.date) -> Cells:
    return {"A0310A": "99", "A0310B": "99", "A0310F": kind, **dates}


def _assessed(frailty: Frailty, on: dt.date, obra: str, left: str, **dates: dt.date) -> Cells:
    return {"A0310A": obra, "A0310B": "99", "A0310F": left, "A2300": on, **dates, **frailty.answers(on)}


def _versions(cells: Cells, chance: Random) -> Iterator[Cells]:
    """The record as it was made, and for a few assessments what became of it."""
    yield cells
    draw = chance.random()
    if "A2300" not in cells or draw >= _MODIFIED + _INACTIVATED:
        return
    if draw < _INACTIVATED:
        yield cells | {"A0050": 3, "X0800": 1}
    else:
        yield cells | {"A0050": 2, "X0800": 1, "I2300": 0, "J1800": 1, "J1900C": 0}
