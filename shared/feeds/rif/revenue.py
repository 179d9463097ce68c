"""What single revenue lines of a claim tell: emergency care, observation, nights of hospice patients in a facility."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from shared.feeds.lines import Fault, Line
from shared.feeds.rif.cells import fits, some_day, whole

MOST_SPANS: Final = 40  # of nights in one claim, as the contract has it

_CENTRE = re.compile(r"[0-9]{4}")
_EMERGENCY: Final = frozenset((*(f"{code:04}" for code in range(450, 460)), "0981"))
_OBSERVATION: Final = "0762"
_OBSERVATION_HOUR: Final = "G0378"
_IN_A_FACILITY: Final = frozenset(("0655", "0656"))  # respite and general inpatient care
_MOST_NIGHTS: Final = 366

Span = tuple[dt.date, dt.date]


class Service(NamedTuple):
    """One revenue line; ``nights`` are its first and last, where it has some."""

    emergency: bool
    observation: bool
    nights: Span | None


def service(line: Line, *, hospice: bool) -> Service:
    """What a line tells; raises Fault where its centre, day or units are none."""
    centre = fits(line, "REV_CNTR", _CENTRE, "not four digits")
    return Service(
        emergency=centre in _EMERGENCY,
        observation=centre == _OBSERVATION or line.get("HCPCS_CD") == _OBSERVATION_HOUR,
        nights=_nights(line) if hospice and centre in _IN_A_FACILITY else None,
    )


def _nights(line: Line) -> Span | None:
    """As many nights as units, from the day of the line on."""
    units = whole(line, "REV_CNTR_UNIT_CNT")
    if not units:
        return None
    if units > _MOST_NIGHTS:
        raise Fault("REV_CNTR_UNIT_CNT", f"more than {_MOST_NIGHTS} nights")
    first = some_day(line, "REV_CNTR_DT")
    return first, first + dt.timedelta(days=units - 1)


def united(spans: Iterable[Span]) -> list[Span]:
    """The same nights in order, each once; neighbours become one span."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + dt.timedelta(days=1):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
