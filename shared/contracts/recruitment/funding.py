"""Funding of what coalitions do: Section 3026 applications and other grants."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Contract, Event
from shared.contracts.recruitment.communities import CommunityId
from shared.contracts.recruitment.ids import ParticipantId, Setting
from shared.contracts.recruitment.intervention_terms import InterventionType
from shared.contracts.recruitment.terms import Said
from shared.contracts.recruitment.work import Cents, Evidence, Title, WorkId
from shared.contracts.topic import Confidentiality, Gaps, Topic

Partners = Annotated[tuple[ParticipantId, ...], Field(max_length=100)]
Proposed = Annotated[tuple[InterventionType, ...], Field(max_length=12)]


class Program(StrEnum):
    """What pays: the Community-based Care Transitions Program (Pub. L. 111-148, §3026), or another grant."""

    SECTION_3026 = "SECTION_3026"
    OTHER = "OTHER"


class FundingStatus(StrEnum):
    """How far an application or grant has come."""

    DRAFTED = "DRAFTED"
    SUBMITTED = "SUBMITTED"
    AWARDED = "AWARDED"
    REPORTING_DUE = "REPORTING_DUE"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"
    CLOSED = "CLOSED"


class FundingStep(StrEnum):
    """What can be recorded of it. REQUIRE_REPORT: the funder set a day; REPORT: the report went out."""

    AMEND = "AMEND"
    SUBMIT = "SUBMIT"
    AWARD = "AWARD"
    DECLINE = "DECLINE"
    WITHDRAW = "WITHDRAW"
    REQUIRE_REPORT = "REQUIRE_REPORT"
    REPORT = "REPORT"
    CLOSE = "CLOSE"


class Partner(Contract):
    """A participant in an application, with the setting it is of."""

    participant: ParticipantId
    setting: Setting


class StartFundingApplication(Command):
    """Start the draft of an application: who applies with whom, for what, how much, until when.

    Applicant and partners are known participants; each community-based organisation among them is a member of the
    coalition. ``proposed`` are the care transition interventions it proposes. The day may be earlier than the
    coalition, which often grew out of such an application.
    """

    TYPE: ClassVar[str] = "recruitment.StartFundingApplication"

    coalition: CommunityId
    program: Program
    funder: Title
    title: Title
    applicant: ParticipantId
    partners: Partners = ()
    proposed: Proposed = ()
    amount_cents: Cents
    deadline: dt.date | None = None
    started_on: dt.date


class AmendFundingApplication(Command):
    """Change a draft; what is left out stays, a list that is given replaces the one before."""

    TYPE: ClassVar[str] = "recruitment.AmendFundingApplication"

    funding: WorkId
    partners: Partners | None = None
    proposed: Proposed | None = None
    amount_cents: Cents | None = None
    deadline: dt.date | None = None
    amended_on: dt.date


class RecordFundingStep(Command):
    """Record how an application or grant went on.

    AWARD needs ``amount_cents`` (and may say ``ends_on``, the last day of the grant), REQUIRE_REPORT ``due_on``,
    DECLINE and WITHDRAW ``reason``; ``evidence`` says where what proves it is kept. AMEND has its own command. To
    submit to Section 3026 at least one community-based organisation and one hospital must be in it, the applicant
    being one of either, with at least one proposed intervention (Pub. L. 111-148, §3026(b)(1) and (c)(2)).
    """

    TYPE: ClassVar[str] = "recruitment.RecordFundingStep"

    funding: WorkId
    step: FundingStep
    on: dt.date
    amount_cents: Cents | None = None
    ends_on: dt.date | None = None
    due_on: dt.date | None = None
    reason: Said | None = None
    evidence: Evidence = ()


class FundingApplicationStarted(Event):
    """The draft of an application was started."""

    TYPE: ClassVar[str] = "recruitment.FundingApplicationStarted"

    funding: WorkId
    coalition: CommunityId
    number: int = Field(ge=1)
    program: Program
    funder: str
    title: str
    applicant: Partner
    partners: tuple[Partner, ...]
    proposed: tuple[InterventionType, ...]
    amount_cents: int = Field(ge=0)
    deadline: dt.date | None = None
    started_on: dt.date
    actor: str


class FundingApplicationAmended(Event):
    """A draft is this from now on."""

    TYPE: ClassVar[str] = "recruitment.FundingApplicationAmended"

    funding: WorkId
    coalition: CommunityId
    partners: tuple[Partner, ...]
    proposed: tuple[InterventionType, ...]
    amount_cents: int = Field(ge=0)
    deadline: dt.date | None = None
    amended_on: dt.date
    actor: str


class FundingAdvanced(Event):
    """An application or grant went on to ``status``; amounts are US cents."""

    TYPE: ClassVar[str] = "recruitment.FundingAdvanced"

    funding: WorkId
    coalition: CommunityId
    step: FundingStep
    status: FundingStatus
    on: dt.date
    amount_cents: int | None = Field(default=None, ge=0, description="with AWARD: what was awarded")
    ends_on: dt.date | None = None
    due_on: dt.date | None = None
    reason: str | None = None
    evidence: tuple[str, ...] = ()
    actor: str


ASKED: tuple[type[Command], ...] = (StartFundingApplication, AmendFundingApplication, RecordFundingStep)

FUNDING = Topic(
    name="qio.recruitment.funding.v1",
    owner="recruitment",
    summary="Applications for funding and grants: drafted, submitted, awarded, declined, reported, closed.",
    messages=(FundingApplicationStarted, FundingApplicationAmended, FundingAdvanced),
    key="funding id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (FUNDING,)
