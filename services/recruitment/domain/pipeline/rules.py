"""The rules of the pipeline: who joins, and who hears of it."""

import datetime as dt
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from services.recruitment.domain.kernel.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.state import Participant
from services.recruitment.domain.pipeline import enrollment
from services.recruitment.domain.pipeline.collaboratives import COLLABORATIVES
from services.recruitment.domain.pipeline.kinds import ENGAGEMENT
from services.recruitment.domain.pipeline.state import engagement_id
from shared.contracts.notifications import REQUESTS, NoticeRequested, Recipient
from shared.contracts.recruitment.participants import FACILITIES
from shared.contracts.recruitment.pipeline import (
    PUBLIC_NETWORK,
    EngagementMoved,
    EnrollFacility,
    FacilityJoined,
    FacilityRecruited,
    Stage,
)
from shared.messaging.handling import Emit
from shared.program.jurisdictions import UNKNOWN, jurisdiction
from shared.program.states import STATES

# Our own promise; no rule sets a time.
WELCOME_WITHIN: Final = dt.timedelta(days=3)


def _keys(command: EnrollFacility, ids: Ids) -> Iterable[str]:
    del ids
    return PARTICIPANT.key(command.ccn), ENGAGEMENT.key(engagement_id(command.ccn, command.collaborative))


def enroll(command: EnrollFacility, held: Held, asked: Asked) -> Decided | Against:
    """Make the facility a member, tell everyone who may know, and have it welcomed."""
    facility = held.get(PARTICIPANT, command.ccn)
    engagement = held.get(ENGAGEMENT, engagement_id(command.ccn, command.collaborative))
    reasons = enrollment.reasons_against(command, facility, engagement, asked.now)
    if reasons or facility is None:
        return Against(reasons)
    moved = EngagementMoved(
        participant=facility.id,
        collaborative=command.collaborative,
        stage=Stage.RECRUITED,
        since=command.recruited_on,
        actor=asked.actor,
        membership_id=asked.new_id("membership"),
        qin_qio=jurisdiction(facility.state, command.recruited_on).qin_qio.name,
    )
    made = {
        "membership_id": str(moved.membership_id),
        "ccn": facility.id,
        "name": facility.name,
        "collaborative": moved.collaborative,
        "recruited_on": moved.since.isoformat(),
        "qin_qio": moved.qin_qio,
    }
    welcome = _welcome(command, facility, moved, asked)
    return Decided(made, (moved,), (_recruited(facility, moved), _joined(facility, moved), welcome))


def _recruited(facility: Participant, moved: EngagementMoved) -> Emit:
    assert moved.membership_id is not None
    assert moved.qin_qio is not None
    event = FacilityRecruited(
        membership_id=moved.membership_id,
        ccn=facility.id,
        name=facility.name,
        state=facility.state,
        zip_code=facility.zip_code,
        collaborative=moved.collaborative,
        qin_qio=moved.qin_qio,
        recruited_on=moved.since,
    )
    return Emit(FACILITIES.name, facility.id, event)


def _joined(facility: Participant, moved: EngagementMoved) -> Emit:
    assert moved.qin_qio is not None
    event = FacilityJoined(
        ccn=facility.id,
        state=facility.state,
        collaborative=moved.collaborative,
        qin_qio=moved.qin_qio,
        month=moved.since.isoformat()[:7],
    )
    return Emit(PUBLIC_NETWORK.name, facility.id, event)


def _welcome(command: EnrollFacility, facility: Participant, moved: EngagementMoved, asked: Asked) -> Emit:
    notice_id: UUID = asked.new_id("welcome")
    event = NoticeRequested(
        notice_id=notice_id,
        notice_type="WELCOME",
        subject=facility.id,
        recipient=Recipient(
            role="facility",
            name=command.contact_name or facility.name,
            email=command.contact_email,
            time_zone=STATES[facility.state].zone,
        ),
        facts={
            "facility_name": facility.name,
            "collaborative_name": COLLABORATIVES[moved.collaborative].name,
            "qin_qio": "will make itself known to you" if moved.qin_qio in (None, UNKNOWN) else moved.qin_qio or "",
            "recruited_on": moved.since.isoformat(),
        },
        due_at=asked.now + WELCOME_WITHIN,
    )
    return Emit(REQUESTS.name, str(notice_id), event)


RULES: Final[tuple[AnyRule, ...]] = (Rule(EnrollFacility, _keys, enroll),)
