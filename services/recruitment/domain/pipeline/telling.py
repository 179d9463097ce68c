"""Who hears of what happened: other services and partners of a membership, participants by letter."""

import datetime as dt
from typing import Final
from uuid import UUID

from services.recruitment.domain.participants.state import Participant
from services.recruitment.domain.pipeline.collaboratives import COLLABORATIVES
from services.recruitment.domain.pipeline.state import Engagement
from shared.contracts.notifications import REQUESTS, NoticeRequested, Recipient
from shared.contracts.recruitment.participants import FACILITIES
from shared.contracts.recruitment.pipeline import (
    PUBLIC_NETWORK,
    FacilityJoined,
    FacilityLeft,
    FacilityRecruited,
    FacilityWithdrew,
)
from shared.contracts.recruitment.steps import Stage
from shared.messaging.handling import Emit
from shared.program.jurisdictions import UNKNOWN
from shared.program.states import STATES

# Our own promise; no rule sets a time.
LETTER_WITHIN: Final = dt.timedelta(days=3)


def membership(participant: Participant, before: Engagement | None, after: Engagement) -> tuple[Emit, ...]:
    """What others hear when a facility becomes a member, is none any more, or was one from another day.

    Only of certified facilities: a practice or a person is no institution-level fact (42 CFR 480.105).
    """
    if ":" in participant.id:
        return ()
    was = before.membership_id if before else None
    found: list[Emit] = []
    if before is not None and was is not None and after.membership_id != was:
        found += _left(participant, before, after)
    if after.membership_id is not None and (before is None or before.recruited_on != after.recruited_on):
        found.append(_recruited(participant, after))
        if before is None or before.recruited_on is None or _month(before) != _month(after):
            found.append(_joined(participant, after))
    return tuple(found)


def letter(
    notice_type: str,
    notice_id: UUID,
    participant: Participant,
    facts: dict[str, str],
    now: dt.datetime,
    *,
    name: str | None,
    email: str | None,
) -> Emit:
    """The request for a letter to a participant; without an address it becomes a task for staff."""
    state = STATES.get(participant.state)
    event = NoticeRequested(
        notice_id=notice_id,
        notice_type=notice_type,
        subject=participant.id,
        recipient=Recipient(
            role="facility", name=name or participant.name, email=email, time_zone=state.zone if state else "UTC"
        ),
        facts={"facility_name": participant.name, **facts},
        due_at=now + LETTER_WITHIN,
    )
    return Emit(REQUESTS.name, str(notice_id), event)


def in_words(collaborative: str, qin_qio: str | None) -> dict[str, str]:
    """What letters say about a collaborative and the network; who is not known is not named."""
    return {
        "collaborative_name": COLLABORATIVES[collaborative].name,
        "qin_qio": "will make itself known to you" if qin_qio in (None, UNKNOWN) else qin_qio or "",
    }


def _month(engagement: Engagement) -> str:
    assert engagement.recruited_on is not None
    return engagement.recruited_on.isoformat()[:7]


def _left(participant: Participant, before: Engagement, after: Engagement) -> list[Emit]:
    assert before.membership_id is not None
    assert before.recruited_on is not None
    last = after.last()
    withdrew = last is not None and last.stage is Stage.WITHDRAWN
    on = last.since if last is not None and withdrew else before.recruited_on
    event = FacilityWithdrew(
        membership_id=before.membership_id,
        ccn=participant.id,
        state=participant.state,
        collaborative=before.collaborative,
        withdrew_on=on,
        in_error=not withdrew,
    )
    public = FacilityLeft(
        ccn=participant.id, state=participant.state, collaborative=before.collaborative, month=on.isoformat()[:7]
    )
    return [Emit(FACILITIES.name, participant.id, event), Emit(PUBLIC_NETWORK.name, participant.id, public)]


def _recruited(participant: Participant, after: Engagement) -> Emit:
    assert after.membership_id is not None
    assert after.recruited_on is not None
    event = FacilityRecruited(
        membership_id=after.membership_id,
        ccn=participant.id,
        name=participant.name,
        state=participant.state,
        zip_code=participant.zip_code,
        collaborative=after.collaborative,
        qin_qio=after.qin_qio or UNKNOWN,
        recruited_on=after.recruited_on,
    )
    return Emit(FACILITIES.name, participant.id, event)


def _joined(participant: Participant, after: Engagement) -> Emit:
    event = FacilityJoined(
        ccn=participant.id,
        state=participant.state,
        collaborative=after.collaborative,
        qin_qio=after.qin_qio or UNKNOWN,
        month=_month(after),
    )
    return Emit(PUBLIC_NETWORK.name, participant.id, event)
