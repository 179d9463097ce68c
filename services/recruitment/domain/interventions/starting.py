"""The rule by which a coalition starts an intervention."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.communities.kinds import COMMUNITY
from services.recruitment.domain.communities.state import Community, Standing
from services.recruitment.domain.interventions.intervention_kind import INTERVENTION
from services.recruitment.domain.interventions.standing import beginning, in_future, measured, settings_once, work_id
from shared.contracts.recruitment.intervention_commands import StartIntervention
from shared.contracts.recruitment.intervention_terms import Comparison, InterventionType
from shared.contracts.recruitment.interventions import InterventionStarted
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def _keys(command: StartIntervention, ids: Ids) -> Iterable[str]:
    yield COALITION.key(command.coalition)
    yield from (COMMUNITY.key(one) for one in {command.coalition, *command.comparison_communities})
    yield INTERVENTION.key(work_id(command.coalition, ids("intervention")))


def start(command: StartIntervention, held: Held, asked: Asked) -> Decided | Against:
    """Start an intervention over the areas that the community had on the day."""
    coalition = held.get(COALITION, command.coalition)
    community = held.get(COMMUNITY, command.coalition)
    version, areas = areas_on(community, command.started_on)
    reasons = [
        *beginning(coalition, command.started_on, "started_on"),
        *in_future(command.started_on, asked.now, "started_on"),
        *_about_words(command),
        *_about_comparison(command, held),
    ]
    if coalition is not None and not areas:
        reasons.append(no_areas(command.started_on))
    if against := refused(reasons):
        return against
    assert coalition is not None
    event = InterventionStarted(
        **command.model_dump(),
        intervention=work_id(coalition.id, asked.new_id("intervention")),
        number=coalition.number,
        community_version=version,
        areas=areas,
    )
    made = {
        "intervention": event.intervention,
        "coalition": event.coalition,
        "name": event.name,
        "started_on": event.started_on.isoformat(),
        "areas": len(areas),
        "community_version": version,
    }
    return Decided(made, (event,))


def areas_on(community: Community | None, day: dt.date) -> tuple[int, tuple[str, ...]]:
    """The version of a community that held on a day, and its areas then."""
    if community is None:
        return 1, ()
    version = max((one.version for one in community.history if one.since <= day), default=1)
    return version, community.areas_on(day)


def no_areas(day: dt.date) -> Reason:
    """Why nothing can have started on a day: there was no place for it."""
    return Reason(code="NO_AREAS", field="started_on", text=f"The community had no areas on {day}.")


def _about_words(command: StartIntervention) -> Iterator[Reason]:
    if (command.kind is InterventionType.OTHER) == (command.kind_text is None):
        text = "Say in words what OTHER is, and only then."
        yield Reason(code="KIND_TEXT", field="kind_text", text=text)
    yield from settings_once(command.settings)
    yield from measured(command.measures, command.stratum)


def _about_comparison(command: StartIntervention, held: Held) -> Iterator[Reason]:
    wanted = command.comparison is Comparison.COMMUNITIES
    if wanted != bool(command.comparison_communities):
        text = "Name the communities to compare with where COMMUNITIES is wished for, and only then."
        yield Reason(code="COMPARISON", field="comparison_communities", text=text)
    for position, one in enumerate(command.comparison_communities):
        field = f"comparison_communities[{position}]"
        found = held.get(COMMUNITY, one)
        if one == command.coalition:
            yield Reason(code="OWN_COMMUNITY", field=field, text="A community is not compared with itself.")
        elif one in command.comparison_communities[:position]:
            yield Reason(code="REPEATED", field=field, text="This community is given twice.")
        elif found is None or found.standing is not Standing.DEFINED:
            yield Reason(code="COMMUNITY_UNKNOWN", field=field, text="There is no such community.")


RULES: Final[tuple[AnyRule, ...]] = (Rule(StartIntervention, _keys, start),)
