"""Who asks for or offers something: a record of its own, without anything in it once the interest is closed."""

import datetime as dt
from typing import Final
from uuid import UUID

from shared.contracts.recruitment.enquirers import ENQUIRERS, EnquirerErased, EnquirerNamed, EnquirersTidied
from shared.records.kinds import Kind, Record
from shared.records.tidied import tidied_kind


class WhoAsks(Record):
    """Who asks and how to reach them; ``name`` is None once that was erased."""

    id: UUID
    name: str | None = None
    email: str | None = None
    phone: str | None = None


def _who(before: WhoAsks | None, event: EnquirerNamed | EnquirerErased, at: dt.datetime) -> WhoAsks:
    # From the event alone: its topic keeps only the last of each interest.
    del before, at
    return WhoAsks(id=event.interest, **event.model_dump(exclude={"interest"}))


WHO_ASKS: Final = Kind(
    name="who-asks",
    state=WhoAsks,
    events=(EnquirerNamed, EnquirerErased),
    id_of=lambda event: str(event.interest),
    evolve=_who,
    topic=ENQUIRERS.name,
)
ENQUIRERS_TIDIED: Final = tidied_kind("enquirers-tidied", EnquirersTidied, ENQUIRERS.name)
