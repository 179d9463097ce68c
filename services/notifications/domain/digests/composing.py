"""What becomes of the notices somebody's digest gathers: one notice that tells all of them in a line each."""

import datetime as dt
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID, uuid5

from services.notifications.domain import circles, telling
from services.notifications.domain.catalogue import CATALOGUE, NoticeType
from services.notifications.domain.lists.allowed import Unwanted
from services.notifications.domain.notice import MACHINE, Action, Notice, State
from services.notifications.domain.words import in_words, one_line
from shared.contracts.notifications import NoticeRequested
from shared.contracts.notifications.contacts import ContactFacts
from shared.contracts.notifications.terms import Rhythm
from shared.messaging.handling import Emit

DIGEST: Final = "DIGEST"
# The fact that says which notices a digest tells; no letter shows it.
TOLD: Final = "told"
_SHORT: Final = 600
_DUE: Final = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Digest:
    """The request of the digest (None: nothing is left to tell), the notices as they are from now on, what is said."""

    request: NoticeRequested | None
    told: tuple[Notice, ...]
    stopped: tuple[Notice, ...]
    events: tuple[Emit, ...]


def digest(
    contact: UUID,
    facts: ContactFacts | None,
    gathered: Sequence[Notice],
    against: Mapping[UUID, str],
    writer: str,
    now: dt.datetime,
) -> Digest:
    """One notice of those that wait for this digest, at least one; ``facts`` are the contact's, None: forgotten.

    ``against`` says, by id, why some may not be told any more: they are stopped and not told, and without any other
    there is no digest. ``writer`` stands where the notices name no organization. The digest's id follows from the
    contact, its instant and the notices: one that came in late makes a digest of its own, and none is told twice.
    """
    waiting = [one for one in gathered if one.state is State.GATHERED]
    gone = {one.id: Unwanted.FORGOTTEN.value for one in waiting} if facts is None else {}
    unwanted = {**gone, **{one.id: against[one.id] for one in waiting if one.id in against}}
    stopped = tuple(_ended(one, Action.STOP, unwanted[one.id], now) for one in waiting if one.id in unwanted)
    events = [telling.stopped(one, unwanted[one.id]) for one in stopped]
    rest = sorted((one for one in waiting if one.id not in unwanted), key=lambda one: (one.due_at, str(one.id)))
    if not rest or facts is None:
        return Digest(None, (), stopped, tuple(events))
    request = _request(contact, facts, rest, writer, now)
    told = tuple(_ended(one, Action.DELIVER, told_in(request.notice_id), now) for one in rest)
    events += [telling.delivered(one, now) for one in told]
    return Digest(request, told, stopped, tuple(events))


def told_in(digest_id: UUID) -> str:
    """The reason that stands with a notice which a digest told; of what became of it the digest's own notice says."""
    return f"digest:{digest_id}"


def told_by(facts: Mapping[str, str] | None) -> tuple[UUID, ...]:
    """The ids of the notices that a digest with these facts tells."""
    return tuple(map(UUID, (facts or {}).get(TOLD, "").split()))


def _ended(notice: Notice, action: Action, reason: str, now: dt.datetime) -> Notice:
    after = MACHINE.after(notice.state, action)
    assert after is not None
    return replace(notice, state=after, reason=reason, available_at=now, finished_at=now)


def _request(
    contact: UUID, facts: ContactFacts, notices: Sequence[Notice], writer: str, now: dt.datetime
) -> NoticeRequested:
    instant = max(one.available_at for one in notices).astimezone(dt.UTC)
    cause = " ".join(["digest", instant.isoformat(), *(str(one.id) for one in notices)])
    member = circles.Member(id=contact, facts=facts)
    first = notices[0].recipient
    assert first is not None
    rhythm = Rhythm.WEEKLY if facts.preferences.rhythm is Rhythm.WEEKLY else Rhythm.DAILY
    return NoticeRequested(
        notice_id=uuid5(contact, cause),
        notice_type=DIGEST,
        subject=f"digest:{contact}",
        recipient=circles.recipient(member, first.role),
        facts={
            **_desk(notices, writer),
            "rhythm": rhythm.value,
            "items": "\n".join(item_lines(notices, facts.preferences.language, facts.preferences.time_zone)),
            TOLD: " ".join(str(one.id) for one in notices),
        },
        due_at=now + _DUE,
    )


def _desk(notices: Sequence[Notice], writer: str) -> dict[str, str]:
    """Whom readers may ask: the organization of the first notice that says where to call, else the first there is."""
    known = [one.facts for one in notices if one.facts and one.facts.get("qio_name")]
    found = next((one for one in known if one.get("qio_phone")), known[0] if known else {"qio_name": writer})
    return {name: found[name] for name in ("qio_name", "qio_phone") if found.get(name)}


def item_lines(notices: Iterable[Notice], language: str, time_zone: str) -> list[str]:
    """A line each; notices that tell the same tell it once."""
    lines = (item(CATALOGUE[one.type], one, language, time_zone) for one in notices)
    return list(dict.fromkeys(lines))


def item(described: NoticeType, notice: Notice, language: str, time_zone: str) -> str:
    """A notice in one line: its title, its gist, and the beginning of its words with where there is more."""
    known: Mapping[str, str] = notice.facts or {}
    letter = described.letter(notice.role)
    assert letter is not None  # it was written when the notice was planned
    spoken = described.language(letter, language)
    gist = ", ".join(
        one_line(in_words(known[name], spoken, time_zone)) for name in described.gist if known.get(name, "").strip()
    )
    parts = [f"{described.titles[letter, spoken]}: {gist}" if gist else described.titles[letter, spoken]]
    if words := one_line(known.get("words", "")):
        parts.append(textwrap.shorten(words, _SHORT, placeholder=" …"))
    if link := one_line(known.get("link", "")):
        parts.append(link)
    return ". ".join(part.rstrip(".") if part is not parts[-1] else part for part in parts)
