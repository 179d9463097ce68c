"""Who asks for or offers something, and how to reach them: apart from the interest, because it is to be forgotten."""

import datetime as dt
from typing import ClassVar
from uuid import UUID

from shared.contracts.message import Event
from shared.contracts.topic import OVERWRITTEN_DAYS, Confidentiality, Gaps, Topic


class EnquirerNamed(Event):
    """Who asks for or offers something, and how to reach them; alone it tells all there is of it."""

    TYPE: ClassVar[str] = "recruitment.EnquirerNamed"

    interest: UUID
    name: str
    email: str | None = None
    phone: str | None = None


class EnquirerErased(Event):
    """Who asked is forgotten, because nobody is to write to them any more; alone it tells all there is of it."""

    TYPE: ClassVar[str] = "recruitment.EnquirerErased"

    interest: UUID


class EnquirersTidied(Event):
    """A day's record about nobody: it leaves names that were erased before it to the broker to clean away."""

    TYPE: ClassVar[str] = "recruitment.EnquirersTidied"

    on: dt.date


ENQUIRERS = Topic(
    name="qio.recruitment.enquirers.v1",
    owner="recruitment",
    summary=(
        "Who asks for or offers something and how to reach them, until it is closed. "
        f"What was erased is gone from the broker within {OVERWRITTEN_DAYS} days. For the service itself."
    ),
    messages=(EnquirerNamed, EnquirerErased, EnquirersTidied),
    key="interest id; of the record about nobody, tidied",
    partitions=1,
    retention_days=30,
    gaps=Gaps.LATEST_WINS,
    confidentiality=Confidentiality.CONFIDENTIAL,
    writers=("recruitment",),
    readers=("recruitment",),
    compacted=True,
    history=True,
)

TOPICS = (ENQUIRERS,)
