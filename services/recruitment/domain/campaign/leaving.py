"""Homes that closed or go on in another take part in the campaign no more, nor sit in LANEs.

A decision about a participant cannot name the LANEs that it is in, so this follows it, by a worker.
"""

import datetime as dt
from collections.abc import Sequence

from services.recruitment.domain.campaign.lane_kind import LANE, LanePhase
from services.recruitment.domain.campaign.registration_kind import REGISTRATION, Taking
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import gone
from shared.contracts.message import Event
from shared.contracts.recruitment.campaign_registrations import CampaignWithdrawn
from shared.contracts.recruitment.lanes import LaneLeft
from shared.records.deciding import Held


def left(place: str, participant: str, today: dt.date, held: Held, actor: str) -> Sequence[Event]:
    """What follows for one place, by the key of a registration or a LANE; ``today`` is over nowhere yet.

    It counts from the day of the closing or merger, or from the last day recorded of the place where that is later.
    Nobody takes a place over. Who convenes a LANE keeps it: staff have to name another first.
    """
    ended = gone(held.get(PARTICIPANT, participant), today)
    if ended is None:
        return ()
    on, reason = ended
    kind, _, identifier = place.partition(":")
    if kind == REGISTRATION.name:
        registration = held.get(REGISTRATION, identifier)
        if registration is None or registration.taking is not Taking.REGISTERED:
            return ()
        day = max(on, registration.latest_day())
        return (CampaignWithdrawn(registration=identifier, withdrawn_on=day, reason=reason, actor=actor),)
    lane, member = held.get(LANE, identifier), f"participant:{participant}"
    if lane is None or lane.phase is not LanePhase.AT_WORK or lane.convener == member:
        return ()
    spell = lane.spell(member)
    if spell is None:
        return ()
    day = max(on, spell.since, lane.convened_until(member))
    return (LaneLeft(state=identifier, member=member, left_on=day, reason=reason, actor=actor),)
