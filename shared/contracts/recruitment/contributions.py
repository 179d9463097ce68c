"""What partners and participants contribute to learning networks: material, faculty, data, messages and more."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.learning_terms import LearningId, NetworkId
from shared.contracts.recruitment.terms import Line, Said
from shared.contracts.topic import Confidentiality, Gaps, Topic

Contributor = Annotated[
    str,
    Field(
        pattern=r"^(partner:[a-z][a-z0-9-]{1,39}"
        r"|participant:([0-9A-Z]{6}|npi:[0-9]{10}|own:[a-z0-9][a-z0-9-]{1,59}))$",
        description="partner: and the id of a national partner, or participant: and a participant's id",
    ),
]


class ContributionKind(StrEnum):
    """What is contributed."""

    MATERIAL = "MATERIAL"
    FACULTY = "FACULTY"
    DATA = "DATA"
    MESSAGES = "MESSAGES"
    MEASURES = "MEASURES"
    HELP_WITH_RECORDS = "HELP_WITH_RECORDS"
    FUNDING = "FUNDING"
    OTHER = "OTHER"


class RecordContribution(Command):
    """Record what a partner or participant contributed to a network; the same again on the same day: no change."""

    TYPE: ClassVar[str] = "recruitment.RecordContribution"

    network: NetworkId
    contributor: Contributor
    kind: ContributionKind
    what: Said
    source: Line | None = Field(default=None, description="where it is to be found, or who published it")
    contributed_on: dt.date


class WithdrawContribution(Command):
    """Take a contribution out that was recorded by mistake or that is not to be used any more."""

    TYPE: ClassVar[str] = "recruitment.WithdrawContribution"

    contribution: LearningId
    withdrawn_on: dt.date
    reason: Said


class _OfContribution(Event):
    contribution: LearningId
    network: NetworkId
    actor: str


class ContributionRecorded(_OfContribution):
    """Somebody contributed something to a network."""

    TYPE: ClassVar[str] = "recruitment.ContributionRecorded"

    contributor: Contributor
    kind: ContributionKind
    what: str
    source: str | None
    contributed_on: dt.date


class ContributionWithdrawn(_OfContribution):
    """A contribution is not to be used any more."""

    TYPE: ClassVar[str] = "recruitment.ContributionWithdrawn"

    withdrawn_on: dt.date
    reason: str


ASKED: tuple[type[Command], ...] = (RecordContribution, WithdrawContribution)

CONTRIBUTIONS = Topic(
    name="qio.recruitment.contributions.v1",
    owner="recruitment",
    summary="What national partners and participants contribute to learning networks.",
    messages=(ContributionRecorded, ContributionWithdrawn),
    key="contribution id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (CONTRIBUTIONS,)
