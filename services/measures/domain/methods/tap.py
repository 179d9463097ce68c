"""Where infections have to be prevented: cumulative attributable difference, device use, ranking at both levels.

CDC's Targeted Assessment for Prevention: CAD = observed - predicted x goal ratio. It adds up over locations and stands
also below 1 predicted, where there is no ratio. Everything is exact.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from services.measures.domain.methods.sir import Infections


@dataclass(frozen=True, slots=True)
class Location:
    """A location of a facility; None where days are not known. Raises ValueError for what cannot be."""

    facility: str
    name: str
    infections: Infections
    device_days: int | None = None
    patient_days: int | None = None

    def __post_init__(self) -> None:
        if self.device_days is not None:
            device_rate(self.infections.observed, self.device_days)
            if self.patient_days is not None:
                device_use(self.device_days, self.patient_days)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A location, or a facility if ``location`` is None, with its place: 1 has most to prevent, equals share one.

    ``ratio`` is None below 1 predicted, ``use`` and ``rate`` where days are missing.
    """

    place: int
    facility: str
    location: str | None
    infections: Infections
    cad: Fraction
    ratio: Fraction | None
    use: Fraction | None
    rate: Fraction | None


def device_use(device_days: int, patient_days: int) -> Fraction | None:
    """Device utilization ratio; None without patient days."""
    if device_days < 0 or patient_days < 0:
        raise ValueError("days cannot be below 0")
    if device_days > patient_days:
        raise ValueError("device days cannot be more than patient days")
    return Fraction(device_days, patient_days) if patient_days else None


def device_rate(infections: int, days: int) -> Fraction | None:
    """Infections per 1,000 device days; None without days."""
    if infections < 0:
        raise ValueError("infections cannot be below 0")
    if days < 0:
        raise ValueError("days cannot be below 0")
    if infections > days:
        raise ValueError("there cannot be more infections than days")
    return Fraction(1000 * infections, days) if days else None


def attributable(infections: Infections, goal: Fraction) -> Fraction:
    """Infections above what the goal ratio allows; below 0 where the goal is reached."""
    if goal < 0:
        raise ValueError("a goal ratio cannot be below 0")
    return infections.observed - infections.predicted * goal


def locations(rows: Iterable[Location], goal: Fraction) -> list[Ranked]:
    """Locations, most to prevent first."""
    return _placed([_ranked(row.facility, row.name, [row], goal) for row in _distinct(rows)])


def facilities(rows: Iterable[Location], goal: Fraction) -> list[Ranked]:
    """Facilities, most to prevent first; each is the sum of its locations."""
    grouped: dict[str, list[Location]] = {}
    for row in _distinct(rows):
        grouped.setdefault(row.facility, []).append(row)
    return _placed([_ranked(facility, None, own, goal) for facility, own in grouped.items()])


def _distinct(rows: Iterable[Location]) -> list[Location]:
    found = list(rows)
    if not found:
        raise ValueError("a ranking needs at least one location")
    if len({(row.facility, row.name) for row in found}) < len(found):
        raise ValueError("a location can be ranked only once")
    return found


def _ranked(facility: str, location: str | None, own: list[Location], goal: Fraction) -> Ranked:
    observed = sum(row.infections.observed for row in own)
    infections = Infections(observed, sum((row.infections.predicted for row in own), Fraction()))
    devices, patients = _whole([row.device_days for row in own]), _whole([row.patient_days for row in own])
    return Ranked(
        place=0,
        facility=facility,
        location=location,
        infections=infections,
        cad=attributable(infections, goal),
        ratio=infections.observed / infections.predicted if infections.has_ratio else None,
        use=None if devices is None or patients is None else device_use(devices, patients),
        rate=None if devices is None else device_rate(observed, devices),
    )


def _whole(days: list[int | None]) -> int | None:
    """The sum; None if a part is missing."""
    known = [one for one in days if one is not None]
    return sum(known) if len(known) == len(days) else None


def _placed(rows: list[Ranked]) -> list[Ranked]:
    ordered = sorted(rows, key=lambda row: (-row.cad, row.facility, row.location or ""))
    places: dict[Fraction, int] = {}
    for place, row in enumerate(ordered, 1):
        places.setdefault(row.cad, place)
    return [replace(row, place=places[row.cad]) for row in ordered]
