"""Which measures can be named as shown by a test or a practice, and why others cannot."""

from collections.abc import Iterator, Sequence
from typing import Final

from services.recruitment.domain.coalitions.catalogue import MEASURES
from services.recruitment.domain.networks.topics import TOPICS, measures_of
from shared.contracts.recruitment.change_test_commands import Measured
from shared.contracts.replies import Reason

NAMED: Final = frozenset((*MEASURES, *measures_of(*TOPICS)))


def seen(values: Sequence[Measured]) -> Iterator[Reason]:
    """Why values say not, or not once, what they are of."""
    whats = [(one.measure, one.unit) for one in values]
    for position, one in enumerate(values):
        field = f"values[{position}]"
        if (one.measure is None) is (one.unit is None):
            yield Reason(code="MEASURE_OR_UNIT", field=field, text="Give a measure or a unit of your own, one of them.")
        elif whats[position] in whats[:position]:
            yield Reason(code="REPEATED", field=field, text="A value of this is given already.")
        elif one.measure is not None:
            yield from _known(one.measure, f"{field}.measure")


def named(measures: Sequence[str]) -> Iterator[Reason]:
    """Why measures are none that there are, or are given twice."""
    for position, one in enumerate(measures):
        field = f"measures[{position}]"
        if one in measures[:position]:
            yield Reason(code="REPEATED", field=field, text=f"{one} is given twice.")
        yield from _known(one, field)


def _known(measure: str, field: str) -> Iterator[Reason]:
    if measure not in NAMED:
        yield Reason(code="MEASURE_UNKNOWN", field=field, text=f"{measure} is not in the catalog of measures.")
