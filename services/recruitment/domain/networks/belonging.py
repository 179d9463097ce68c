"""Who may take part in what a network does: known and going on, of its settings and states, recruited into it."""

import datetime as dt
from collections.abc import Iterable, Iterator

from services.recruitment.domain.networks.state import Network
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against
from services.recruitment.domain.participants.state import Participant
from services.recruitment.domain.pipeline import leaving
from services.recruitment.domain.pipeline.collaboratives import COLLABORATIVES
from services.recruitment.domain.pipeline.kinds import ENGAGEMENT
from services.recruitment.domain.pipeline.stages import MEMBER
from services.recruitment.domain.pipeline.state import Engagement, engagement_id
from shared.contracts.replies import Reason
from shared.records.deciding import Held


def keys(participant: str) -> Iterable[str]:
    """What is read of a participant. Which collaborative its network is of is not known before: all engagements."""
    return PARTICIPANT.key(participant), *leaving.keys(participant)


def reasons_against(network: Network | None, participant: str, day: dt.date, held: Held) -> Iterator[Reason]:
    """Why a participant cannot begin to take part in a network on a day and go on with it."""
    found = held.get(PARTICIPANT, participant)
    if gone := reason_against(found, day, "participant"):
        yield gone
    if found is None or network is None:
        return
    yield from _fits(network, found)
    if network.collaborative is not None:
        engagement = held.get(ENGAGEMENT, engagement_id(participant, network.collaborative))
        if not recruited(engagement, day):
            text = f"{participant} is not recruited into {network.collaborative} from {day} on. Recruit it first."
            yield Reason(code="NOT_RECRUITED", field="participant", text=text)


def _fits(network: Network, participant: Participant) -> Iterator[Reason]:
    settings = frozenset(network.settings)
    if not settings and network.collaborative is not None:
        settings = COLLABORATIVES[network.collaborative].settings
    if settings and participant.setting not in settings:
        fitting = ", ".join(sorted(settings))
        text = f"{participant.id} is registered as {participant.setting}; the network is for {fitting}."
        yield Reason(code="SETTING_DOES_NOT_FIT", field="participant", text=text)
    if network.states and participant.state not in network.states:
        text = f"{participant.id} is in {participant.state}; the network works in {', '.join(network.states)}."
        yield Reason(code="OUTSIDE_NETWORK", field="participant", text=text)


def recruited(engagement: Engagement | None, day: dt.date) -> bool:
    """Whether a participant is a member of a collaborative on a day, and has been ever since."""
    if engagement is None:
        return False
    steps = [step for _, step in engagement.standing()]
    then = [step for step in steps if step.since <= day]
    later = [step for step in steps if step.since > day]
    return bool(then) and all(step.stage in MEMBER for step in (then[-1], *later))
