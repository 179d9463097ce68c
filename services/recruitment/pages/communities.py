"""The checklist of coalitions, their sectors and the types of intervention: part of the page of recruitment."""

from typing import Final

from services.recruitment.domain.coalitions.mix import Sector, present
from services.recruitment.domain.interventions.models import MODELS
from services.recruitment.pages.cells import plain, table
from shared.contracts.recruitment.coalition_terms import Item
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.intervention_terms import InterventionType

_ITEMS: Final = {
    Item.CHARTER: "what the coalition is for, written down",
    Item.GOVERNANCE: "who decides what, and how",
    Item.LEAD: "a member leads; the item cannot be done while the seat is vacant, and lapses when it falls vacant",
    Item.MEETING_RHYTHM: "when and where it meets",
    Item.DATA_AGREEMENT: "who gives whom which data, and what may be done with them",
}
_INFRASTRUCTURE: Final = """
## Infrastructure of a coalition

Each item is done by evidence, never by a tick alone: a reference to where it is kept, the day it was done, and
optionally a day by which it is reviewed. It lapses when that day is over everywhere in the program, and the coalition
has all of its infrastructure no more until the item is recorded anew. That every coalition has one is asked by Task C.2
(QIO Program, tip sheet for community-based organisations, 2014 to 2019 statement of work); the items are our own.
"""
_SECTORS: Final = """
## Sectors

Task C.3 recruits across all settings; `qio community coalition show` says which sector is missing. A regional extension
center is of no sector: it gives no care.
"""
_INTERVENTIONS: Final = """
## Types of intervention

Models by their publication, and the care transition services that the law names. `OTHER` says in words of its own what
it is.
"""


def infrastructure() -> str:
    """The checklist."""
    return _INFRASTRUCTURE + table(("item", "what"), ((f"`{one}`", _ITEMS[one]) for one in Item))


def sectors() -> str:
    """Which settings make up which sector."""
    of = {sector: [plain(one) for one in Setting if present([one])[sector]] for sector in Sector}
    rows = ((f"`{sector}`", ", ".join(settings)) for sector, settings in of.items())
    return _SECTORS + table(("sector", "settings"), rows)


def interventions() -> str:
    """Every type with its source."""
    rows = ((f"`{kind}`", MODELS[kind].name, MODELS[kind].source) for kind in InterventionType if kind in MODELS)
    return _INTERVENTIONS + table(("type", "what", "source"), rows)
