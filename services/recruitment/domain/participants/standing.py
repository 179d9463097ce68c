"""Whether a participant can be dealt with on a day: known, not closed by then, not gone on in another."""

import datetime as dt

from services.recruitment.domain.participants.state import Participant
from shared.contracts.replies import Reason


def reason_against(participant: Participant | None, on: dt.date, field: str) -> Reason | None:
    """Why nothing new can begin with a participant on a day, None when it can; ``field`` names it in the command.

    FACILITY_UNKNOWN when there is none, FACILITY_MERGED when it has gone on in another, FACILITY_CLOSED when it was
    closed on that day. The first day closed counts as closed; a closing later than the day refuses nothing yet.
    """
    if participant is None:
        text = "No such participant is known. Feed the provider file that lists it, or register it first."
        return Reason(code="FACILITY_UNKNOWN", field=field, text=text)
    if participant.merged_into is not None:
        text = f"{participant.id} goes on in {participant.merged_into}. Use that one."
        return Reason(code="FACILITY_MERGED", field=field, text=text)
    if participant.closed_on is not None and participant.closed_on <= on:
        text = f"{participant.id} has been closed since {participant.closed_on}."
        return Reason(code="FACILITY_CLOSED", field=field, text=text)
    return None
