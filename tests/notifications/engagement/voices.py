"""Commands about stories, feedback, surveys and aids that would be accepted, and a desk that decides them."""

import datetime as dt
from typing import Any
from uuid import UUID

from services.notifications.domain import circles
from services.notifications.domain.circles import Circle, CircleId, Member
from services.notifications.domain.engagement.kinds import STORY
from services.notifications.domain.registry import KINDS, rules
from services.notifications.survey_codes import codes, survey_rules
from shared.contracts.notifications import NoticeRequested
from shared.contracts.notifications.contacts import ContactFacts, ContactKept
from shared.contracts.notifications.engagement import (
    AmendStory,
    RecordFeedback,
    RecordStory,
    RecordStoryConsent,
    RecordSurveyAnswer,
    ReturnFeedback,
    ReviewStory,
    ShareStory,
    StoryFacts,
    SurveyGroup,
    ThankTeller,
    WithdrawStoryConsent,
)
from shared.contracts.notifications.terms import Part
from tests.notifications.desk import NOW, ZIPS
from tests.records.desk import RecordDesk
from tests.support.service import KEYRING

TODAY = NOW.date()
CODES = codes(KEYRING)
INVITED = UUID("6fa459ea-ee8a-3ca4-894e-db77e160355e")
CODE = CODES.code(INVITED, SurveyGroup.APPEAL, TODAY)
TELLER = UUID("0b9e1f6e-2a51-4e0c-9d35-0000000000a1")
WORDS = "They moved my mother at night and nobody told us the Quillfeather ward was full."
OFFICE = {"name": "Great Plains QIN", "phone": "1-866-555-0100"}
COALITION = {"part": "COALITION_MEMBER", "place": "coalition:c1"}
FAMILIES = {"part": "FAMILY", "place": "state:MA"}


class VoicesDesk(RecordDesk):
    """Every rule, those of surveys too; ``circles`` are loaded as views are."""

    def __init__(self, now: dt.datetime = NOW) -> None:
        super().__init__(KINDS, (*rules(ZIPS), *survey_rules(KEYRING)), now)

    def known(self, contact: UUID = TELLER, **facts: Any) -> UUID:
        """A contact there is."""
        self.has(ContactKept(contact=contact, facts=person(**facts)))
        return contact

    def circle(self, part: str, place: str, *members: tuple[UUID, ContactFacts]) -> None:
        """Who holds a part at a place."""
        found = tuple(Member(id=one, facts=facts) for one, facts in members)
        self.records[circles.key(CircleId(Part(part), place))] = Circle(members=found)

    def story(self, story: UUID) -> StoryFacts:
        """What is kept of a story."""
        facts = self.held(STORY, str(story)).facts
        assert facts is not None
        return facts

    def notices(self) -> list[NoticeRequested]:
        """What was asked to be sent."""
        return [emit.event for emit in self.said if isinstance(emit.event, NoticeRequested)]

    def own(self) -> dict[str, Any]:
        """The records that events make; views and the contacts of the test are none."""
        return {key: one for key, one in self.records.items() if key.partition(":")[0] not in ("circle", "contact")}


def person(*holds: tuple[str, str], **changed: Any) -> ContactFacts:
    """A contact as it is known, with parts at places since the beginning of the year."""
    held = [{"part": part, "place": place, "since": "2015-01-01"} for part, place in holds]
    plain = {"name": "Ida Oakhanger", "addresses": {"email": "ida@home.example"}, "holds": held}
    return ContactFacts.model_validate({**plain, **changed})


def consent(sharing: str = "SHARE_WITH_NETWORK", **changed: Any) -> dict[str, Any]:
    return {"sharing": sharing, "on": TODAY, "how": "SPOKEN", **changed}


def record(sharing: str = "SHARE_WITH_NETWORK", actor: str = "nora", **changed: Any) -> RecordStory:
    plain = {
        "actor": actor,
        "topic": "moves at night",
        "words": {"en": WORDS},
        "relation": "FAMILY",
        "consent": consent(sharing),
        "received_on": TODAY,
    }
    return RecordStory.model_validate({**plain, **changed})


def amend(story: UUID, words: str, actor: str = "nora") -> AmendStory:
    return AmendStory(actor=actor, story=story, words={"en": words})


def agree(story: UUID, sharing: str, **changed: Any) -> RecordStoryConsent:
    return RecordStoryConsent.model_validate({"actor": "nora", "story": story, "consent": consent(sharing, **changed)})


def review(story: UUID, *, clear: bool = True, actor: str = "olga") -> ReviewStory:
    return ReviewStory(actor=actor, story=story, clear=clear)


def share(story: UUID, *readers: dict[str, str], **changed: Any) -> ShareStory:
    plain = {"actor": "nora", "story": story, "readers": readers, "on": TODAY, "office": OFFICE}
    return ShareStory.model_validate({**plain, **changed})


def aloud(story: UUID, **changed: Any) -> ShareStory:
    return share(story, office=None, told_at="Learning session of March", **changed)


def withdraw(story: UUID) -> WithdrawStoryConsent:
    return WithdrawStoryConsent(actor="nora", story=story)


def thank(story: UUID, contact: UUID = TELLER) -> ThankTeller:
    return ThankTeller.model_validate({"actor": "nora", "story": story, "contact": contact, "office": OFFICE})


def learned(**changed: Any) -> RecordFeedback:
    plain = {"actor": "nora", "source": "STORY", "topic": "moves at night", "learned_on": TODAY}
    return RecordFeedback.model_validate({**plain, "learned": "Families want to be called before a move.", **changed})


def returned(feedback: UUID, **changed: Any) -> ReturnFeedback:
    plain = {"actor": "nora", "feedback": feedback, "place": "coalition:c1", "on": TODAY}
    return ReturnFeedback.model_validate({**plain, "changed": "Two hospitals call before a move.", **changed})


def answered(code: str = CODE, **changed: Any) -> RecordSurveyAnswer:
    plain = {"actor": "nora", "code": code, "version": "1", "how": "PHONE", "answered_on": TODAY}
    return RecordSurveyAnswer.model_validate({**plain, "scores": {"reached": 4, "listened": 5}, **changed})


def recorded(desk: VoicesDesk, sharing: str = "SHARE_WITH_NETWORK", **changed: Any) -> UUID:
    """The id of a story that was written down."""
    return UUID(desk.done(record(sharing, **changed))["story"])
