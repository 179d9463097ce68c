"""Whether a participant can be dealt with on a day: known, not closed by then, not gone on in another."""

import datetime as dt
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from services.recruitment.domain.participants.state import Participant, Standing
from shared.contracts.replies import Reason
from shared.program.states import STATES
from shared.records.machine import Machine


class Change(StrEnum):
    """What can happen to a standing."""

    CLOSE = "CLOSE"
    MERGE = "MERGE"
    REOPEN = "REOPEN"


STANDINGS: Final = Machine(
    "the participant",
    {
        (Standing.OPEN, Change.CLOSE): Standing.CLOSED,
        (Standing.OPEN, Change.MERGE): Standing.MERGED,
        (Standing.CLOSED, Change.MERGE): Standing.MERGED,
        (Standing.CLOSED, Change.REOPEN): Standing.OPEN,
        (Standing.MERGED, Change.REOPEN): Standing.OPEN,
    },
)


def reason_against(participant: Participant | None, on: dt.date, field: str) -> Reason | None:
    """Why nothing new can begin with a participant on a day, None when it can; ``field`` names it in the command.

    FACILITY_UNKNOWN when there is none, FACILITY_MERGED when it has gone on in another, FACILITY_CLOSED when it was
    closed on that day. The first day closed counts as closed; a closing later than the day refuses nothing yet. A
    merger refuses every day: from its recording on there is another to be dealt with.
    """
    if participant is None:
        return unknown(field)
    if participant.merged_into is not None:
        text = f"{participant.id} goes on in {participant.merged_into}. Use that one."
        return Reason(code="FACILITY_MERGED", field=field, text=text)
    if participant.closed_on is not None and participant.closed_on <= on:
        text = f"{participant.id} has been closed since {participant.closed_on}."
        return Reason(code="FACILITY_CLOSED", field=field, text=text)
    return None


def gone(participant: Participant | None, today: dt.date) -> tuple[dt.date, str] | None:
    """Since when and why a participant is no more; None where it goes on. A merger comes before a closing."""
    if participant is None:
        return None
    if participant.merged_on is not None:
        return participant.merged_on, f"It goes on in {participant.merged_into}."
    if participant.closed_on is not None and participant.closed_on <= today:
        return participant.closed_on, "It closed."
    return None


def unknown(field: str) -> Reason:
    """The reason that there is no such participant."""
    text = "No such participant is known. Feed the provider file that lists it, or register it first."
    return Reason(code="FACILITY_UNKNOWN", field=field, text=text)


def latest_today(state: str, now: dt.datetime) -> dt.date:
    """Today in UTC or in a state, whichever is later: nobody's today is refused. ``now`` is an instant in UTC."""
    return max(now.date(), now.astimezone(ZoneInfo(STATES[state].zone)).date())
