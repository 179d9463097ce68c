"""Planning how a chosen measure is followed, and when its target can be seen."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from services.recruitment.domain.coalitions import power, quarters
from services.recruitment.domain.coalitions.catalogue import Listed, Shape
from services.recruitment.domain.coalitions.declared import listed
from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.coalitions.measuring import not_chosen, unknown_measure
from services.recruitment.domain.coalitions.reasons import not_possible
from services.recruitment.domain.coalitions.state import Action
from shared.contracts.recruitment.coalition_commands import PlanMeasurement
from shared.contracts.recruitment.coalition_terms import Chart, Choice, Direction, Method, Plan
from shared.contracts.recruitment.coalitions import MeasurementPlanned
from shared.contracts.replies import Reason
from shared.records.deciding import Against, Asked, Decided, Held, against

# The last quarter that the contracts of coalitions can name.
LAST: Final = "2099Q4"
_FITS = {Chart.P: Shape.SHARE, Chart.U: Shape.RATE}


def plan(command: PlanMeasurement, held: Held, asked: Asked) -> Decided | Against:
    """The next version of a measure's plan; one that sees the target after it is due is made and says so."""
    before = held.get(COALITION, command.community)
    if impossible := not_possible(before, Action.CHANGE_AIMS):
        return impossible
    assert before is not None
    known = before.measures.get(command.measure)
    if known is None or known.dropped_because is not None:
        return not_chosen()
    wanted, known_as = known.now.choice, listed(command.measure, command.community, held)
    if known_as is None:
        return unknown_measure(command.measure)
    reasons = tuple(_about(command, wanted, known_as))
    if reasons:
        return Against(reasons)
    if unseen := _never_seen(command, wanted, known_as):
        return unseen
    event = MeasurementPlanned(
        community=before.id,
        number=before.number,
        actor=asked.actor,
        measure=command.measure,
        version=len(known.plans) + 1,
        wanted=known.now.version,
        plan=planned(command, wanted, known_as),
    )
    made = {
        "community": before.id,
        "name": before.name,
        "measure": command.measure,
        "version": event.version,
        **event.plan.model_dump(mode="json"),
        "due": wanted.due,
        "in_time": event.plan.seen_in <= wanted.due,
    }
    return Decided(made, (event,))


def planned(command: PlanMeasurement, wanted: Choice, listed: Listed) -> Plan:
    """The plan with the quarters that its target needs."""
    needed, number = _needed(command, wanted, listed)
    return Plan(
        source=command.source,
        sampling=command.sampling,
        chart=command.chart,
        frequency=command.frequency,
        baseline=command.baseline,
        target=wanted.target,
        observed=command.observed,
        begins=command.begins,
        method=_METHODS[listed.shape],
        needed=needed,
        quarters=number,
        seen_in=quarters.after(command.begins, number - 1),
    )


def _needed(command: PlanMeasurement, wanted: Choice, listed: Listed) -> tuple[int | None, int]:
    """How many have to be observed (None where a run chart decides), and in how many quarters they are."""
    if listed.per is None:
        return None, power.quarters_of_shift(command.frequency)
    find = power.needed_for_shares if listed.shape is Shape.SHARE else power.needed_for_rates
    needed = find(float(Decimal(command.baseline) / listed.per), float(Decimal(wanted.target) / listed.per))
    return needed, power.quarters(needed, command.observed)


def _never_seen(command: PlanMeasurement, wanted: Choice, listed: Listed) -> Against | None:
    """Why the target will not be seen in any quarter that can be written down."""
    _, number = _needed(command, wanted, listed)
    if number <= quarters.until(command.begins, LAST):
        return None
    text = f"It would take {number} quarters to see this target. Observe more, or choose one further off the baseline."
    return against("NEVER_SEEN", "observed", text)


_METHODS = {
    Shape.SHARE: Method.TWO_PROPORTIONS,
    Shape.RATE: Method.TWO_RATES,
    Shape.AMOUNT: Method.RUN_CHART_SHIFT,
}


def _about(command: PlanMeasurement, wanted: Choice, listed: Listed) -> Iterator[Reason]:
    baseline, target = Decimal(command.baseline), Decimal(wanted.target)
    if baseline == target or (target < baseline) != (wanted.direction is Direction.DOWN):
        text = f"The target ({wanted.target}) is not better than this baseline. Choose another target."
        yield Reason(code="TARGET_NOT_BETTER", field="baseline", text=text)
    if listed.shape is Shape.SHARE and listed.per is not None and baseline > listed.per:
        text = f"The measure is a share out of {listed.per}; its baseline cannot be larger."
        yield Reason(code="OUT_OF_RANGE", field="baseline", text=text)
    if _FITS.get(command.chart, listed.shape) is not listed.shape:
        text = "A p chart is for shares, a u chart for counts per exposure. A run or XmR chart suits this measure."
        yield Reason(code="CHART_UNFIT", field="chart", text=text)
    if command.begins <= quarters.last_of(wanted.baseline_period):
        text = f"The plan begins after the period of the baseline ({wanted.baseline_period})."
        yield Reason(code="DATES_OUT_OF_ORDER", field="begins", text=text)
