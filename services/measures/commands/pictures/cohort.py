"""Whose figures a picture is to show: facilities by number, a file of them, or those of a state or a network."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

PAGE: Final = 1000
MOST_NAMES: Final = 20
"""Facilities whose names are asked for one by one; of more they are shown by number."""


@dataclass(frozen=True, slots=True)
class Whose:
    """What was asked for; nothing of it means all facilities there are."""

    unit: Sequence[str] | None = None
    units: Path | None = None
    state: str | None = None
    network: str | None = None

    def __bool__(self) -> bool:
        return bool(self.unit or self.units or self.place)

    @property
    def place(self) -> str | None:
        """The state or network in words."""
        return " and ".join(one for one in (self.state, self.network) if one) or None


@dataclass(frozen=True, slots=True)
class Cohort:
    """Facilities in the order asked for, and names where they are known. Of those ``expected`` it is said if they have
    no figures; a state has facilities of all kinds."""

    units: Sequence[str]
    names: Mapping[str, str] = field(default_factory=dict)
    expected: bool = True
    place: str | None = None

    def called(self, unit: str) -> str:
        """Name and number, or the number."""
        return f"{self.names[unit]} ({unit})" if unit in self.names else unit


def members(whose: Whose) -> Cohort:
    """Who is meant; prints a sentence and exits where recruitment has to be asked and does not answer."""
    if whose.place is None:
        return Cohort(named(whose.unit, whose.units))
    if whose.unit or whose.units:
        raise ValueError("unit and units cannot be given with state or network: a cohort is named in one way")
    found = _of_place(whose.state, whose.network)
    if not found:
        raise ValueError(f"{'state' if whose.state else 'network'}: no open facility of {whose.place} is known")
    return Cohort(list(found), found, expected=False, place=whose.place)


def named(unit: Iterable[str] | None, units: Path | None) -> list[str]:
    """The facilities given, each once, in this order."""
    found = list(unit or ())
    if units is not None:
        try:
            found += [line.strip() for line in units.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
        except UnicodeDecodeError:
            raise ValueError(f"file {units.name} is not text in UTF-8") from None
        except OSError as error:
            raise ValueError(f"file {units.name} cannot be read: {error.strerror}") from None
        if not found:
            raise ValueError(f"file {units.name} names no facility")
    return list(dict.fromkeys(found))


def names(units: Sequence[str]) -> dict[str, str]:
    """Names of a few facilities, as far as recruitment answers and knows them; a number is enough where it does not."""
    from shared.cli.read import NotRunning, sought  # noqa: PLC0415
    from shared.runtime.settings import Settings  # noqa: PLC0415
    from shared.stack.errors import StackError  # noqa: PLC0415

    few = [unit for unit in units if unit.isalnum()] if len(units) <= MOST_NAMES else []
    try:
        settings = Settings().with_stack()
        found = {unit: sought(settings, "recruitment", f"/facilities/{unit}") for unit in few}
    except (NotRunning, StackError, ValueError):
        return {}
    return {unit: known["name"] for unit, known in found.items() if known and known.get("name")}


def _of_place(state: str | None, network: str | None) -> dict[str, str]:
    from shared.cli.read import get  # noqa: PLC0415

    found: dict[str, str] = {}
    after, more = None, True
    while more:
        page = get("recruitment", "/facilities", state=state, qin=network, standing="OPEN", after=after, limit=PAGE)
        found |= {row["ccn"]: row["name"] for row in page if row["name"]}
        more = len(page) == PAGE
        after = page[-1]["ccn"] if page else None
    return found
