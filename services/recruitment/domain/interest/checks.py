"""What can be said against a step of an interest."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from services.recruitment.domain.interest.machine import MACHINE, Action
from services.recruitment.domain.interest.state import Interest
from services.recruitment.domain.participants import standing
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.pipeline.kinds import ENGAGEMENT
from services.recruitment.domain.pipeline.state import engagement_id
from shared.contracts.replies import Reason
from shared.program.states import STATES
from shared.records.deciding import Held


class Leading(Protocol):
    """A command about an interest that may say what it led to."""

    @property
    def interest(self) -> UUID: ...
    @property
    def participant(self) -> str | None: ...
    @property
    def collaborative(self) -> str | None: ...


def about_step(interest: Interest | None, action: Action, on: dt.date, field: str, now: dt.datetime) -> list[Reason]:
    """Why an action is not possible on a day, none when it is; ``now`` in UTC."""
    if interest is None:
        return [Reason(code="INTEREST_UNKNOWN", field="interest", text="There is no such interest.")]
    found = MACHINE.reason_against(interest.interest_state, action)
    return [*([found] if found else []), *about_day(on, field, interest, interest.state, now)]


def about_day(on: dt.date, field: str, interest: Interest | None, state: str, now: dt.datetime) -> Iterable[Reason]:
    """Why something cannot have been on a day: to come, or before what happened last."""
    if on > (standing.latest_today(state, now) if state in STATES else now.date()):
        yield Reason(code="IN_THE_FUTURE", field=field, text="The day is in the future.")
    elif interest is not None and on < interest.latest():
        text = f"The last that happened to it was on {interest.latest()}."
        yield Reason(code="OUT_OF_ORDER", field=field, text=text)


def about_lead(command: Leading, held: Held) -> list[Reason]:
    """Why an interest cannot have led to what the command names."""
    if command.participant is None:
        if command.collaborative is None:
            return []
        text = "Say which participant's engagement it led to."
        return [Reason(code="PARTICIPANT_MISSING", field="participant", text=text)]
    if held.get(PARTICIPANT, command.participant) is None:
        return [standing.unknown("participant")]
    engagement = command.collaborative and held.get(
        ENGAGEMENT, engagement_id(command.participant, command.collaborative)
    )
    if command.collaborative is not None and engagement is None:
        text = f"The participant has no engagement with {command.collaborative}."
        return [Reason(code="ENGAGEMENT_UNKNOWN", field="collaborative", text=text)]
    return []
