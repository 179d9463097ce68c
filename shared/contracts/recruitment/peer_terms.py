"""The words that peers are spoken of in: what they consent to, why two are matched, what came of it."""

from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field

from shared.contracts.message import Contract
from shared.contracts.recruitment.terms import Said

_PARTICIPANT: Final = r"([0-9A-Z]{6}|npi:[0-9]{10}|own:[a-z0-9][a-z0-9-]{1,59})"
PAIRING_PATTERN: Final = rf"^{_PARTICIPANT}\.{_PARTICIPANT}\.[A-Z_]{{2,40}}$"
PairingId = Annotated[
    str,
    Field(
        pattern=PAIRING_PATTERN,
        description="the ids of both in the order of the alphabet and the topic, with dots: 225009.225010.FALLS",
    ),
]


class PeerScope(StrEnum):
    """What a facility consents to among peers.

    SHARE_FIGURES: its figures of measures may be shown to the peer; SHARE_ADDRESS: the peer may be given its address.
    """

    LEARN_FROM_PEERS = "LEARN_FROM_PEERS"
    TEACH_PEERS = "TEACH_PEERS"
    SHARE_FIGURES = "SHARE_FIGURES"
    SHARE_ADDRESS = "SHARE_ADDRESS"


class Side(StrEnum):
    """One of the two of a pairing."""

    LEARNER = "LEARNER"
    TEACHER = "TEACHER"


class WhyMatched(StrEnum):
    """Why two are thought to learn from each other; JUDGED: by staff, who say why."""

    BETTER_NOW = "BETTER_NOW"
    IMPROVED = "IMPROVED"
    PERFORMS_WELL = "PERFORMS_WELL"
    SAME_SETTING = "SAME_SETTING"
    SIMILAR_SIZE = "SIMILAR_SIZE"
    JUDGED = "JUDGED"


class MatchReason(Contract):
    """One reason for a match; ``words`` say what JUDGED means and stand with no other."""

    why: WhyMatched
    words: Said | None = None


class PeerFigure(Contract):
    """The figure of one of the two in the pairing's measure, an exact decimal in text, as it was at the match."""

    of: Side
    period: Annotated[
        str,
        Field(
            pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])|Q[1-4]|-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2})?$",
            description="a month (2018-03), a quarter (2018Q1), a year (2018), or first/last day",
        ),
    ]
    value: Annotated[
        str,
        Field(pattern=r"^-?[0-9]{1,12}(\.[0-9]{1,10})?$", description="a decimal number with at most 10 decimals"),
    ]


class Helped(StrEnum):
    """Whether a pairing was helpful, as the two say."""

    HELPFUL = "HELPFUL"
    PARTLY = "PARTLY"
    NOT_HELPFUL = "NOT_HELPFUL"
    NOT_KNOWN = "NOT_KNOWN"


class WhyLapsed(StrEnum):
    """Why a pairing ended that nobody ended."""

    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    CLOSED = "CLOSED"
    MERGED = "MERGED"


MeasureName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$", description="as measures publishes it")]
DeclinedBy = Literal["LEARNER", "TEACHER", "QIO"]
