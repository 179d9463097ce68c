"""Hospitals' scores in CMS's payment programs as a kind of facility data."""

import datetime as dt
from typing import Final

from services.measures.domain.panel.kind import Kind, Place
from services.measures.domain.scores.count import Fact, count
from services.measures.domain.scores.definitions import MEASURES
from shared.contracts import compiled_scores as compiled
from shared.contracts import scores


def place(fact: Fact) -> Place:
    """The hospital, the fiscal year, and which score of it."""
    if isinstance(fact, compiled.ReadmissionsScored):
        name = f"readmissions|{fact.condition}"
    elif isinstance(fact, compiled.PurchasingScored):
        name = f"purchasing|{fact.measure}"
    else:
        name = "harm" if isinstance(fact, compiled.HarmScored) else "purchasing"
    return Place(fact.ccn, str(fact.fiscal_year), name)


SCORES: Final = Kind(
    name="scores",
    unit_type="hospital",
    facts={model.wire_type(): getattr(compiled, model.__name__) for model in scores.SCORES.messages},
    place=place,
    count=count,
    measures=MEASURES,
    rules=1,
    settles=dt.timedelta(days=0),  # CMS publishes final figures
)
