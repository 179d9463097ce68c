"""Records of stories, survey answers and feedback, and how their events change them."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

from shared.contracts.notifications.engagement import (
    FEEDBACK,
    STORIES,
    SURVEYS,
    FeedbackRecorded,
    FeedbackReturned,
    FeedbackSource,
    StoriesTidied,
    StoryErased,
    StoryFacts,
    StoryKept,
    SurveyAnswered,
    SurveyAnswerErased,
    SurveyFacts,
    SurveysTidied,
)
from shared.records.kinds import Kind, Record
from shared.records.tidied import tidied_kind


class Story(Record):
    """A story; ``facts`` is None once its consent was withdrawn."""

    id: UUID
    facts: StoryFacts | None


class Survey(Record):
    """An answered survey; ``facts`` is None once the answers were taken back."""

    id: str
    facts: SurveyFacts | None


class Returned(Record):
    """Where it was told, and what was changed because of it."""

    place: str
    on: dt.date
    changed: str


class Feedback(Record):
    """What was learned, and to whom it was returned, in the order of telling."""

    id: UUID
    source: FeedbackSource
    topic: str
    learned: str
    learned_on: dt.date
    recorded_by: str
    returned: tuple[Returned, ...] = ()


def _story(before: Story | None, event: StoryKept | StoryErased, at: dt.datetime) -> Story:
    del before, at  # each event is all there is to know
    return Story(id=event.story, facts=event.facts if isinstance(event, StoryKept) else None)


def _survey(before: Survey | None, event: SurveyAnswered | SurveyAnswerErased, at: dt.datetime) -> Survey:
    del before, at  # each event is all there is to know
    return Survey(id=event.survey, facts=event.facts if isinstance(event, SurveyAnswered) else None)


def _feedback(before: Feedback | None, event: FeedbackRecorded | FeedbackReturned, at: dt.datetime) -> Feedback:
    del at
    if isinstance(event, FeedbackRecorded):
        told = event.model_dump(exclude={"feedback", "actor"})
        return Feedback(id=event.feedback, recorded_by=event.actor, **told)
    assert before is not None
    one = Returned(place=event.place, on=event.on, changed=event.changed)
    return before.model_copy(update={"returned": (*before.returned, one)})


STORY: Final = Kind(
    name="story",
    state=Story,
    events=(StoryKept, StoryErased),
    id_of=lambda event: str(event.story),
    evolve=_story,
    topic=STORIES.name,
)
SURVEY: Final = Kind(
    name="survey",
    state=Survey,
    events=(SurveyAnswered, SurveyAnswerErased),
    id_of=lambda event: event.survey,
    evolve=_survey,
    topic=SURVEYS.name,
)
FEEDBACK_KIND: Final = Kind(
    name="feedback",
    state=Feedback,
    events=(FeedbackRecorded, FeedbackReturned),
    begins=(FeedbackRecorded,),
    id_of=lambda event: str(event.feedback),
    evolve=_feedback,
    topic=FEEDBACK.name,
)
STORIES_TIDIED: Final = tidied_kind("stories-tidied", StoriesTidied, STORIES.name)
SURVEYS_TIDIED: Final = tidied_kind("surveys-tidied", SurveysTidied, SURVEYS.name)

KINDS: Final[tuple[Kind[Any], ...]] = (STORY, SURVEY, FEEDBACK_KIND, STORIES_TIDIED, SURVEYS_TIDIED)
