"""What becomes of running engagements when a participant closes or goes on in another: they end, or go on with it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final

from services.recruitment.domain.participants.state import Participant, Standing
from services.recruitment.domain.pipeline import telling
from services.recruitment.domain.pipeline.collaboratives import COLLABORATIVES
from services.recruitment.domain.pipeline.kinds import ENGAGEMENT, evolve
from services.recruitment.domain.pipeline.state import Engagement, engagement_id
from services.recruitment.domain.program import answering
from services.recruitment.domain.program.kinds import NETWORKS
from shared.contracts.recruitment.pipeline import EngagementMoved
from shared.contracts.recruitment.steps import Stage
from shared.messaging.handling import Emit
from shared.records.deciding import Asked, Held

# Who declined, withdrew or completed it has nothing running; a graduate stays one.
RUNNING: Final = tuple(one for one in Stage if one not in {Stage.GRADUATED, Stage.WITHDRAWN, Stage.DECLINED})
_SIGNED: Final = frozenset({Stage.COMMITTED, Stage.RECRUITED, Stage.ACTIVE})


@dataclass(frozen=True, slots=True)
class Leaving:
    """What follows for engagements, and who hears of it; ``made`` says it to whoever asked."""

    events: tuple[EngagementMoved, ...] = ()
    also: tuple[Emit, ...] = ()
    made: tuple[dict[str, object], ...] = ()

    def __add__(self, other: "Leaving") -> "Leaving":
        return Leaving(self.events + other.events, self.also + other.also, self.made + other.made)


def keys(*participants: str) -> Iterable[str]:
    """The engagements that there can be with these participants: one with each collaborative."""
    return (ENGAGEMENT.key(engagement_id(one, code)) for one in participants for code in COLLABORATIVES)


def closed(participant: Participant, on: dt.date, held: Held, asked: Asked) -> Leaving:
    """Every running engagement ends with reason CLOSED on the first day closed."""
    running = _running(participant, held)
    return sum((_ended(participant, one, on, Standing.CLOSED, asked) for one in running), Leaving())


def merged(participant: Participant, into: Participant, on: dt.date, held: Held, asked: Asked) -> Leaving:
    """Every running engagement ends with reason MERGED; it goes on with the successor where that has none.

    The successor also has to go on, and to be of a setting that the collaborative is for. What went on by mistake is
    put right by striking the steps of both engagements.
    """
    found = Leaving()
    for one in _running(participant, held):
        found += _ended(participant, one, on, Standing.MERGED, asked)
        before = held.get(ENGAGEMENT, engagement_id(into.id, one.collaborative))
        taken = before is not None and before.stage is not None
        fits = into.setting in COLLABORATIVES[one.collaborative].settings and into.closed_on is None
        if fits and not taken:
            qin_qio = answering.improving(into.state, _day(one, on), held.get(NETWORKS, into.id))
            found += _gone_on(into, before, one, _day(one, on), qin_qio, asked)
    return found


def _running(participant: Participant, held: Held) -> Iterable[Engagement]:
    for code in COLLABORATIVES:
        found = held.get(ENGAGEMENT, engagement_id(participant.id, code))
        if found is not None and found.stage in RUNNING:
            yield found


def _day(engagement: Engagement, on: dt.date) -> dt.date:
    """The day itself, or a later one on which something is recorded: steps stand in the order of their days."""
    last = engagement.last()
    return on if last is None else max(on, last.since)


def _ended(participant: Participant, engagement: Engagement, on: dt.date, why: Standing, asked: Asked) -> Leaving:
    event = EngagementMoved(
        participant=participant.id,
        collaborative=engagement.collaborative,
        stage=Stage.WITHDRAWN,
        since=_day(engagement, on),
        actor=asked.actor,
        reason=why.value,
    )
    return _told(participant, engagement, (event,), asked)


def _gone_on(
    into: Participant, before: Engagement | None, old: Engagement, on: dt.date, qin_qio: str, asked: Asked
) -> Leaving:
    assert old.stage is not None
    stages: dict[Stage, dt.date] = (
        {Stage.RECRUITED: on, Stage.ACTIVE: on} if old.stage is Stage.ACTIVE else {old.stage: on}
    )
    if old.agreement is not None and old.stage in _SIGNED:
        # What was signed stays signed on its day.
        stages.pop(Stage.COMMITTED, None)
        stages = {Stage.COMMITTED: old.agreement.signed_on, **stages}
    events = tuple(
        EngagementMoved(
            participant=into.id,
            collaborative=old.collaborative,
            stage=stage,
            since=since,
            actor=asked.actor,
            reason=Standing.MERGED.value,
            task=old.task,
            agreement=old.agreement if stage is Stage.COMMITTED else None,
            membership_id=asked.new_id(f"membership {old.collaborative}") if stage is Stage.RECRUITED else None,
            qin_qio=qin_qio if stage is Stage.RECRUITED else None,
        )
        for stage, since in stages.items()
    )
    return _told(into, before, events, asked)


def _told(
    participant: Participant, before: Engagement | None, events: Sequence[EngagementMoved], asked: Asked
) -> Leaving:
    def then(held: Engagement | None, event: EngagementMoved) -> Engagement:
        return evolve(held, event, asked.now)

    after = reduce(then, events, before)
    assert after is not None
    assert after.stage is not None
    made: dict[str, object] = {
        "participant": participant.id,
        "collaborative": after.collaborative,
        "stage": after.stage.value,
    }
    return Leaving(tuple(events), telling.membership(participant, before, after), (made,))
