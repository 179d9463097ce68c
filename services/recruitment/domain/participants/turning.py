"""Closings, reopenings and mergers of participants."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.registering import PERSON
from services.recruitment.domain.participants.standing import (
    STANDINGS,
    Change,
    latest_today,
    reason_against,
    unknown,
)
from services.recruitment.domain.participants.state import Participant
from services.recruitment.domain.pipeline import leaving
from services.recruitment.domain.program.kinds import NETWORKS
from shared.contracts.recruitment.participant_commands import CloseParticipant, MergeParticipant, ReopenParticipant
from shared.contracts.recruitment.participant_terms import WhyClosed
from shared.contracts.recruitment.participants import ParticipantClosed, ParticipantMerged, ParticipantReopened
from shared.contracts.replies import Reason
from shared.records.deciding import Against, Asked, Decided, Held, Ids, refused

# Closings are announced ahead; one further ahead than this is rather a slip of the pen. Our own bound.
LONGEST_NOTICE: Final = dt.timedelta(days=366)


def reopen_keys(command: ReopenParticipant, ids: Ids) -> Iterable[str]:
    """The participant alone."""
    del ids
    return (PARTICIPANT.key(command.participant),)


def close_keys(command: CloseParticipant, ids: Ids) -> Iterable[str]:
    """The participant and its engagements."""
    del ids
    return PARTICIPANT.key(command.participant), *leaving.keys(command.participant)


def merge_keys(command: MergeParticipant, ids: Ids) -> Iterable[str]:
    """Both participants with their engagements, and who answers where the one that goes on is."""
    del ids
    yield PARTICIPANT.key(command.participant)
    yield PARTICIPANT.key(command.into)
    yield from leaving.keys(command.participant, command.into)
    yield NETWORKS.key(command.into)


def close(command: CloseParticipant, held: Held, asked: Asked) -> Decided | Against:
    """Close a participant, which ends its engagements; a closing that is ahead ends them when its day has come."""
    before = held.get(PARTICIPANT, command.participant)
    if before is None:
        return Against((unknown("participant"),))
    found = [*_impossible(before, Change.CLOSE)]
    if command.on > latest_today(before.state, asked.now) + LONGEST_NOTICE:
        found.append(_reason("TOO_FAR_AHEAD", "A closing is recorded at most a year ahead."))
    if command.reason is WhyClosed.CONSENT_WITHDRAWN:
        text = "Consent is withdrawn by the command for that, which also forgets the name."
        found.append(Reason(code="NOT_A_CLOSING", field="reason", text=text))
    if against := refused(found):
        return against
    come = command.on <= latest_today(before.state, asked.now)
    ended = leaving.closed(before, command.on, held, asked) if come else leaving.Leaving()
    event = ParticipantClosed(participant=before.id, on=command.on, reason=command.reason, actor=asked.actor)
    made = {
        "participant": before.id,
        "closed_on": command.on.isoformat(),
        "listed_as_of": before.as_of and before.as_of.isoformat(),
        "engagements": list(ended.made),
    }
    return Decided(made, (event, *ended.events), ended.also)


def reopen(command: ReopenParticipant, held: Held, asked: Asked) -> Decided | Against:
    """Let a closing or merger hold no longer."""
    before = held.get(PARTICIPANT, command.participant)
    if before is None:
        return Against((unknown("participant"),))
    today = latest_today(before.state, asked.now)
    found = [*_impossible(before, Change.REOPEN), *_ahead(command.on, today)]
    ended = before.merged_on or before.closed_on
    if ended is not None and command.on < ended <= today:
        found.append(_reason("BEFORE_ITS_END", f"It went out on {ended}, after the day given."))
    if before.setting is PERSON:
        text = "A person who took the consent back is registered anew with a new consent."
        found.append(Reason(code="PERSON", field="participant", text=text))
    event = ParticipantReopened(participant=before.id, on=command.on, reason=command.reason, actor=asked.actor)
    return refused(found) or Decided({"participant": before.id, "open_from": command.on.isoformat()}, (event,))


def merge(command: MergeParticipant, held: Held, asked: Asked) -> Decided | Against:
    """Let a participant go on in another, and its engagements with it.

    No circle can come of it: who goes on in another is never merged into.
    """
    before, into = held.get(PARTICIPANT, command.participant), held.get(PARTICIPANT, command.into)
    found = [*_about_merger(command, before, into)]
    if before is not None:
        found += _ahead(command.on, latest_today(before.state, asked.now))
    if found or before is None or into is None:
        return Against(tuple(found))
    passed = leaving.merged(before, into, command.on, held, asked)
    event = ParticipantMerged(
        participant=before.id, into=command.into, on=command.on, reason=command.reason, actor=asked.actor
    )
    made = {"participant": before.id, "into": command.into, "merged_on": command.on.isoformat()}
    return Decided({**made, "engagements": list(passed.made)}, (event, *passed.events), passed.also)


def _about_merger(command: MergeParticipant, before: Participant | None, into: Participant | None) -> Iterator[Reason]:
    if before is None:
        yield unknown("participant")
    else:
        yield from _impossible(before, Change.MERGE)
    if command.into == command.participant:
        yield Reason(code="SAME", field="into", text="A participant cannot go on in itself.")
    elif gone := reason_against(into, command.on, "into"):
        yield gone
    if before is not None and into is not None and PERSON in (before.setting, into.setting):
        yield Reason(code="PERSON", field="participant", text="A person goes on in nobody else.")


def _impossible(before: Participant, change: Change) -> Iterator[Reason]:
    if found := STANDINGS.reason_against(before.standing, change, "participant"):
        yield found


def _ahead(on: dt.date, today: dt.date) -> Iterator[Reason]:
    if on > today:
        yield _reason("IN_THE_FUTURE", "The day is in the future.")


def _reason(code: str, text: str) -> Reason:
    return Reason(code=code, field="on", text=text)
