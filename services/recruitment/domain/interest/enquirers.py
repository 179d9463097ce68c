"""Who asks for or offers something: a record of its own, without anything in it once the interest is closed."""

import datetime as dt
from typing import Final
from uuid import UUID

from services.recruitment.domain.participants.kinds import TIDIED
from services.recruitment.domain.participants.state import NamesTidied
from shared.contracts.recruitment.enquirers import ENQUIRERS, EnquirerErased, EnquirerNamed, EnquirersTidied
from shared.records.kinds import Kind, Record


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
ENQUIRERS_TIDIED: Final = Kind(
    name="enquirers-tidied",
    state=NamesTidied,
    events=(EnquirersTidied,),
    id_of=lambda _: TIDIED,
    evolve=lambda before, event, at: NamesTidied(on=event.on),  # noqa: ARG005 - the event alone tells all
    topic=ENQUIRERS.name,
)
