"""What partners hear of coalitions."""

from typing import ClassVar

from pydantic import Field

from shared.contracts.message import PublicEvent
from shared.contracts.recruitment.communities import CommunityId
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.terms import StateCode


class CoalitionFormed(PublicEvent):
    """Public: a coalition was formed over a community; which settings take part, never who.

    No words of staff are in it: neither the community's name nor the coalition's, nor the day.
    """

    TYPE: ClassVar[str] = "public.CoalitionFormed"

    community: CommunityId
    states: tuple[StateCode, ...] = Field(description="in the order of text")
    settings: tuple[Setting, ...] = Field(description="that are present on the first day, in the order of text")
    month: str = Field(pattern=r"^[0-9]{4}-[0-9]{2}$", description="coarse: the month it was formed in")
