"""Messages to audiences, sent in stages after a second person has approved them."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field, model_validator

from shared.contracts.message import Command, Contract, Event
from shared.contracts.notifications.own import own_topic
from shared.contracts.notifications.terms import Language, Line, Part, Phone, Slug
from shared.contracts.recruitment.ids import Setting

MessageType = Literal["CAMPAIGN_MESSAGE", "KEY_MESSAGE", "PFE_INVITATION"]
_Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9:._-]{0,79}$")]
_Several = Field(default=(), max_length=100)
_MOST: Final = 1_000_000


class Audience(Contract):
    """Who is meant: people and organisations with a part at a place that fits every clause that is given.

    Within a clause one value suffices; clauses left out ask for nothing. All but ``lists`` must hold of one and the
    same part somebody has now: ``owners`` in ``MA`` are those who own a home there. ``lists`` wants, besides, a
    confirmed place on one of these mailing lists. Unknown clauses are refused, also by readers: a clause that was not
    understood would make the audience larger.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    parts: tuple[Part, ...] = _Several
    states: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="postal code")], ...] = _Several
    settings: tuple[Setting, ...] = _Several
    tasks: tuple[_Name, ...] = Field(default=(), max_length=100, description="of the statement of work: C.2")
    collaboratives: tuple[_Name, ...] = _Several
    cohorts: tuple[_Name, ...] = _Several
    communities: tuple[_Name, ...] = _Several
    coalitions: tuple[_Name, ...] = _Several
    measures: tuple[Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}:[a-z][a-z-]{1,29}$")], ...] = Field(
        default=(), max_length=100, description="measure and state: falls:signalled"
    )
    lists: tuple[Slug, ...] = _Several

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if not any(getattr(self, clause) for clause in type(self).model_fields):
            raise ValueError("an audience needs at least one clause; everybody is none")
        return self


class Words(Contract):
    """A message in one language: subject line and paragraphs, set as they are; nothing in them is carried out."""

    title: Annotated[str, Field(min_length=3, max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")]
    text: Annotated[str, Field(min_length=10, max_length=4_000, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f]*$")]
    how_to_join: str | None = Field(
        default=None,
        max_length=1_000,
        pattern=r"^[^\x00-\x09\x0b-\x1f\x7f]*$",
        description="of an invitation (PFE_INVITATION), which must say it",
    )


class Stage(Contract):
    """How many get the message at one go, and how long after the stage before it (the first: after the start).

    ``percent`` is of the audience as it was counted when the first stage began; ``number`` counts contacts.
    """

    percent: int | None = Field(default=None, ge=1, le=100)
    number: int | None = Field(default=None, ge=1, le=_MOST)
    wait_hours: int = Field(default=0, ge=0, le=24 * 60)

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if (self.percent is None) == (self.number is None):
            raise ValueError("a stage has either a percentage or a number")
        return self


class _Plan(Contract):
    """What a campaign says to whom, and when."""

    name: Line
    notice_type: MessageType
    words: Mapping[Language, Words] = Field(min_length=1, max_length=20, description="by language")
    audience: Audience
    writer: Line = Field(description="the organization in whose name it is written")
    phone: Phone = Field(description="where readers may call")
    list_id: Slug | None = Field(default=None, description="the mailing list it is sent for; only who is on it gets it")
    stages: tuple[Stage, ...] = Field(default=(Stage(percent=100),), min_length=1, max_length=50)
    starts_at: AwareDatetime | None = Field(default=None, description="not before; UTC")
    ends_at: AwareDatetime | None = Field(default=None, description="nothing is sent from then on; UTC")


class PrepareCampaign(_Plan, Command):
    """Prepare a campaign; nothing is sent before somebody else approves it and it is started.

    Refused without English words; without Spanish ones where residents, families or beneficiaries may be among the
    audience; an invitation without a mailing list of those who asked for it, to others than patients and families, or
    that does not say how to join; with stages of more than 100 percent; with template marks, which people would read;
    with an end that is past or before the start.
    """

    TYPE: ClassVar[str] = "notifications.PrepareCampaign"


class _About(Command):
    campaign: UUID


class ApproveCampaign(_About):
    """Approve a prepared campaign as it is. Refused to whoever prepared it."""

    TYPE: ClassVar[str] = "notifications.ApproveCampaign"


class StartCampaign(_About):
    """Start an approved campaign: its first stage follows, not before its ``starts_at``. Refused after its end."""

    TYPE: ClassVar[str] = "notifications.StartCampaign"


class PauseCampaign(_About):
    """Hold a running campaign; what was requested before is still delivered."""

    TYPE: ClassVar[str] = "notifications.PauseCampaign"


class ResumeCampaign(_About):
    """Go on where a paused campaign was held; waiting times went on meanwhile."""

    TYPE: ClassVar[str] = "notifications.ResumeCampaign"


class StopCampaign(_About):
    """End a campaign for good before its last stage."""

    TYPE: ClassVar[str] = "notifications.StopCampaign"

    reason: Line


class _Happened(Event):
    campaign: UUID
    actor: str


class CampaignPrepared(_Plan, Event):
    """A campaign was prepared by ``actor``."""

    TYPE: ClassVar[str] = "notifications.CampaignPrepared"

    campaign: UUID
    actor: str
    prepared_at: AwareDatetime


class CampaignApproved(_Happened):
    """A second person approved the campaign."""

    TYPE: ClassVar[str] = "notifications.CampaignApproved"


class CampaignStarted(_Happened):
    """The campaign runs; its first stage is due at ``next_at`` (UTC)."""

    TYPE: ClassVar[str] = "notifications.CampaignStarted"

    next_at: AwareDatetime


class CampaignPaused(_Happened):
    """The campaign is held."""

    TYPE: ClassVar[str] = "notifications.CampaignPaused"


class CampaignResumed(_Happened):
    """The campaign goes on."""

    TYPE: ClassVar[str] = "notifications.CampaignResumed"


class CampaignStopped(_Happened):
    """The campaign was ended for good."""

    TYPE: ClassVar[str] = "notifications.CampaignStopped"

    reason: Line
    stopped_at: AwareDatetime


class CampaignStageSent(Event):
    """A stage, or a part of a large one, was requested of the notices' queue.

    ``requested`` and ``left_out`` (by reason) count the contacts of this part; they lie, in order of id, behind the
    part before up to ``cursor``. ``population`` is how many the audience had when the first stage began. ``complete``:
    the stage has all it should, or nobody is left. ``next_at`` (UTC) is when the next part or stage is due.
    """

    TYPE: ClassVar[str] = "notifications.CampaignStageSent"

    campaign: UUID
    stage: int = Field(ge=1)
    requested: int = Field(ge=0)
    left_out: Mapping[str, int] = Field(default_factory=dict)
    cursor: UUID | None
    population: int = Field(ge=0)
    complete: bool
    next_at: AwareDatetime


class CampaignFinished(Event):
    """The campaign came to its end: all stages were sent, nobody was left, or its time was over."""

    TYPE: ClassVar[str] = "notifications.CampaignFinished"

    campaign: UUID
    because: Literal["ALL_SENT", "TIME_OVER"]
    finished_at: AwareDatetime


CAMPAIGNS = own_topic(
    name="campaigns",
    summary="Campaign messages: what they say, to whom, who approved them, and how many were requested in each stage.",
    messages=(
        CampaignPrepared,
        CampaignApproved,
        CampaignStarted,
        CampaignPaused,
        CampaignResumed,
        CampaignStopped,
        CampaignStageSent,
        CampaignFinished,
    ),
    key="campaign id",
)

ASKED: tuple[type[Command], ...] = (
    PrepareCampaign,
    ApproveCampaign,
    StartCampaign,
    PauseCampaign,
    ResumeCampaign,
    StopCampaign,
)
TOPICS = (CAMPAIGNS,)
