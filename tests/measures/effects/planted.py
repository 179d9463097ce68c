"""Communities with figures of our own making: quarters of people, and events in them as planted."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from random import Random
from typing import Any, Final

from services.measures.domain.catalogue import BY_ID
from services.measures.domain.definitions import Definition, Per
from services.measures.domain.evaluation import PARTS, Counted
from services.measures.domain.impact_figures import Figures
from services.measures.domain.intervention import Intervention
from services.measures.domain.methods.charts.points import named

AREAS: Final = {"river": "zip:15001", "hill": "zip:15003", "dale": "zip:15005", "lake": "zip:44130"}
HOSPITALIZATIONS: Final = BY_ID["hospitalizations"]
READMITTED: Final = BY_ID["rehospitalizations-percent"]
TENURE: Final = BY_ID["community-tenure"]
QUARTERS: Final = named("2012Q1", "2016Q4")
BEGUN: Final = "2015Q1"
PEOPLE: Final = 5000


def counted(definition: Definition, events: int, exposure: int = PEOPLE) -> Counted:
    """So many events among so many people of a quarter, or out of so many."""
    time = exposure * PARTS if definition.per is Per.BENEFICIARY_QUARTER else 0
    return Counted(events, exposure, time)


def figures(
    unit: str, events: Iterable[int], definition: Definition = HOSPITALIZATIONS, exposure: int = PEOPLE
) -> Figures:
    """A community from the first quarter on."""
    pairs = zip(QUARTERS, events, strict=False)
    return Figures(unit, {quarter: counted(definition, one, exposure) for quarter, one in pairs})


def drawn(random: Random, unit: str, effect: float = 0.0, apart: float = 0.05) -> Figures:
    """Some 400 events a quarter; the community changes by itself at the beginning (``apart``), and by the effect."""
    own = random.gauss(0, apart)
    means = [400 * math.exp((own + effect) * (quarter >= BEGUN)) for quarter in QUARTERS]
    return figures(unit, (round(max(0.0, random.gauss(mean, math.sqrt(mean)))) for mean in means))


def intervention(**other: Any) -> Intervention:
    """One of river, from the first quarter of 2015 on."""
    told: Mapping[str, Any] = {
        "id": "river.0123456789ab",
        "community": "river",
        "name": "Calls after discharge",
        "kind": "FOLLOW_UP_AFTER_DISCHARGE",
        "stratum": "all",
        "settings": ("HOSPITAL",),
        "measures": ("hospitalizations",),
        "started_on": dt.date(2015, 1, 1),
        "community_version": 1,
        "areas": ("zip:15001",),
        "comparison": "BEFORE_AND_AFTER",
    }
    return Intervention(**{**told, **other})
