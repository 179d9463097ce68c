"""What measures says of interventions: how their measures changed, and which do not do what was hoped."""

import datetime as dt
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shared.contracts.message import Event
from shared.contracts.topic import Confidentiality, Gaps, Topic

Quarter = Annotated[str, Field(pattern=r"^[0-9]{4}Q[1-4]$", description="a calendar quarter, such as 2018Q1")]
EffectMethod = Literal["beside_communities", "beside_one_community", "before_and_after"]
EffectFlag = Literal["wrong_way", "short_of_hope", "no_signal"]


class EffectEstimated(Event):
    """How a measure of an intervention's community changed with it, as it stands at ``revision``; the highest holds.

    Where nothing can be said any more (figures were taken back, or it was entered in error) ``estimable`` is false,
    ``reason`` says why, and the numbers are None. ``wording`` is the only word the change may be called by: without
    ``compared`` communities it is an association. A ratio is that of the community's change to theirs (1: alike), a
    difference is in the unit of the measure (0: none); ``low`` and ``high`` bound it with 95 % confidence. ``hoped`` is
    the size that was hoped for. ``flags`` say that somebody should look at it; ``sentence`` says all of it in words.
    Settled quarters from ``first`` to ``last`` are counted, with the intervention from ``first_with`` on.
    """

    TYPE: ClassVar[str] = "measures.EffectEstimated"

    intervention: str
    community: str
    measure: str
    stratum: str
    specification: int = Field(ge=1)
    estimable: bool
    reason: str | None
    method: EffectMethod | None
    wording: Literal["impact", "association"] | None
    scale: Literal["ratio", "difference"] | None
    estimate: str | None
    low: str | None
    high: str | None
    hoped: str | None
    compared: tuple[str, ...]
    first: Quarter | None
    first_with: Quarter
    last: Quarter | None
    flags: tuple[EffectFlag, ...]
    sentence: str
    revision: int = Field(ge=1)
    estimated_at: dt.datetime


EFFECTS = Topic(
    name="qio.measures.effects.v1",
    owner="measures",
    summary="Estimated effects of interventions, and flags on those that do not do what was hoped.",
    messages=(EffectEstimated,),
    key="intervention and measure",
    partitions=1,
    retention_days=365,
    gaps=Gaps.LATEST_WINS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("measures",),
    readers=("recruitment", "notifications", "cli"),
)

TOPICS = (EFFECTS,)
