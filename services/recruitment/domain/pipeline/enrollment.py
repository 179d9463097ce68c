"""Whether a facility may join a collaborative on a day."""

import datetime as dt
import re
from typing import Final
from zoneinfo import ZoneInfo

from services.recruitment.domain.participants.state import Participant
from services.recruitment.domain.pipeline.collaboratives import COLLABORATIVES
from services.recruitment.domain.pipeline.state import Engagement
from shared.contracts.recruitment.pipeline import EnrollFacility
from shared.contracts.replies import Reason
from shared.program.states import STATES

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def reasons_against(
    command: EnrollFacility, facility: Participant | None, engagement: Engagement | None, now: dt.datetime
) -> tuple[Reason, ...]:
    """Every reason to refuse; none when the facility may join. ``now`` is an instant in UTC."""
    found = [*_about_facility(command, facility, engagement), *_about_day(command, facility, now)]
    if command.contact_email is not None and not _EMAIL.fullmatch(command.contact_email):
        found.append(Reason(code="EMAIL_INVALID", field="contact_email", text="The contact's address is no address."))
    return tuple(found)


def _about_facility(
    command: EnrollFacility, facility: Participant | None, engagement: Engagement | None
) -> list[Reason]:
    if facility is None:
        text = f"No facility {command.ccn} is listed. Feed the provider file that has it first."
        return [Reason(code="FACILITY_UNKNOWN", field="ccn", text=text)]
    if engagement is not None and engagement.membership_id is not None:
        text = f"The facility has been a member of {command.collaborative} since {engagement.recruited_on}."
        return [Reason(code="ALREADY_MEMBER", field="collaborative", text=text)]
    return []


def _about_day(command: EnrollFacility, facility: Participant | None, now: dt.datetime) -> list[Reason]:
    collaborative = COLLABORATIVES.get(command.collaborative)
    if collaborative is None:
        known = ", ".join(sorted(COLLABORATIVES))
        text = f"There is no collaborative {command.collaborative}; there are {known}."
        return [Reason(code="COLLABORATIVE_UNKNOWN", field="collaborative", text=text)]
    if command.recruited_on < collaborative.opens:
        text = f"{collaborative.code} began on {collaborative.opens}."
        return [Reason(code="BEFORE_PROGRAM", field="recruited_on", text=text, citation=collaborative.source)]
    if command.recruited_on > _latest_today(facility, now):
        return [Reason(code="IN_THE_FUTURE", field="recruited_on", text="The day of joining is in the future.")]
    return []


def _latest_today(facility: Participant | None, now: dt.datetime) -> dt.date:
    """Today in UTC or where the facility is, whichever is later: nobody's today is refused."""
    if facility is None:
        return now.date()
    return max(now.date(), now.astimezone(ZoneInfo(STATES[facility.state].zone)).date())
