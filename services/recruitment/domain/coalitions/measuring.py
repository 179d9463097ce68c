"""Which measures a coalition wants to move how far, and for which populations."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from services.recruitment.domain.coalitions import quarters
from services.recruitment.domain.coalitions.catalogue import Listed, Shape, populations_of
from services.recruitment.domain.coalitions.declared import DECLARED_MEASURE, listed
from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.coalitions.reasons import not_possible
from services.recruitment.domain.coalitions.state import Action, Coalition
from shared.contracts.recruitment.coalition_commands import (
    ChooseCoalitionMeasure,
    DropCoalitionMeasure,
    PlanMeasurement,
    TargetPopulations,
)
from shared.contracts.recruitment.coalition_terms import Choice
from shared.contracts.recruitment.coalitions import (
    CoalitionMeasureChosen,
    CoalitionMeasureDropped,
    CoalitionPopulationsTargeted,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, Asked, Decided, Held, Ids, against


def keys(command: DropCoalitionMeasure | TargetPopulations, ids: Ids) -> Iterable[str]:
    """The coalition."""
    del ids
    return (COALITION.key(command.community),)


def keys_with_measure(command: ChooseCoalitionMeasure | PlanMeasurement, ids: Ids) -> Iterable[str]:
    """The coalition, and the measure, which may be one that it declared."""
    del ids
    return (COALITION.key(command.community), DECLARED_MEASURE.key(command.measure))


def choose(command: ChooseCoalitionMeasure, held: Held, asked: Asked) -> Decided | Against:
    """Choose a measure or change what is wanted of it; asking for what is wanted already changes nothing."""
    before = held.get(COALITION, command.community)
    if impossible := not_possible(before, Action.CHANGE_AIMS):
        return impossible
    assert before is not None
    known_as = listed(command.measure, command.community, held)
    if known_as is None:
        return unknown_measure(command.measure)
    wanted = Choice(
        direction=command.direction or known_as.better,
        target=command.target,
        baseline_period=command.baseline_period,
        due=command.due,
    )
    known = before.measures.get(command.measure)
    changed = known is None or known.dropped_because is not None or known.now.choice != wanted
    reasons = list(_about_choice(wanted, known_as, before))
    if changed and known is not None and command.reason is None:
        text = f"{command.measure} was chosen before. Say why something else is wanted of it."
        reasons.append(Reason(code="REASON_MISSING", field="reason", text=text))
    if reasons:
        return Against(tuple(reasons))
    version = (known.now.version if known else 0) + changed
    made = {
        "community": before.id,
        "name": before.name,
        "measure": command.measure,
        "version": version,
        **wanted.model_dump(mode="json"),
        "changed": changed,
    }
    event = CoalitionMeasureChosen(
        community=before.id,
        number=before.number,
        actor=asked.actor,
        measure=command.measure,
        version=version,
        wanted=wanted,
        reason=command.reason,
    )
    return Decided(made, (event,) if changed else ())


def _about_choice(wanted: Choice, listed: Listed, before: Coalition) -> Iterator[Reason]:
    if wanted.direction is not listed.better:
        text = f"This measure gets better as it goes {listed.better.value.lower()}."
        yield Reason(code="WRONG_DIRECTION", field="direction", text=text)
    if listed.per is not None and Decimal(wanted.target) > listed.per and listed.shape is Shape.SHARE:
        text = f"The measure is a share out of {listed.per}; its target cannot be larger."
        yield Reason(code="OUT_OF_RANGE", field="target", text=text)
    if wanted.due <= quarters.last_of(wanted.baseline_period):
        text = "The target is due after the period of the baseline."
        yield Reason(code="DATES_OUT_OF_ORDER", field="due", text=text)
    if quarters.last_day(wanted.due) < before.formed_on:
        text = f"The quarter is over before the coalition was formed ({before.formed_on})."
        yield Reason(code="DATES_OUT_OF_ORDER", field="due", text=text)


def drop(command: DropCoalitionMeasure, held: Held, asked: Asked) -> Decided | Against:
    """Give up a measure."""
    before = held.get(COALITION, command.community)
    if impossible := not_possible(before, Action.CHANGE_AIMS):
        return impossible
    assert before is not None
    known = before.measures.get(command.measure)
    if known is None or known.dropped_because is not None:
        return not_chosen()
    event = CoalitionMeasureDropped(
        community=before.id,
        number=before.number,
        actor=asked.actor,
        measure=command.measure,
        reason=command.reason,
    )
    return Decided({"community": before.id, "name": before.name, "measure": command.measure}, (event,))


def target(command: TargetPopulations, held: Held, asked: Asked) -> Decided | Against:
    """Say whom the coalition is for; asking for what holds changes nothing."""
    before = held.get(COALITION, command.community)
    if impossible := not_possible(before, Action.CHANGE_AIMS):
        return impossible
    assert before is not None
    reasons = tuple(_about_populations(command.populations))
    if reasons:
        return Against(reasons)
    changed = before.populations != command.populations
    made = {"community": before.id, "name": before.name, "populations": list(command.populations), "changed": changed}
    event = CoalitionPopulationsTargeted(
        community=before.id, number=before.number, actor=asked.actor, populations=command.populations
    )
    return Decided(made, (event,) if changed else ())


def _about_populations(populations: tuple[str, ...]) -> Iterator[Reason]:
    seen: set[frozenset[str]] = set()
    for position, stratum in enumerate(populations):
        where = f"populations[{position}]"
        parts = populations_of(stratum)
        if parts is None:
            text = f"There is no population {stratum}. docs/measures.md lists the strata."
            yield Reason(code="POPULATION_UNKNOWN", field=where, text=text)
            continue
        if any(f"not-{part}" in parts for part in parts):
            text = f"Nobody can be in {stratum}: it asks for a thing and its opposite."
            yield Reason(code="POPULATION_EMPTY", field=where, text=text)
        if frozenset(parts) in seen:
            yield Reason(code="POPULATION_REPEATED", field=where, text=f"{stratum} is given twice.")
        seen.add(frozenset(parts))


def unknown_measure(measure: str) -> Against:
    """A refusal, because the measure is neither in the catalog nor declared for the community."""
    text = f"There is no measure {measure} for this community. docs/measures.md and `qio measures list` tell of all."
    return against("MEASURE_UNKNOWN", "measure", text)


def not_chosen() -> Against:
    """A refusal, because the coalition has not chosen the measure."""
    return against("MEASURE_NOT_CHOSEN", "measure", "The coalition has not chosen this measure. Choose it first.")
