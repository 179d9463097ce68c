"""Help with names and rights on the campaign's site, from asking to the end; passwords are never seen or kept."""

import datetime as dt
from enum import StrEnum
from typing import ClassVar

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.campaign_terms import CampaignId
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.screened import Screened, ScreenedCommand
from shared.contracts.topic import Confidentiality, Gaps, Topic


class AccountSystem(StrEnum):
    """Where the account is."""

    CAMPAIGN_SITE = "CAMPAIGN_SITE"
    TRACKING_TOOL = "TRACKING_TOOL"


class AccountTrouble(StrEnum):
    """What is wrong with an account."""

    FORGOTTEN_NAME = "FORGOTTEN_NAME"
    FORGOTTEN_PASSWORD = "FORGOTTEN_PASSWORD"  # noqa: S105 - a kind of trouble
    LOCKED = "LOCKED"
    NEW_USER = "NEW_USER"
    USER_LEFT = "USER_LEFT"
    WRONG_RIGHTS = "WRONG_RIGHTS"


class AccountDesk(StrEnum):
    """To whom a request is passed on."""

    CAMPAIGN_SUPPORT = "CAMPAIGN_SUPPORT"
    STATE_LANE = "STATE_LANE"
    HOME_ADMINISTRATOR = "HOME_ADMINISTRATOR"


class AccountClosing(StrEnum):
    """Why a request ended unsolved."""

    WITHDRAWN = "WITHDRAWN"
    NO_ANSWER = "NO_ANSWER"
    NOT_ENTITLED = "NOT_ENTITLED"
    DUPLICATE = "DUPLICATE"


class RequestAccountHelp(ScreenedCommand):
    """A home asks for help with an account of its people, none of whom is named; asked again, it is another."""

    TYPE: ClassVar[str] = "recruitment.RequestAccountHelp"

    home: ParticipantId
    system: AccountSystem
    trouble: AccountTrouble
    about: Screened | None = None
    received_on: dt.date


class RouteAccountRequest(ScreenedCommand):
    """Pass a request on, also from one desk to another."""

    TYPE: ClassVar[str] = "recruitment.RouteAccountRequest"

    request: CampaignId
    to: AccountDesk
    routed_on: dt.date
    note: Screened | None = None


class CompleteAccountRequest(ScreenedCommand):
    """Record that the account works."""

    TYPE: ClassVar[str] = "recruitment.CompleteAccountRequest"

    request: CampaignId
    solved_on: dt.date
    note: Screened | None = None


class CloseAccountRequest(ScreenedCommand):
    """End a request unsolved."""

    TYPE: ClassVar[str] = "recruitment.CloseAccountRequest"

    request: CampaignId
    why: AccountClosing
    closed_on: dt.date
    note: Screened | None = None


class ReopenAccountRequest(ScreenedCommand):
    """Take up a solved or closed request again."""

    TYPE: ClassVar[str] = "recruitment.ReopenAccountRequest"

    request: CampaignId
    reopened_on: dt.date
    note: Screened


class _OfRequest(Event):
    request: CampaignId
    actor: str


class AccountHelpRequested(_OfRequest):
    """A home asked for help with an account."""

    TYPE: ClassVar[str] = "recruitment.AccountHelpRequested"

    home: str
    state: str
    system: AccountSystem
    trouble: AccountTrouble
    about: str | None
    received_on: dt.date


class AccountRequestRouted(_OfRequest):
    """A request was passed on."""

    TYPE: ClassVar[str] = "recruitment.AccountRequestRouted"

    to: AccountDesk
    routed_on: dt.date
    note: str | None


class AccountRequestSolved(_OfRequest):
    """The account works."""

    TYPE: ClassVar[str] = "recruitment.AccountRequestSolved"

    solved_on: dt.date
    note: str | None


class AccountRequestClosed(_OfRequest):
    """A request ended unsolved."""

    TYPE: ClassVar[str] = "recruitment.AccountRequestClosed"

    why: AccountClosing
    closed_on: dt.date
    note: str | None


class AccountRequestReopened(_OfRequest):
    """A request is open again."""

    TYPE: ClassVar[str] = "recruitment.AccountRequestReopened"

    reopened_on: dt.date
    note: str


ASKED: tuple[type[Command], ...] = (
    RequestAccountHelp,
    RouteAccountRequest,
    CompleteAccountRequest,
    CloseAccountRequest,
    ReopenAccountRequest,
)

ACCOUNT_REQUESTS = Topic(
    name="qio.recruitment.account-requests.v1",
    owner="recruitment",
    summary="Help with accounts of the campaign's site: asked for, passed on, solved, closed, taken up again.",
    messages=(
        AccountHelpRequested,
        AccountRequestRouted,
        AccountRequestSolved,
        AccountRequestClosed,
        AccountRequestReopened,
    ),
    key="request id",
    partitions=1,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (ACCOUNT_REQUESTS,)
