"""Answers /facilities/measures: what each measure of facilities is, which figures alone do not say."""

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from services.measures.domain import kinds
from services.measures.domain.panel.measure import FacilityMeasure
from shared.runtime.access import reader
from shared.runtime.service import Context


class FacilityMeasureView(BaseModel):
    """A measure of facilities: a value is ``scale``, a whole number or a fraction, times numerator by denominator.

    ``form`` says how it is made and bounded, ``better`` which way is better, ``goal`` what the program asks for, in the
    unit of the value. Figures of two ``baseline`` are never compared.
    """

    id: str
    specification: int
    title: str
    form: str
    scale: str
    better: str
    goal: str | None
    baseline: str | None
    source: str
    note: str


def router(context: Context) -> APIRouter:
    """The one route; definitions are no secret."""
    del context
    routes = APIRouter(dependencies=[Depends(reader)])

    @routes.get("/facilities/measures")
    async def measures() -> list[FacilityMeasureView]:
        """The measures of facilities there are, by kind of data."""
        return [_view(one) for one in kinds.MEASURES.values()]

    return routes


def _view(measure: FacilityMeasure) -> FacilityMeasureView:
    return FacilityMeasureView(
        id=measure.id,
        specification=measure.specification,
        title=measure.title,
        form=measure.form.value,
        scale=str(measure.scale),
        better=measure.better,
        goal=None if measure.goal is None else str(measure.goal),
        baseline=measure.baseline,
        source=measure.source,
        note=measure.note,
    )
