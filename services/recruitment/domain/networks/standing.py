"""What every part of a network's work asks first: is the network at work, the cohort open, the participant in it?"""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from services.recruitment.domain.communities.days import today_anywhere
from services.recruitment.domain.networks.state import Cohort, Network
from shared.contracts.replies import Reason
from shared.records.deciding import Against, against


def learning_id(network: str, made: UUID) -> str:
    """The id of something of a network; the network can be read from it."""
    return f"{network}.{made.hex[:12]}"


def unknown(what: str) -> Against:
    """There is no such thing of that name."""
    text = f"There is no such {what.replace('-', ' ')}. The list of them shows their ids."
    return against(f"{what.upper().replace('-', '_')}_UNKNOWN", what.replace("-", "_"), text)


def in_future(day: dt.date | None, now: dt.datetime, field: str) -> Iterator[Reason]:
    """Why a day cannot have come yet; ``now`` is in UTC."""
    if day is not None and day > today_anywhere(now):
        yield Reason(code="IN_THE_FUTURE", field=field, text=f"{day} is in the future.")


def too_early(day: dt.date | None, earliest: dt.date, field: str, what: str) -> Iterator[Reason]:
    """Why a day is out of order; ``what`` happened on ``earliest``, in words."""
    if day is not None and day < earliest:
        yield Reason(code="OUT_OF_ORDER", field=field, text=f"{day} is before {what} ({earliest}).")


def at_work(network: Network | None, day: dt.date, field: str) -> Iterator[Reason]:
    """Why nothing of a network can be on a day."""
    if network is None:
        yield Reason(code="NETWORK_UNKNOWN", field="network", text="There is no such network. Establish it first.")
    elif day < network.started_on:
        yield Reason(code="BEFORE_NETWORK", field=field, text=f"The network began on {network.started_on}.")
    elif network.ended_on is not None and day > network.ended_on:
        yield Reason(code="NETWORK_ENDED", field=field, text=f"The network ended on {network.ended_on}.")


def is_open(cohort: Cohort | None, day: dt.date, field: str) -> Iterator[Reason]:
    """Why nothing of a cohort can be on a day."""
    if cohort is None:
        yield Reason(code="COHORT_UNKNOWN", field="cohort", text="There is no such cohort. Open it first.")
    elif day < cohort.opened_on:
        yield Reason(code="BEFORE_COHORT", field=field, text=f"The cohort opened on {cohort.opened_on}.")
    elif cohort.closed_on is not None and day > cohort.closed_on:
        yield Reason(code="COHORT_CLOSED", field=field, text=f"The cohort closed on {cohort.closed_on}.")


def member_of(cohort: Cohort | None, participant: str, day: dt.date, field: str) -> Iterator[Reason]:
    """Why a participant is in no known cohort on a day."""
    if cohort is not None and cohort.role_of(participant, day) is None:
        text = f"{participant} is not in the cohort {cohort.id} on {day}."
        yield Reason(code="NOT_IN_COHORT", field=field, text=text)
