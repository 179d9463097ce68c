"""What partners hear of coalitions."""

from typing import ClassVar

from pydantic import Field

from shared.contracts.message import PublicEvent
from shared.contracts.recruitment.communities import CommunityId
from shared.contracts.recruitment.ids import Setting


class CoalitionFormed(PublicEvent):
    """Public: a coalition was formed over a community; which settings take part, never who."""

    TYPE: ClassVar[str] = "public.CoalitionFormed"

    community: CommunityId
    name: str = Field(description="of the community")
    states: tuple[str, ...] = Field(description="postal codes, in the order of text")
    settings: tuple[Setting, ...] = Field(description="that are present on the first day, in the order of text")
    month: str = Field(pattern=r"^[0-9]{4}-[0-9]{2}$", description="coarse: the month it was formed in")
