"""Which communities an intervention is compared with, and which of those asked for cannot be."""

from collections.abc import Collection, Iterable, Mapping

from services.measures.domain import periods
from services.measures.domain.impact import LeftOut
from services.measures.domain.impact_figures import Window
from services.measures.domain.intervention import Intervention
from shared.contracts.recruitment.intervention_terms import Comparison


def candidates(one: Intervention, states: Mapping[str, str]) -> tuple[str, ...]:
    """Those its coalition named, or all others of its state; none where it asked for before and after alone.

    ``states`` is the state of every community that has areas.
    """
    if one.comparison == Comparison.COMMUNITIES:
        return tuple(dict.fromkeys(one.comparison_communities))
    own = states.get(one.community)
    if one.comparison != Comparison.REST_OF_STATE or own is None:
        return ()
    return tuple(sorted(name for name, state in states.items() if state == own and name != one.community))


def unfit(
    one: Intervention,
    wanted: Iterable[str],
    over: Window,
    *,
    known: Collection[str],
    sharing: Collection[str],
    interventions: Iterable[Intervention],
) -> dict[str, LeftOut]:
    """Who cannot be compared over these quarters, and why. ``sharing``: communities that share areas with it."""
    had = _with_kind(one, over, interventions) if over.quarters else frozenset[str]()
    found = {}
    for name in wanted:
        if name == one.community:
            found[name] = LeftOut.ITSELF
        elif name not in known:
            found[name] = LeftOut.UNKNOWN
        elif name in sharing:
            found[name] = LeftOut.OVERLAP
        elif name in had:
            found[name] = LeftOut.SAME_KIND
    return found


def _with_kind(one: Intervention, over: Window, interventions: Iterable[Intervention]) -> frozenset[str]:
    first, last = periods.begin(over.quarters[0]), periods.end(over.quarters[-1])
    return frozenset(
        other.community for other in interventions if other.kind == one.kind and other.ran_between(first, last)
    )
