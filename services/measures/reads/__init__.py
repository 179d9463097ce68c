"""The read API of definitions, values, comparisons, goals, explanations and public snapshots, one module a question."""

from fastapi import APIRouter

from services.measures.reads import (
    charts,
    compare,
    declared,
    disparities,
    explain,
    facilities,
    facility_measures,
    factors,
    goals,
    impact,
    locations,
    measures,
    purchasing,
    reports,
    series,
    snapshots,
    value_sets,
    values,
)
from shared.runtime.service import Context


def router(context: Context) -> APIRouter:
    """All routes under ``/api``; each needs a token and a purpose, those that show small numbers a role inside."""
    routes = APIRouter()
    for question in (
        measures,
        value_sets,
        values,
        series,
        compare,
        disparities,
        goals,
        explain,
        snapshots,
        facilities,
        facility_measures,
        locations,
        reports,
        impact,
        charts,
        factors,
        declared,
        purchasing,
    ):
        routes.include_router(question.router(context))
    return routes
