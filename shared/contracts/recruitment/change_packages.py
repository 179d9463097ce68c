"""Change packages of learning networks: drivers and the changes that serve them, in versions that are kept."""

import datetime as dt
from typing import Annotated, ClassVar, Final

from pydantic import Field

from shared.contracts.message import Command, Contract, Event
from shared.contracts.recruitment.learning_terms import NetworkId
from shared.contracts.recruitment.terms import Line

# A version is one event, and an event has at most 512 KiB: so many changes fit whatever their text.
MOST_CHANGES: Final = 100


class Change(Contract):
    """One thing to try, and where it is taken from: a guideline, a study, a high performer's account."""

    text: Annotated[str, Field(min_length=1, max_length=500)]
    source: Line


class Driver(Contract):
    """What leads to the aim, and the changes that serve it."""

    name: Line
    source: Line
    changes: tuple[Change, ...] = Field(min_length=1, max_length=50)


class PublishChangePackage(Command):
    """Publish the next version of a network's change package; earlier versions are kept.

    Changes, 100 at most, are counted from 1 through all drivers of a version: version and number name one. The same
    title and drivers as the latest version: no change.
    """

    TYPE: ClassVar[str] = "recruitment.PublishChangePackage"

    network: NetworkId
    title: Line
    drivers: tuple[Driver, ...] = Field(min_length=1, max_length=20)
    published_on: dt.date


class ChangePackagePublished(Event):
    """A version of a network's change package is out."""

    TYPE: ClassVar[str] = "recruitment.ChangePackagePublished"

    network: NetworkId
    version: int = Field(ge=1)
    title: str
    drivers: tuple[Driver, ...]
    published_on: dt.date
    actor: str


ASKED: tuple[type[Command], ...] = (PublishChangePackage,)
TOPICS = ()
