"""How many of an audience a stage takes, and what follows when it has them."""

import datetime as dt
from dataclasses import dataclass

from services.notifications.domain.campaigns.state import Campaign


@dataclass(frozen=True, slots=True)
class Share:
    """What is still to be requested in the stage under way; ``wanted`` None: everybody who is left."""

    stage: int
    wanted: int | None


def share(campaign: Campaign, population: int) -> Share:
    """What the stage under way still lacks, of an audience of this many.

    Percentages add up without rounding losses: after 10 and 20 percent 30 percent of the audience, rounded up, were
    taken. The stage that brings them to 100 takes everybody who is left, also who joined the audience meanwhile.
    """
    number = campaign.stage
    stage = campaign.stages[number - 1]
    done = campaign.sent[number - 1].requested if number <= len(campaign.sent) else 0
    if stage.percent is None:
        assert stage.number is not None
        return Share(number, max(0, stage.number - done))
    before = sum(one.percent or 0 for one in campaign.stages[: number - 1])
    after = before + stage.percent
    if after == 100:
        return Share(number, None)
    planned = _part(population, after) - _part(population, before)
    return Share(number, max(0, planned - done))


def next_at(campaign: Campaign, stage: int, now: dt.datetime) -> dt.datetime:
    """When the stage behind this one is due (UTC): its waiting time after ``now``; ``now`` behind the last."""
    if stage >= len(campaign.stages):
        return now
    return now + dt.timedelta(hours=campaign.stages[stage].wait_hours)


def _part(population: int, percent: int) -> int:
    return -(-population * percent // 100)
