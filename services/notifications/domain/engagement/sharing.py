"""Who hears a story, what stands against that, and the notices by which it is told and thanked for."""

import datetime as dt
from collections.abc import Iterator
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from services.notifications.domain import circles
from services.notifications.domain.audiences.recipients import PUBLIC, role
from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.catalogue.audiences import role_of
from services.notifications.domain.circles import Circle, CircleId, Member
from services.notifications.domain.contacts.kinds import Contact
from services.notifications.domain.contacts.parts import counts
from services.notifications.domain.engagement.checks import ahead
from shared.contracts.notifications import REQUESTS, NoticeRequested, Recipient
from shared.contracts.notifications.engagement import (
    MOST_READERS,
    Office,
    Readers,
    ShareStory,
    Sharing,
    StoryFacts,
    ThankTeller,
    Told,
)
from shared.contracts.notifications.terms import Part
from shared.contracts.replies import Reason
from shared.messaging.handling import Emit
from shared.records.deciding import Held

RETURNED: Final = "STORY_RETURNED"
THANKS: Final = "STORY_THANKS"
_DUE: Final = dt.timedelta(days=14)
_ENGLISH: Final = "en"
# What was agreed to, as its teller is told.
_USE: Final = {
    Sharing.KEEP: {
        "en": "Only we may learn from it. Nobody else hears it.",
        "es": "Solo nosotros aprendemos de ella. Nadie más la oye.",
    },
    Sharing.SHARE_WITH_NETWORK: {
        "en": "People who work to make care better may hear it.",
        "es": "La pueden oír las personas que trabajan para mejorar la atención.",
    },
    Sharing.SHARE_PUBLICLY: {"en": "Everyone may hear it.", "es": "La puede oír todo el mundo."},
}


class Reader(NamedTuple):
    """A contact who hears a story, by a part they hold."""

    member: Member
    part: Part


def keys(command: ShareStory) -> Iterator[str]:
    """The circles of the readers."""
    return (circles.key(_circle(one)) for one in command.readers)


def members(command: ShareStory, held: Held, on: dt.date) -> list[Reader]:
    """The readers on a day, each once, by the first part that meets; who asked not to be written to is none."""
    found: dict[object, Reader] = {}
    for one in command.readers:
        circle = held.get(circles.CIRCLE, str(_circle(one))) or Circle()
        for member in circle.members:
            if not member.facts.stopped and _holds(member, one, on):
                found.setdefault(member.id, Reader(member, one.part))
    return list(found.values())


def reasons_against(
    command: ShareStory, facts: StoryFacts, readers: list[Reader], now: dt.datetime
) -> Iterator[Reason]:
    """Why a story may not be shared so."""
    public = command.public or any(one.part in PUBLIC for one in command.readers)
    if facts.consent.sharing is Sharing.KEEP:
        yield Reason(code="NO_CONSENT", field="story", text="The teller agreed to no sharing.")
    elif public and facts.consent.sharing is not Sharing.SHARE_PUBLICLY:
        field = "public" if command.public else "readers"
        yield Reason(code="NO_CONSENT", field=field, text="The teller agreed to the learning network, not the public.")
    if not command.readers and command.told_at is None:
        yield Reason(code="NOBODY_HEARS", field="readers", text="Say readers, or where it was told.")
    if command.readers and command.office is None:
        yield Reason(code="OFFICE_MISSING", field="office", text="Say in whose name it is written.")
    if command.readers and not readers:
        yield Reason(code="NOBODY_HEARS", field="readers", text="Nobody holds such a part there today.")
    if len(readers) > MOST_READERS:
        text = f"There are {len(readers):,} readers; at most {MOST_READERS:,} at once."
        yield Reason(code="TOO_MANY", field="readers", text=text)
    yield from ahead(command.on, "on", now)


def told(command: ShareStory, readers: list[Reader]) -> Told:
    """What is kept of the telling."""
    public = command.public or any(one.part in PUBLIC for one in command.readers)
    return Told(on=command.on, told_at=command.told_at, public=public, readers=len(readers))


def notices(command: ShareStory, facts: StoryFacts, readers: list[Reader], now: dt.datetime) -> tuple[Emit, ...]:
    """One notice for each reader, in their language where there are words in it; the same again for the same story."""
    if command.office is None:
        return ()
    found = []
    for reader in readers:
        to = circles.recipient(reader.member, role_of(reader.part))
        language = spoken(RETURNED, to)
        values = {
            **named(command.office),
            "topic": facts.topic,
            "words": facts.words.get(language, facts.words[facts.language]),
            **({"told_by": facts.consent.called} if facts.consent.called else {}),
            **({"what_changed": command.what_changed} if command.what_changed else {}),
        }
        found.append(_notice(command.story, RETURNED, to, values, now))
    return tuple(found)


def thanks(command: ThankTeller, facts: StoryFacts, contact: Contact, now: dt.datetime) -> Emit:
    """The thanks, with the number by which the consent is taken back."""
    assert contact.facts is not None
    parts = frozenset(one.part for one in contact.facts.holds)
    to = circles.recipient(
        Member(id=contact.id, facts=contact.facts), role(parts, organisation=contact.facts.organisation)
    )
    use = _USE[facts.consent.sharing]
    values = {
        **named(command.office),
        "story_id": str(command.story),
        "received_on": facts.received_on.isoformat(),
        "story_use": use.get(spoken(THANKS, to), use[_ENGLISH]),
    }
    return _notice(command.story, THANKS, to, values, now)


def _notice(story: UUID, kind: str, to: Recipient, facts: dict[str, str], now: dt.datetime) -> Emit:
    notice_id = uuid5(story, f"{kind}|{to.contact}")
    request = NoticeRequested(
        notice_id=notice_id,
        notice_type=kind,
        subject=f"story:{story}",
        recipient=to,
        facts=facts,
        due_at=now + _DUE,
    )
    return Emit(REQUESTS.name, str(notice_id), request)


def spoken(kind: str, to: Recipient) -> str:
    """The language in which a notice of the kind is written to a recipient."""
    described = CATALOGUE[kind]
    letter = described.letter(to.role)
    return described.language(letter, to.language) if letter is not None else _ENGLISH


def named(office: Office) -> dict[str, str]:
    """Who writes, as letters take it."""
    return {"qio_name": office.name, "qio_phone": office.phone}


def _circle(readers: Readers) -> CircleId:
    return CircleId(readers.part, readers.place)


def _holds(member: Member, readers: Readers, on: dt.date) -> bool:
    places = counts(readers.part, readers.place)
    return any(
        one.part is readers.part
        and (places is None or one.place in places)
        and one.since <= on
        and (one.until is None or on < one.until)
        for one in member.facts.holds
    )
