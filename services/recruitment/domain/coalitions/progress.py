"""What a goal of the program that measures speaks of means for the coalition over its community."""

from typing import Final

from services.recruitment.domain.coalitions.state import Coalition
from shared.contracts.measures import GoalReached, GoalWithdrawn
from shared.contracts.recruitment.coalitions import CoalitionGoalReached, CoalitionGoalWithdrawn

MEASURES: Final = "measures"


def progress(
    held: Coalition, said: GoalReached | GoalWithdrawn
) -> CoalitionGoalReached | CoalitionGoalWithdrawn | None:
    """The coalition's own event; None for what it holds already, or what is older than that or than the coalition.

    Results come months after the time they are of, so a coalition that ended still hears of them. What was said
    before the day it was formed was no coalition's: read again, it is none of this one's either.
    """
    if said.as_of.date() < held.formed_on:
        return None
    before = held.goals.get(said.goal)
    reached = isinstance(said, GoalReached)
    if before is not None:
        if said.as_of < before.as_of:
            return None
        if (before.reached, before.period, before.value) == (reached, said.period, said.value):
            return None
    if isinstance(said, GoalReached):
        return CoalitionGoalReached(
            community=held.id,
            number=held.number,
            actor=MEASURES,
            goal=said.goal,
            measure=said.measure,
            period=said.period,
            value=said.value,
            improvement=said.improvement,
            target=said.target,
            as_of=said.as_of,
        )
    return CoalitionGoalWithdrawn(
        community=held.id,
        number=held.number,
        actor=MEASURES,
        goal=said.goal,
        measure=said.measure,
        period=said.period,
        value=said.value,
        improvement=said.improvement,
        as_of=said.as_of,
    )
