"""Whom a participant can have heard of a practice from: nobody who began later, and in the end not itself."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.peers.pairing_kind import PAIRING, Pairing
from services.recruitment.domain.practices.practice_kind import Practice
from services.recruitment.domain.practices.spread_kind import Adoptions
from services.recruitment.domain.sessions.machine import Phase
from services.recruitment.domain.sessions.session_kind import SESSION
from shared.contracts.recruitment.adoptions import Heard, Way
from shared.contracts.replies import Reason
from shared.records.deciding import Held

# What each way names, and what it may name besides.
_NAMES: Final = {
    Way.PEER: ({"participant"}, set[str]()),
    Way.PAIRING: ({"participant", "pairing"}, set[str]()),
    Way.SESSION: ({"session"}, {"participant"}),
    Way.NOTICE: (set[str](), set[str]()),
}


def keys(heard: Heard) -> Iterable[str]:
    """What is read of the way it heard."""
    if heard.session is not None:
        yield SESSION.key(heard.session)
    if heard.pairing is not None:
        yield PAIRING.key(heard.pairing)


def reasons(
    heard: Heard, participant: str, since: dt.date, practice: Practice, adoptions: Adoptions, held: Held
) -> Iterator[Reason]:
    """Why a participant cannot have heard of a practice so, and tried it since that day."""
    wrong = tuple(_named(heard))
    yield from wrong
    if wrong:
        return
    if adoptions.leads_back(heard.participant, participant):
        text = "It would have heard of the practice from itself in the end."
        yield Reason(code="CIRCLE", field="heard.participant", text=text)
    yield from order(heard, since, practice, adoptions)
    if heard.way is Way.NOTICE:
        yield from _told(practice.told.get(participant), since)
    if heard.session is not None:
        yield from _in_session(heard.session, since, held)
    if heard.pairing is not None:
        yield from _paired(held.get(PAIRING, heard.pairing), {participant, heard.participant}, since)


def _named(heard: Heard) -> Iterator[Reason]:
    needed, possible = _NAMES[heard.way]
    for name in ("participant", "pairing", "session"):
        given = getattr(heard, name) is not None
        if name in needed and not given:
            text = f"Who heard in this way says the {name}."
            yield Reason(code="SOURCE_MISSING", field=f"heard.{name}", text=text)
        elif given and name not in needed | possible:
            text = f"Who heard in this way names no {name}."
            yield Reason(code="SOURCE_DOES_NOT_FIT", field=f"heard.{name}", text=text)


def order(heard: Heard, since: dt.date, practice: Practice, adoptions: Adoptions) -> Iterator[Reason]:
    """Why whoever it heard from, or the practice's origin, is too late for a day."""
    origin = practice.origin
    if origin is not None and since < origin.since:
        text = f"The practice began at its origin on {origin.since}."
        yield Reason(code="BEFORE_ORIGIN", field="since", text=text)
    if heard.participant is None or (origin is not None and heard.participant == origin.participant):
        return
    teacher = adoptions.by.get(heard.participant)
    if teacher is None:
        text = f"It is not recorded that {heard.participant} tries this practice. Record that first."
        yield Reason(code="SOURCE_WITHOUT_PRACTICE", field="heard.participant", text=text)
    elif teacher.since > since:
        text = f"{heard.participant} began only on {teacher.since}; nobody hears from somebody who began later."
        yield Reason(code="SOURCE_LATER", field="heard.participant", text=text)


def _told(on: dt.date | None, since: dt.date) -> Iterator[Reason]:
    if on is None or on > since:
        text = "It had not been written to about the practice then."
        yield Reason(code="NOT_TOLD", field="heard.way", text=text)


def _paired(pairing: Pairing | None, both: set[str | None], since: dt.date) -> Iterator[Reason]:
    if pairing is None:
        text = "There is no such pairing. The list of them shows their ids."
        yield Reason(code="PAIRING_UNKNOWN", field="heard.pairing", text=text)
    elif {pairing.learner, pairing.teacher} != both:
        yield Reason(code="PAIRING_OF_OTHERS", field="heard.pairing", text="The pairing is not of these two.")
    else:
        times = (pairing, *pairing.earlier)
        if not any(one.agreed_on is not None and one.agreed_on <= since for one in times):
            text = "The two had not agreed to the pairing then."
            yield Reason(code="PAIRING_NOT_AGREED", field="heard.pairing", text=text)


def _in_session(session: str, since: dt.date, held: Held) -> Iterator[Reason]:
    found = held.get(SESSION, session)
    if found is None:
        text = "There is no such session. The list of them shows their ids."
        yield Reason(code="SESSION_UNKNOWN", field="heard.session", text=text)
    elif found.phase is not Phase.HELD or found.day > since:
        text = "The session had not been held then."
        yield Reason(code="SESSION_NOT_HELD", field="heard.session", text=text)
