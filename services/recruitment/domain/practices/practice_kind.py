"""A practice as it stands: its draft, its versions, and how it changes by its events."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from services.recruitment.domain.practices.testing_state import Wish
from shared.contracts.message import Event
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.recruitment.practice_commands import Evidence, Origin
from shared.contracts.recruitment.practices import (
    PRACTICES,
    NamingWishRecorded,
    PracticeDrafted,
    PracticePublished,
    PracticeRetired,
    PracticeReviewed,
    PracticeRevised,
    PracticeShared,
)
from shared.records.kinds import Kind, Record
from shared.records.machine import Machine


class PracticePhase(StrEnum):
    """How far a practice has come."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    RETIRED = "RETIRED"


class PracticeStep(StrEnum):
    """What can be done with a practice; TRY is of participants that take it up."""

    REVISE = "REVISE"
    REVIEW = "REVIEW"
    PUBLISH = "PUBLISH"
    SHARE = "SHARE"
    TRY = "TRY"
    NAME_ORIGIN = "NAME_ORIGIN"
    RETIRE = "RETIRE"


_OPEN: Final = (PracticePhase.DRAFT, PracticePhase.PUBLISHED)
PRACTICE_MACHINE: Final = Machine(
    "the practice",
    {
        **{(phase, PracticeStep.REVISE): phase for phase in _OPEN},
        **{(phase, PracticeStep.REVIEW): phase for phase in _OPEN},
        **{(phase, PracticeStep.PUBLISH): PracticePhase.PUBLISHED for phase in _OPEN},
        (PracticePhase.PUBLISHED, PracticeStep.SHARE): PracticePhase.PUBLISHED,
        (PracticePhase.PUBLISHED, PracticeStep.TRY): PracticePhase.PUBLISHED,
        **{(phase, PracticeStep.NAME_ORIGIN): phase for phase in PracticePhase},
        **{(phase, PracticeStep.RETIRE): PracticePhase.RETIRED for phase in _OPEN},
    },
)


class Content(Record):
    """What a version of a practice says."""

    title: str
    topic: Topic
    measures: tuple[str, ...]
    summary: str
    evidence: tuple[Evidence, ...]


class Review(Record):
    """Who found a draft fit to be published, when and how."""

    reviewed_by: str
    reviewed_on: dt.date
    judgement: str


class Draft(Record):
    """What is being written; ``authors`` are all who wrote it, ``written_on`` is the day of the last change."""

    content: Content
    authors: tuple[str, ...]
    written_on: dt.date
    review: Review | None = None


class Version(Record):
    """A version as it was published."""

    version: int
    content: Content
    authors: tuple[str, ...]
    review: Review | None
    published_on: dt.date


class Practice(Record):
    """A practice; ``versions`` in their order, the last one holds; ``told`` has who was written to, and on what day."""

    id: str
    network: str
    origin: Origin | None
    drafted_on: dt.date
    draft: Draft | None
    versions: tuple[Version, ...] = ()
    phase: PracticePhase = PracticePhase.DRAFT
    naming: Wish | None = None
    told: Mapping[str, dt.date] = {}
    retired_on: dt.date | None = None
    reason: str | None = None

    def content(self) -> Content:
        """What the latest version says; of a practice that was never published, what its draft says."""
        if self.versions:
            return self.versions[-1].content
        assert self.draft is not None, "what was never published has a draft"
        return self.draft.content

    def last_day(self) -> dt.date:
        """The last day on which it was written, reviewed, published or shared."""
        days = [self.drafted_on, *self.told.values(), *(one.published_on for one in self.versions)]
        if self.draft is not None:
            days.append(self.draft.review.reviewed_on if self.draft.review else self.draft.written_on)
        return max(days)


def _evolve(before: Practice | None, event: Event, at: dt.datetime) -> Practice:
    del at
    if isinstance(event, PracticeDrafted):
        draft = Draft(content=_content(event), authors=(event.author,), written_on=event.drafted_on)
        told = event.model_dump(include={"network", "drafted_on"})
        return Practice(id=event.practice, origin=event.origin, draft=draft, **told)
    assert before is not None, "a practice is drafted first"
    return before.model_copy(update=_changes(before, event))


def _content(event: PracticeDrafted | PracticeRevised) -> Content:
    return Content(**{name: getattr(event, name) for name in Content.model_fields})


def _changes(held: Practice, event: Event) -> dict[str, Any]:
    match event:
        case PracticeRevised():
            wrote = held.draft.authors if held.draft else ()
            authors = tuple(dict.fromkeys((*wrote, event.author)))
            return {"draft": Draft(content=_content(event), authors=authors, written_on=event.revised_on)}
        case PracticeReviewed() if held.draft is not None:
            review = Review(**event.model_dump(include=set(Review.model_fields)))
            return {"draft": held.draft.model_copy(update={"review": review})}
        case PracticePublished() if held.draft is not None:
            said = {name: getattr(held.draft, name) for name in ("content", "authors", "review")}
            version = Version(version=event.version, published_on=event.published_on, **said)
            return {"phase": PracticePhase.PUBLISHED, "versions": (*held.versions, version), "draft": None}
        case PracticeShared():
            return {"told": {**held.told, **dict.fromkeys(event.participants, event.shared_on)}}
        case NamingWishRecorded():
            return {"naming": Wish(agreed=event.named, said_by=event.said_by, said_on=event.said_on)}
        case PracticeRetired():
            return {"phase": PracticePhase.RETIRED, "retired_on": event.retired_on, "reason": event.reason}
        case _:
            raise AssertionError("an event of the kind that nothing evolves by")


PRACTICE: Final = Kind(
    name="practice",
    state=Practice,
    events=(
        PracticeDrafted,
        PracticeRevised,
        PracticeReviewed,
        PracticePublished,
        PracticeShared,
        NamingWishRecorded,
        PracticeRetired,
    ),
    begins=(PracticeDrafted,),
    id_of=lambda event: event.practice,
    evolve=_evolve,
    topic=PRACTICES.name,
)
