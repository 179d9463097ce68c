"""Measures that coalitions declare for their community: what measures is asked, and what it says of them."""

from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from shared.contracts.commands import command_topics
from shared.contracts.message import Command, Event
from shared.contracts.recruitment.communities import CommunityId
from shared.contracts.topic import Confidentiality, Gaps, Topic

LOCAL: Final = "local-"
"""How ids of declared measures begin, and of no others."""
DECLARED_ID: Final = rf"^{LOCAL}[a-z0-9][a-z0-9-]{{1,53}}$"
DeclaredId = Annotated[
    str,
    Field(
        pattern=DECLARED_ID,
        description="our id of the measure: local- and small letters, digits and hyphens",
    ),
]
Component = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60, description="name of a component")]
Sign = Annotated[int, Field(ge=-1, le=1, description="1 adds the component, -1 takes it away")]
Scale = Annotated[
    str, Field(pattern=r"^[0-9]{1,7}(/[0-9]{1,7})?$", description="a whole number above 0, or a fraction 1/100")
]
Title = Annotated[str, Field(min_length=3, max_length=200, pattern=r"\S")]
Why = Annotated[str, Field(min_length=3, max_length=1000, pattern=r"\S", description="naming no person")]
Per = Literal["beneficiary-quarter", "ratio"]
Better = Literal["lower", "higher"]
Interval = Literal["events", "share", "none"]
Version = Annotated[int, Field(ge=1)]


class DeclareMeasure(Command):
    """Declare a measure of a community, made of the components that built-in measures are made of.

    The value is ``scale`` times the sum of the numerator, with signs, over the sum of the denominator; ``per`` and
    ``interval`` say how, as of built-in measures (``qio measures list``). What the sources must have, and which code
    lists, follows from the components. ``reason``: why the community wants it; ``source``: what defines it.
    """

    TYPE: ClassVar[str] = "measures.DeclareMeasure"

    measure: DeclaredId
    community: CommunityId
    title: Title
    numerator: dict[Component, Sign] = Field(min_length=1, max_length=40)
    denominator: tuple[Component, ...] = Field(min_length=1, max_length=40)
    per: Per
    scale: Scale
    better: Better
    interval: Interval = "none"
    reason: Why
    source: Why


class ReviseMeasure(Command):
    """Revise a declared measure: what is left out stays. ``version`` is the one that is revised.

    All its results are published anew under the next version. What holds already is accepted and changes nothing.
    """

    TYPE: ClassVar[str] = "measures.ReviseMeasure"

    measure: DeclaredId
    version: Version
    title: Title | None = None
    numerator: dict[Component, Sign] | None = Field(default=None, min_length=1, max_length=40)
    denominator: tuple[Component, ...] | None = Field(default=None, min_length=1, max_length=40)
    per: Per | None = None
    scale: Scale | None = None
    better: Better | None = None
    interval: Interval | None = None
    reason: Why
    source: Why | None = None


class RetireMeasure(Command):
    """Retire a declared measure: its results are withdrawn, and its id is not used again."""

    TYPE: ClassVar[str] = "measures.RetireMeasure"

    measure: DeclaredId
    version: Version
    reason: Why


class _Declaration(Event):
    measure: str
    version: int = Field(ge=1)
    community: str
    title: str
    numerator: dict[Component, Sign]
    denominator: tuple[str, ...]
    per: Per
    scale: str
    better: Better
    interval: Interval
    reason: str
    source: str
    actor: str


class MeasureDeclared(_Declaration):
    """A community has a measure of its own from ``version`` 1 on; its results follow on the topic of results."""

    TYPE: ClassVar[str] = "measures.MeasureDeclared"


class MeasureRevised(_Declaration):
    """A declared measure is, from this version on, this; results carry the version as their ``specification``."""

    TYPE: ClassVar[str] = "measures.MeasureRevised"


class MeasureRetired(Event):
    """A declared measure is none any more: its results are published as not computable. ``version`` goes on."""

    TYPE: ClassVar[str] = "measures.MeasureRetired"

    measure: str
    version: int = Field(ge=2)
    community: str
    reason: str
    actor: str


ASKED: tuple[type[Command], ...] = (DeclareMeasure, ReviseMeasure, RetireMeasure)
COMMANDS, REPLIES = command_topics("measures", ASKED)

DECLARED = Topic(
    name="qio.measures.declared.v1",
    owner="measures",
    summary="Measures that coalitions declare for their community, every version.",
    messages=(MeasureDeclared, MeasureRevised, MeasureRetired),
    key="id of the measure",
    partitions=1,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("measures",),
    readers=("recruitment", "cli"),
    history=True,
)

TOPICS = (COMMANDS, REPLIES, DECLARED)
