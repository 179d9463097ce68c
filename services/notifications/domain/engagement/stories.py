"""The rules of stories: written down with consent, looked through, shared as agreed, and erased when that is wished."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

from services.notifications.domain.contacts.kinds import CONTACT
from services.notifications.domain.engagement import sharing
from services.notifications.domain.engagement.checks import ahead, unknown_contact
from services.notifications.domain.engagement.kinds import STORY, Story
from shared.contracts.message import Command
from shared.contracts.notifications.engagement import (
    AmendStory,
    Consent,
    RecordStory,
    RecordStoryConsent,
    ReviewStory,
    ShareStory,
    Sharing,
    StoryErased,
    StoryFacts,
    StoryKept,
    StoryState,
    ThankTeller,
    WithdrawStoryConsent,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused
from shared.records.machine import Machine

C = TypeVar("C", bound=Command)
_NEW: Final = "story"
_RANK: Final[Mapping[Sharing, int]] = {one: rank for rank, one in enumerate(Sharing)}


class Action(StrEnum):
    """What can be done with a story; erasing it is always possible."""

    AMEND = "AMEND"
    CLEAR = "CLEAR"
    HOLD = "HOLD"
    AGREE_TO_MORE = "AGREE_TO_MORE"
    AGREE_TO_LESS = "AGREE_TO_LESS"
    SHARE = "SHARE"
    THANK = "THANK"


_R, _C, _H = StoryState.RECORDED, StoryState.CLEARED, StoryState.HELD
MACHINE: Final = Machine(
    "the story",
    {
        (_R, Action.AMEND): _R,
        (_R, Action.CLEAR): _C,
        (_R, Action.HOLD): _H,
        (_R, Action.AGREE_TO_MORE): _R,
        (_R, Action.AGREE_TO_LESS): _R,
        (_R, Action.THANK): _R,
        (_C, Action.AMEND): _R,
        (_C, Action.CLEAR): _C,
        (_C, Action.HOLD): _H,
        # What was looked through for the network is looked through again, by a second person, for the public.
        (_C, Action.AGREE_TO_MORE): _R,
        (_C, Action.AGREE_TO_LESS): _C,
        (_C, Action.SHARE): _C,
        (_C, Action.THANK): _C,
        (_H, Action.AMEND): _R,
        (_H, Action.HOLD): _H,
        (_H, Action.AGREE_TO_MORE): _H,
        (_H, Action.AGREE_TO_LESS): _H,
        (_H, Action.THANK): _H,
    },
)


def record(command: RecordStory, held: Held, asked: Asked) -> Decided | Against:
    """Keep a story; it is to be looked through before anybody hears it."""
    story = asked.new_id(_NEW)
    reasons = [*_about_words(command.language, command.words), *_about_consent(command.consent, asked.now)]
    reasons += ahead(command.received_on, "received_on", asked.now)
    if command.contact is not None:
        reasons += unknown_contact(held.get(CONTACT, str(command.contact)), "contact")
    told = {name: getattr(command, name) for name in RecordStory.model_fields if name != "actor"}
    facts = StoryFacts(state=StoryState.RECORDED, written_by=asked.actor, **told)
    return refused(reasons) or Decided(_made(story, facts), (StoryKept(story=story, facts=facts),))


def amend(command: AmendStory, facts: StoryFacts, asked: Asked) -> Decided | Against:
    """Take other words; they are looked through again. The same words change nothing."""
    if command.words == facts.words:
        return _unchanged(command, facts)
    reasons = list(_about_words(facts.language, command.words))
    changes = {"words": command.words, "written_by": asked.actor, "reviewed_by": None}
    return refused(reasons) or _moved(command, facts, Action.AMEND, changes)


def agree(command: RecordStoryConsent, facts: StoryFacts, asked: Asked) -> Decided | Against:
    """Keep what the teller agrees to now."""
    if command.consent == facts.consent:
        return _unchanged(command, facts)
    more = _RANK[command.consent.sharing] > _RANK[facts.consent.sharing]
    action = Action.AGREE_TO_MORE if more else Action.AGREE_TO_LESS
    reasons = list(_about_consent(command.consent, asked.now))
    return refused(reasons) or _moved(command, facts, action, {"consent": command.consent})


def review(command: ReviewStory, facts: StoryFacts, asked: Asked) -> Decided | Against:
    """Clear a story, or hold it until its words are amended."""
    four_eyes = facts.consent.sharing is Sharing.SHARE_PUBLICLY
    if command.clear and four_eyes and facts.written_by == asked.actor:
        text = "Who wrote the words down cannot clear them for the public; a second person must."
        return Against((Reason(code="SAME_PERSON", field="actor", text=text),))
    action = Action.CLEAR if command.clear else Action.HOLD
    return _moved(command, facts, action, {"reviewed_by": asked.actor})


def withdraw(command: WithdrawStoryConsent, held: Held, asked: Asked) -> Decided | Against:
    """Erase a story, whatever its state."""
    del asked
    before = held.get(STORY, str(command.story))
    if before is None:
        return Against(tuple(_unknown(before)))
    known = before.facts is not None
    made = {"story": str(command.story), "changed": known, "state": "ERASED"}
    return Decided(made, (StoryErased(story=command.story),) if known else ())


def share(command: ShareStory, held: Held, asked: Asked) -> Decided | Against:
    """Share a story that was cleared, as far as was agreed to."""
    before = held.get(STORY, str(command.story))
    if before is None or before.facts is None:
        return Against(tuple(_unknown(before)))
    facts = before.facts
    members = sharing.members(command, held, asked.now.date())
    if reason := MACHINE.reason_against(facts.state, Action.SHARE, "story"):
        return Against((reason,))
    if reasons := refused(sharing.reasons_against(command, facts, members, asked.now)):
        return reasons
    after = facts.model_copy(update={"told": (*facts.told, sharing.told(command, members))})
    made = {**_made(command.story, after), "readers": len(members)}
    return Decided(
        made, (StoryKept(story=command.story, facts=after),), sharing.notices(command, facts, members, asked.now)
    )


def thank(command: ThankTeller, held: Held, asked: Asked) -> Decided | Against:
    """Thank the teller, once."""
    before = held.get(STORY, str(command.story))
    if before is None or before.facts is None:
        return Against(tuple(_unknown(before)))
    facts = before.facts
    if facts.contact != command.contact:
        text = "The contact is not whom the story names as its teller."
        return Against((Reason(code="NOT_THE_TELLER", field="contact", text=text),))
    contact = held.get(CONTACT, str(command.contact))
    if reasons := refused(unknown_contact(contact, "contact")):
        return reasons
    if facts.thanked:
        return _unchanged(command, facts)
    assert contact is not None
    after = facts.model_copy(update={"thanked": True})
    thanks = sharing.thanks(command, facts, contact, asked.now)
    return Decided(_made(command.story, after), (StoryKept(story=command.story, facts=after),), (thanks,))


def _moved(command: Any, facts: StoryFacts, action: Action, changes: Mapping[str, object]) -> Decided | Against:
    if reason := MACHINE.reason_against(facts.state, action, "story"):
        return Against((reason,))
    after = facts.model_copy(update={**changes, "state": MACHINE.table[facts.state, action]})
    if after == facts:
        return _unchanged(command, facts)
    return Decided(_made(command.story, after), (StoryKept(story=command.story, facts=after),))


def _unchanged(command: Any, facts: StoryFacts) -> Decided:
    return Decided({**_made(command.story, facts), "changed": False})


def _made(story: object, facts: StoryFacts) -> dict[str, object]:
    return {"story": str(story), "changed": True, "state": facts.state.value}


def _unknown(story: Story | None) -> Iterator[Reason]:
    if story is None:
        yield Reason(code="STORY_UNKNOWN", field="story", text="There is no such story.")
    else:
        yield Reason(code="STORY_ERASED", field="story", text="The consent was withdrawn; nothing of it is kept.")


def _about_words(language: str, words: Mapping[str, str]) -> Iterator[Reason]:
    if language not in words:
        text = "The words in the language it was told in are missing."
        yield Reason(code="WORDS_MISSING", field="words", text=text)
    if any(not one.strip() for one in words.values()):
        yield Reason(code="WORDS_MISSING", field="words", text="There are only blanks.")


def _about_consent(consent: Consent, now: dt.datetime) -> Iterator[Reason]:
    yield from ahead(consent.on, "consent.on", now)
    if consent.called is not None and not consent.called.strip():
        yield Reason(code="NAME_EMPTY", field="consent.called", text="There are only blanks.")


def _keys(command: Any, ids: Ids) -> Iterable[str]:
    del ids
    return (STORY.key(str(command.story)),)


def _keys_to_record(command: RecordStory, ids: Ids) -> Iterable[str]:
    contact = () if command.contact is None else (CONTACT.key(str(command.contact)),)
    return (STORY.key(str(ids(_NEW))), *contact)


def _keys_to_share(command: ShareStory, ids: Ids) -> Iterable[str]:
    return (*_keys(command, ids), *sharing.keys(command))


def _keys_to_thank(command: ThankTeller, ids: Ids) -> Iterable[str]:
    return (*_keys(command, ids), CONTACT.key(str(command.contact)))


def _changes(command: type[C], change: Callable[[C, StoryFacts, Asked], Decided | Against]) -> AnyRule:
    def decide(asking: Any, held: Held, asked: Asked) -> Decided | Against:
        before = held.get(STORY, str(asking.story))
        if before is None or before.facts is None:
            return Against(tuple(_unknown(before)))
        return change(asking, before.facts, asked)

    return Rule(command, _keys, decide)


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(RecordStory, _keys_to_record, record),
    _changes(AmendStory, amend),
    _changes(RecordStoryConsent, agree),
    _changes(ReviewStory, review),
    Rule(ShareStory, _keys_to_share, share),
    Rule(WithdrawStoryConsent, _keys, withdraw),
    Rule(ThankTeller, _keys_to_thank, thank),
)
