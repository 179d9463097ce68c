"""A published practice is told to participants, to each once."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from services.recruitment.domain.networks.standing import in_future, too_early, unknown
from services.recruitment.domain.networks.topics import TOPICS
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against
from services.recruitment.domain.participants.standing import unknown as unknown_participant
from services.recruitment.domain.participants.state import Participant
from services.recruitment.domain.practices.practice_kind import PRACTICE, Practice, PracticeStep
from services.recruitment.domain.practices.writing import impossible
from shared.contracts.notifications import REQUESTS, NoticeRequested, Recipient
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.practice_commands import SharePractice
from shared.contracts.recruitment.practices import PracticeShared
from shared.contracts.replies import Reason
from shared.messaging.handling import Emit
from shared.program.states import STATES
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused
from shared.records.machine import words

# Our own promise; no rule sets a time.
WITHIN: Final = dt.timedelta(days=3)
_NAMING: Final = "42 CFR 480.140, 480.141"


def _keys(command: SharePractice, ids: Ids) -> Iterable[str]:
    del ids
    yield PRACTICE.key(command.practice)
    named = () if command.name_origin is None else (command.name_origin,)
    yield from (PARTICIPANT.key(one) for one in dict.fromkeys((*command.participants, *named)))


def share(command: SharePractice, held: Held, asked: Asked) -> Decided | Against:
    """Write to those among the participants who have not been written to about it."""
    found = held.get(PRACTICE, command.practice)
    if found is None:
        return unknown("practice")
    if refusal := impossible(found, PracticeStep.SHARE):
        return refusal
    day, field = command.shared_on, "shared_on"
    published = found.versions[-1].published_on
    reasons = [
        *too_early(day, published, field, "the latest version was published"),
        *in_future(day, asked.now, field),
        *_unfit(command.participants, held),
        *_unnameable(command, found),
    ]
    if refusal := refused(reasons):
        return refusal
    named = list(dict.fromkeys(command.participants))
    known = [one for name in named if (one := held.get(PARTICIPANT, name)) is not None]
    here = [one for one in known if reason_against(one, day, "participants") is None]
    origin = found.origin.participant if found.origin else None
    new = [one for one in here if one.id not in found.told and one.id != origin]
    told = {"told": len(new), "told_before": len(here) - len(new), "gone": len(named) - len(here)}
    if not new:
        return Decided({"practice": found.id, **told})
    participants = tuple(one.id for one in new)
    event = PracticeShared(practice=found.id, actor=command.actor, participants=participants, shared_on=day)
    facts = _facts(found, command, None if command.name_origin is None else held.get(PARTICIPANT, command.name_origin))
    return Decided({"practice": found.id, **told}, (event,), [_notice(found.id, one, facts, asked.now) for one in new])


def _unfit(participants: Sequence[str], held: Held) -> Iterator[Reason]:
    for position, one in enumerate(participants):
        found, field = held.get(PARTICIPANT, one), f"participants[{position}]"
        if found is None:
            yield unknown_participant(field)
        elif found.setting is Setting.BENEFICIARY_OR_FAMILY:
            text = "Practices are told to those who give care or help."
            yield Reason(code="SETTING_DOES_NOT_FIT", field=field, text=text)


def _unnameable(command: SharePractice, practice: Practice) -> Iterator[Reason]:
    if command.name_origin is None:
        return
    if practice.origin is None or practice.origin.participant != command.name_origin:
        text = "The practice comes from somebody else, or from no participant."
        yield Reason(code="NOT_THE_ORIGIN", field="name_origin", text=text)
    elif practice.naming is None or not practice.naming.agreed:
        text = "The origin has not said that it wants to be named. Leave its name out, or record its wish first."
        yield Reason(code="NOT_TO_BE_NAMED", field="name_origin", text=text, citation=_NAMING)


def _facts(practice: Practice, command: SharePractice, origin: Participant | None) -> dict[str, str]:
    content = practice.content()
    facts = {
        "qio_name": command.office,
        "qio_phone": command.phone,
        "practice_title": content.title,
        "practice_topic": TOPICS[content.topic].words,
        "practice_words": content.summary,
        "shared_on": command.shared_on.isoformat(),
        "results": command.results or "",
        "setting": words(origin.setting) if origin else "",
        "shared_by": origin.name if origin else "",
    }
    return {name: value for name, value in facts.items() if value}


def _notice(practice: str, participant: Participant, facts: dict[str, str], now: dt.datetime) -> Emit:
    state = STATES.get(participant.state)
    notice_id = uuid5(NAMESPACE_URL, f"{practice}/shared/{participant.id}")
    event = NoticeRequested(
        notice_id=notice_id,
        notice_type="PRACTICE_SHARED",
        subject=participant.id,
        recipient=Recipient(role="facility", name=participant.name, time_zone=state.zone if state else "UTC"),
        facts=facts,
        due_at=now + WITHIN,
    )
    return Emit(REQUESTS.name, str(notice_id), event)


RULES: Final[tuple[AnyRule, ...]] = (Rule(SharePractice, _keys, share),)
