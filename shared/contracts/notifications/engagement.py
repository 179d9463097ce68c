"""The voice of patients and families: stories, surveys, decision aids, and what comes back to them."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, ClassVar, Final
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Command, Contract, Event
from shared.contracts.notifications.own import own_topic
from shared.contracts.notifications.terms import Language, Line, Part, Phone, Place, Slug
from shared.contracts.topic import OVERWRITTEN_DAYS

MOST_READERS: Final = 1_000
_Text = Annotated[str, Field(min_length=10, max_length=4_000, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f]*$")]
_Remark = Annotated[str, Field(min_length=1, max_length=2_000, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f]*$")]
_Topic = Annotated[str, Field(min_length=3, max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")]
Score = Annotated[int, Field(ge=1, le=5, description="5 is best")]
Code = Annotated[str, Field(min_length=16, max_length=24, pattern=r"^[A-Za-z0-9 -]+$")]


class Relation(StrEnum):
    """Who tells a story."""

    BENEFICIARY = "BENEFICIARY"
    FAMILY = "FAMILY"
    CAREGIVER = "CAREGIVER"
    STAFF = "STAFF"


class Sharing(StrEnum):
    """What whoever told a story agreed to, each more than the one before it."""

    KEEP = "KEEP"  # the QIO may learn from it; nobody else hears it
    SHARE_WITH_NETWORK = "SHARE_WITH_NETWORK"  # professionals of the learning network may hear it
    SHARE_PUBLICLY = "SHARE_PUBLICLY"


class Agreed(StrEnum):
    """How somebody agreed."""

    WRITTEN = "WRITTEN"
    SPOKEN = "SPOKEN"


class Consent(Contract):
    """What was agreed to, when and how; ``called`` is the name they may be named by, None: not to be named."""

    sharing: Sharing
    on: dt.date
    how: Agreed
    called: Line | None = None


class StoryState(StrEnum):
    """Where a story is; one whose consent was withdrawn is erased and has no state."""

    RECORDED = "RECORDED"  # to be looked through
    CLEARED = "CLEARED"  # nothing in it tells who anybody else is
    HELD = "HELD"  # something does; its words must be amended


class Told(Contract):
    """When a story was shared: aloud at ``told_at``, or in writing with so many readers."""

    on: dt.date
    told_at: Line | None = None
    public: bool = False
    readers: int = Field(default=0, ge=0)


class StoryFacts(Contract):
    """All that is kept of a story. Confidential: these are somebody's own words. ``words`` by language."""

    language: Language = Field(description="the one it was told in")
    topic: _Topic
    words: Mapping[Language, _Text]
    relation: Relation
    contact: UUID | None
    consent: Consent
    received_on: dt.date
    state: StoryState
    written_by: str = Field(description="who of the staff wrote the words down last")
    reviewed_by: str | None = None
    thanked: bool = False
    told: tuple[Told, ...] = ()


class Office(Contract):
    """In whose name something is written, and where its readers may call."""

    name: Line
    phone: Phone


class Readers(Contract):
    """Whoever holds a part at a place today; ``any:any``: wherever it is held."""

    part: Part
    place: Place


class RecordStory(Command):
    """Write down a story with what its teller agreed to. Refused without the words in the language it was told in.

    ``words`` in further languages are translations. Nothing is shared before staff have looked it through.
    """

    TYPE: ClassVar[str] = "notifications.RecordStory"

    language: Language = "en"
    topic: _Topic
    words: Mapping[Language, _Text] = Field(min_length=1, max_length=10)
    relation: Relation
    contact: UUID | None = None
    consent: Consent
    received_on: dt.date


class _OfStory(Command):
    story: UUID


class AmendStory(_OfStory):
    """Take other words in the place of those that were, for one who is told of in them must not be known by them.

    The story must be looked through again.
    """

    TYPE: ClassVar[str] = "notifications.AmendStory"

    words: Mapping[Language, _Text] = Field(min_length=1, max_length=10)


class RecordStoryConsent(_OfStory):
    """The teller agrees to more or to less; who agrees to more has the story looked through again."""

    TYPE: ClassVar[str] = "notifications.RecordStoryConsent"

    consent: Consent


class ReviewStory(_OfStory):
    """Staff looked whether the words tell who anybody else is: ``clear`` when nothing does.

    Refused to whoever wrote the words down where the story may be shared publicly: four eyes must see it.
    """

    TYPE: ClassVar[str] = "notifications.ReviewStory"

    clear: bool


class ShareStory(_OfStory):
    """Share a story in writing (STORY_RETURNED, once for each story and reader), or say where it was told aloud.

    Refused before it was cleared, beyond what was agreed to, and to more than 1,000 readers at once. Residents,
    families, caregivers and beneficiaries are the public.
    """

    TYPE: ClassVar[str] = "notifications.ShareStory"

    office: Office | None = Field(default=None, description="needed with readers")
    readers: tuple[Readers, ...] = Field(default=(), max_length=50)
    what_changed: _Remark | None = Field(default=None, description="what is new since then; only with readers")
    told_at: Line | None = None
    public: bool = Field(default=False, description="told aloud to the public")
    on: dt.date


class WithdrawStoryConsent(_OfStory):
    """The teller takes the consent back: the words, and all else that is known of the story, are erased.

    Of one that is erased already nothing changes. What was sent before cannot be called back.
    """

    TYPE: ClassVar[str] = "notifications.WithdrawStoryConsent"


class ThankTeller(_OfStory):
    """Thank who told a story, once (STORY_THANKS). ``contact`` must be the teller's, whose address is then known."""

    TYPE: ClassVar[str] = "notifications.ThankTeller"

    contact: UUID
    office: Office


class StoryKept(Event):
    """All that is known of a story from now on; each of these replaces the one before it."""

    TYPE: ClassVar[str] = "notifications.StoryKept"

    story: UUID
    facts: StoryFacts


class StoryErased(Event):
    """Nothing is kept of a story any more; the earlier record of this key goes with compaction."""

    TYPE: ClassVar[str] = "notifications.StoryErased"

    story: UUID


class StoriesTidied(Event):
    """A day's record about nobody: it leaves stories that were erased before it to the broker to clean away."""

    TYPE: ClassVar[str] = "notifications.StoriesTidied"

    on: dt.date


class FeedbackSource(StrEnum):
    """Where we learned something."""

    SURVEY = "SURVEY"
    STORY = "STORY"
    CALL = "CALL"
    MEETING = "MEETING"


class RecordFeedback(Command):
    """Keep what patients and families taught us, in words of our own that tell of nobody."""

    TYPE: ClassVar[str] = "notifications.RecordFeedback"

    source: FeedbackSource
    topic: _Topic
    learned: _Text
    learned_on: dt.date


class ReturnFeedback(Command):
    """You said, we did: tell a collaborative, community, coalition, state or the network what was changed.

    Refused for a place that is a facility's or an organisation's own, for a day ahead or before it was learned.
    """

    TYPE: ClassVar[str] = "notifications.ReturnFeedback"

    feedback: UUID
    place: Place
    on: dt.date
    changed: _Text = Field(description="what was changed because of it")


class FeedbackRecorded(Event):
    """Something was learned from patients and families."""

    TYPE: ClassVar[str] = "notifications.FeedbackRecorded"

    feedback: UUID
    source: FeedbackSource
    topic: str
    learned: str
    learned_on: dt.date
    actor: str


class FeedbackReturned(Event):
    """What was changed because of it was told to the network."""

    TYPE: ClassVar[str] = "notifications.FeedbackReturned"

    feedback: UUID
    place: str
    on: dt.date
    changed: str
    actor: str


class SurveyGroup(StrEnum):
    """Of what kind the closed case was, as coarse as outsiders hear it."""

    APPEAL = "APPEAL"
    COMPLAINT = "COMPLAINT"
    REVIEW = "REVIEW"


class AnsweredBy(StrEnum):
    """How a survey came back."""

    PHONE = "PHONE"
    LETTER = "LETTER"
    ONLINE = "ONLINE"


class SurveyFacts(Contract):
    """The answers to one survey. Neither case nor person: ``words`` may still tell of one, so it is confidential."""

    version: str
    group: SurveyGroup
    scores: Mapping[str, Score]
    words: Mapping[str, _Remark]
    language: Language
    how: AnsweredBy
    answered_on: dt.date


class RecordSurveyAnswer(Command):
    """Keep the answers to the survey that the code of an invitation stands for.

    Refused where it was answered already, otherwise than with the same; for questions that the version does not have.
    """

    TYPE: ClassVar[str] = "notifications.RecordSurveyAnswer"

    code: Code
    version: str = Field(max_length=10)
    scores: Mapping[Slug, Score] = Field(default={}, max_length=40)
    words: Mapping[Slug, _Remark] = Field(default={}, max_length=40)
    language: Language = "en"
    how: AnsweredBy
    answered_on: dt.date


class WithdrawSurveyAnswer(Command):
    """Whoever answered takes the answers back: they are erased and count no more."""

    TYPE: ClassVar[str] = "notifications.WithdrawSurveyAnswer"

    code: Code


class SurveyAnswered(Event):
    """A survey was answered; alone it tells all there is to it. ``survey`` leads to no case."""

    TYPE: ClassVar[str] = "notifications.SurveyAnswered"

    survey: str = Field(pattern=r"^[A-Z0-9]{10}$")
    facts: SurveyFacts


class SurveyAnswerErased(Event):
    """Nothing is kept of the answers any more."""

    TYPE: ClassVar[str] = "notifications.SurveyAnswerErased"

    survey: str


class SurveysTidied(Event):
    """A day's record about nobody: it leaves answers that were erased before it to the broker to clean away."""

    TYPE: ClassVar[str] = "notifications.SurveysTidied"

    on: dt.date


class OrderAid(Command):
    """Send a decision aid to a contact (DECISION_AID), once in each of its versions.

    Refused when its review is overdue, and for who asked not to be written to.
    """

    TYPE: ClassVar[str] = "notifications.OrderAid"

    aid: Slug
    contact: UUID
    office: Office


STORIES = own_topic(
    name="stories",
    summary=(
        "Stories of patients and families; the last record of each is all there is of it. Whose consent was withdrawn "
        f"is gone from the broker within {OVERWRITTEN_DAYS} days. For the service itself."
    ),
    messages=(StoryKept, StoryErased, StoriesTidied),
    key="story id; of the record about nobody, tidied",
    erasable=True,
)
SURVEYS = own_topic(
    name="surveys",
    summary=(
        "Answers to the surveys after closed cases, without case and person. What was taken back is gone from the "
        f"broker within {OVERWRITTEN_DAYS} days. For the service itself."
    ),
    messages=(SurveyAnswered, SurveyAnswerErased, SurveysTidied),
    key="survey; of the record about nobody, tidied",
    erasable=True,
)
FEEDBACK = own_topic(
    name="feedback",
    summary="What patients and families taught the network, and what was changed because of it; of no person.",
    messages=(FeedbackRecorded, FeedbackReturned),
    key="feedback id",
)

ASKED: tuple[type[Command], ...] = (
    RecordStory,
    AmendStory,
    RecordStoryConsent,
    ReviewStory,
    ShareStory,
    WithdrawStoryConsent,
    ThankTeller,
    RecordFeedback,
    ReturnFeedback,
    RecordSurveyAnswer,
    WithdrawSurveyAnswer,
    OrderAid,
)
TOPICS = (STORIES, SURVEYS, FEEDBACK)
