"""Which signals concern a facility: its own, those of the community around its ZIP code, concerns."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.recruitment.domain.targets.changes import Infections, changed, harm
from services.recruitment.domain.targets.signals import Result, Signal, Weighed, concern, signal, strongest, weigh
from services.recruitment.domain.targets.weights import Kind

NATION: Final = ("nation", "US")

Charts = Mapping[tuple[bool, str], Sequence[tuple[str, str]]]
"""Charts that changed for the worse, measure and period of each, by whether it is a community's, and the unit."""


@dataclass(frozen=True, slots=True)
class Around:
    """A community at a version, and the ZIP codes among its areas (SSA counties cannot be told from a ZIP code)."""

    id: str
    version: int
    zips: tuple[str, ...]


class Places:
    """Finds the signals of facilities among many results.

    A result is compared with that of the facility's state, and with the nation's only where there is none of the
    state. Results of a community as it was defined before say nothing until it is measured anew. A chart says by itself
    that something changed, a ratio of infections that there were more than predicted.
    """

    def __init__(
        self,
        results: Iterable[Result],
        communities: Iterable[Around],
        concerns: Mapping[str, Sequence[str]],
        charts: Charts | None = None,
        infections: Iterable[Infections] = (),
    ) -> None:
        self._charts = charts or {}
        self._beside: dict[tuple[str, str, str, str], Result] = {}
        self._own: dict[tuple[str, str], list[Result]] = defaultdict(list)
        for one in results:
            if one.unit_type in {"state", "nation"}:
                self._beside[one.key] = one
            else:
                self._own[one.unit_type, one.unit].append(one)
        self._around = {
            code: community
            for community in communities
            if ("community", community.id) in self._own or (True, community.id) in self._charts
            for code in community.zips
        }
        self._concerns = concerns
        self._harms: dict[str, list[Signal]] = defaultdict(list)
        for ratio in infections:
            if (found := harm(ratio)) is not None:
                self._harms[ratio.unit].append(found)
        self._found: dict[tuple[str, str], tuple[Signal, ...]] = {}

    def of(self, ccn: str, zip_code: str, state: str) -> tuple[Signal, ...]:
        """The strongest signal of each kind for a facility, heaviest first."""
        around = self._around.get(zip_code)
        own = self._own.get(("hospital", ccn))
        topics = self._concerns.get(ccn)
        charts = self._charts.get((False, ccn))
        harms = self._harms.get(ccn)
        if own is None and topics is None and charts is None and harms is None:
            return self._of_community(around, state) if around else ()
        found = list(self._of_community(around, state)) if around else []
        if own is not None:
            found += self._compared(own, state, "of this hospital")
        if topics:
            found.append(concern(topics))
        if charts:
            found.append(changed("of this facility", charts))
        found += harms or ()
        return strongest(found)

    def _of_community(self, community: Around, state: str) -> tuple[Signal, ...]:
        known = self._found.get((community.id, state))
        if known is None:
            own = self._own.get(("community", community.id), ())
            now = [one for one in own if one.unit_version == community.version]
            found = self._compared(now, state, f"in the community {community.id}")
            if charts := self._charts.get((True, community.id)):
                found.append(changed(f"of the community {community.id}", charts))
            known = strongest(found)
            self._found[community.id, state] = known
        return known

    def _compared(self, own: Iterable[Result], state: str, where: str) -> list[Signal]:
        """The strongest signal of each kind; only these are put into words."""
        weighed = [found for one in own if (found := self._weighed(one, state)) is not None]
        weighed.sort(key=lambda found: (-found.weight, -found.worse, found.own.measure, found.own.stratum))
        best: dict[Kind, Signal] = {}
        for found in weighed:
            if found.kind not in best:
                best[found.kind] = signal(found, where)
        return list(best.values())

    def _weighed(self, own: Result, state: str) -> Weighed | None:
        of_state = self._beside.get((own.measure, "state", state, own.stratum))
        beside = of_state or self._beside.get((own.measure, *NATION, own.stratum))
        return weigh(own, beside) if beside is not None else None
