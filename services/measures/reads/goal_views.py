"""Goals of a unit as people read them."""

import datetime as dt

from pydantic import BaseModel

from services.measures.reads.figures import FigureView
from services.measures.reads.spending import SpendingView


class ProjectionView(BaseModel):
    """The value without season in the quarter of the target date, by a straight line through the settled quarters.

    ``low`` and ``high`` bound the line there (95 %). ``reaches``: the first quarter in which the line meets the target,
    ``earliest`` and ``latest`` where its limits do; None: not within ten years, or never.
    """

    quarter: str
    quarters_used: int
    value: str
    low: str | None
    high: str | None
    reaches: str | None
    earliest: str | None
    latest: str | None


class GoalView(BaseModel):
    """A goal and how far a unit has come. ``improvement`` and ``share`` of the way to the target are percent.

    ``attainable`` is False for a target beyond what there is (more nights at home than nights). ``reason`` says why
    there is no progress or no projection.
    """

    goal: str
    measure: str
    aim: str
    national_aim: str
    priority: str
    form: str
    size: str
    target_date: dt.date
    source: str
    baseline: FigureView
    current: FigureView | None
    target: str | None
    improvement: str | None
    share: str | None
    reached: bool | None
    attainable: bool | None
    projection: ProjectionView | None
    reason: str | None


class GoalsView(BaseModel):
    """All goals of a unit, and what was spent less than at the baseline's payments."""

    goals: list[GoalView]
    spending: SpendingView
