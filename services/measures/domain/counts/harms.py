"""How far a hospital has come in its tracked harms, from its own baseline to 40 % less."""

from fractions import Fraction
from typing import Final

from services.measures.domain.counts.definitions import DISCHARGES, EVENTS, TRACKED_HARMS
from services.measures.domain.methods import harm
from services.measures.domain.methods.harm import HarmGoal, HarmProgress, HarmRate
from services.measures.domain.panel.counted import Amounts

REDUCTION: Final = Fraction(2, 5)  # Partnership for Patients


def progress(baseline: Amounts, current: Amounts) -> HarmProgress:
    """From the amounts of two periods; raises ValueError with the reason where one of them has no rate."""
    return harm.progress(HarmGoal(_rate(baseline), REDUCTION), _rate(current))


def _rate(amounts: Amounts) -> HarmRate:
    for component, reason in TRACKED_HARMS.unless.items():
        if amounts.get(component):
            raise ValueError(reason)
    return harm.tracked({EVENTS: amounts.get(EVENTS, 0)}, amounts.get(DISCHARGES, 0))
