"""What every part of a coalition's work asks first: is the coalition at work, the member in it, the day possible?"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from uuid import UUID

from services.recruitment.domain.coalitions.catalogue import MEASURES, populations_of
from services.recruitment.domain.coalitions.state import Coalition
from services.recruitment.domain.communities.days import today_anywhere
from services.recruitment.domain.participants.standing import reason_against as participant_reason
from services.recruitment.domain.participants.state import Participant
from services.recruitment.domain.program.statements import reason_against
from shared.contracts.declared import DECLARED_ID
from shared.contracts.recruitment.ids import Setting
from shared.contracts.replies import Reason
from shared.records.deciding import Against, against


def work_id(coalition: str, made: UUID) -> str:
    """The id of something a coalition does; the coalition can be read from it."""
    return f"{coalition}.{made.hex[:12]}"


def coalition_of(identifier: str) -> str:
    """The community id of the coalition that an id belongs to."""
    return identifier.rpartition(".")[0]


def unknown(what: str) -> Against:
    """There is no such thing of that name."""
    return against(f"{what.upper()}_UNKNOWN", what, f"There is no such {what}. The list of them shows their ids.")


def in_future(day: dt.date | None, now: dt.datetime, field: str) -> Iterator[Reason]:
    """Why a day cannot have come yet; ``now`` is in UTC."""
    if day is not None and day > today_anywhere(now):
        yield Reason(code="IN_THE_FUTURE", field=field, text=f"{day} is in the future.")


def too_early(day: dt.date | None, earliest: dt.date, field: str, what: str) -> Iterator[Reason]:
    """Why a day is out of order; ``what`` happened on ``earliest``, in words."""
    if day is not None and day < earliest:
        yield Reason(code="OUT_OF_ORDER", field=field, text=f"{day} is before {what} ({earliest}).")


def beginning(coalition: Coalition | None, day: dt.date, field: str, *, older: bool = False) -> Iterator[Reason]:
    """Why a coalition cannot begin something on a day; ``older``: what began before the coalition is taken on by it."""
    if coalition is None:
        text = "No coalition has been formed over this community."
        yield Reason(code="COALITION_UNKNOWN", field="coalition", text=text)
        return
    if coalition.ended_on is not None and (older or day >= coalition.ended_on):
        yield Reason(code="COALITION_ENDED", field=field, text=f"The coalition ended on {coalition.ended_on}.")
    if day < coalition.formed_on:
        if not older:
            text = f"The coalition was formed on {coalition.formed_on}."
            yield Reason(code="BEFORE_COALITION", field=field, text=text)
    elif reason := reason_against(coalition.task, day, field):
        yield reason


def going_on(coalition: Coalition | None, number: int, day: dt.date | None, field: str) -> Iterator[Reason]:
    """Why what the community's ``number``-th coalition began cannot go on on a day."""
    assert coalition is not None, "what is at work was begun by a coalition"
    if day is None:
        return
    if coalition.number != number:
        text = f"The coalition it is of has ended; another was formed on {coalition.formed_on}."
        yield Reason(code="COALITION_ENDED", field=field, text=text)
    elif coalition.ended_on is not None and day >= coalition.ended_on:
        yield Reason(code="COALITION_ENDED", field=field, text=f"The coalition ended on {coalition.ended_on}.")


def membership(
    coalition: Coalition | None, participant: str, day: dt.date, field: str, *, or_on: dt.date | None = None
) -> Iterator[Reason]:
    """Why a participant does not count as a member on a day (or on ``or_on``, for what is older than a membership)."""
    if coalition is None:
        return
    held = coalition.members.get(participant)
    if held is None or not (held.on(day) or (or_on is not None and held.on(or_on))):
        yield Reason(code="NOT_A_MEMBER", field=field, text=f"{participant} is not a member of the coalition then.")


def gone(participant: Participant | None, day: dt.date, field: str) -> Iterator[Reason]:
    """Why a known participant cannot be dealt with on a day: it closed, or goes on in another."""
    if participant is not None and (reason := participant_reason(participant, day, field)):
        yield reason


def community_based(setting: Setting | None, participant: str, field: str) -> Iterator[Reason]:
    """Why a known participant is no community-based organisation."""
    if setting is not None and setting is not Setting.COMMUNITY_ORGANISATION:
        text = f"{participant} is registered as another setting than a community-based organisation."
        yield Reason(code="NOT_COMMUNITY_BASED", field=field, text=text)


def measured(measures: Sequence[str], stratum: str | None) -> Iterator[Reason]:
    """Why measures or a population are none that results are published of.

    Which measures a community declared, measures knows; here it is enough that an id has their form.
    """
    for position, measure in enumerate(measures):
        field = f"measures[{position}]"
        if measure not in MEASURES and not re.fullmatch(DECLARED_ID, measure):
            yield Reason(code="MEASURE_UNKNOWN", field=field, text=f"{measure} is not in the catalog of measures.")
        elif measure in measures[:position]:
            yield Reason(code="REPEATED", field=field, text=f"{measure} is given twice.")
    if stratum is not None and populations_of(stratum) is None:
        text = f"There is no population {stratum}. docs/measures.md lists the strata."
        yield Reason(code="POPULATION_UNKNOWN", field="stratum", text=text)


def settings_once(settings: Sequence[Setting]) -> Iterator[Reason]:
    """Why the settings of an intervention are not a set."""
    if len(set(settings)) < len(settings):
        yield Reason(code="REPEATED", field="settings", text="One of the settings is given twice.")
