"""Which signals concern a facility: its own as a hospital, those of the community around its ZIP code, concerns."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.recruitment.domain.targets.signals import Result, Signal, Weighed, concern, signal, strongest, weigh
from services.recruitment.domain.targets.weights import Kind

NATION: Final = ("nation", "US")


@dataclass(frozen=True, slots=True)
class Around:
    """A community at a version, and the ZIP codes among its areas (SSA counties cannot be told from a ZIP code)."""

    id: str
    version: int
    zips: tuple[str, ...]


class Places:
    """Finds the signals of facilities among many results.

    A result is compared with that of the facility's state, and with the nation's only where there is none of the
    state. Results of a community as it was defined before say nothing until it is measured anew.
    """

    def __init__(
        self, results: Iterable[Result], communities: Iterable[Around], concerns: Mapping[str, Sequence[str]]
    ) -> None:
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
            if ("community", community.id) in self._own
            for code in community.zips
        }
        self._concerns = concerns
        self._found: dict[tuple[str, str], tuple[Signal, ...]] = {}

    def of(self, ccn: str, zip_code: str, state: str) -> tuple[Signal, ...]:
        """The strongest signal of each kind for a facility, heaviest first."""
        around = self._around.get(zip_code)
        own = self._own.get(("hospital", ccn))
        topics = self._concerns.get(ccn)
        if own is None and topics is None:
            return self._of_community(around, state) if around else ()
        found = list(self._of_community(around, state)) if around else []
        if own is not None:
            found += self._compared(own, state, "of this hospital")
        if topics:
            found.append(concern(topics))
        return strongest(found)

    def _of_community(self, community: Around, state: str) -> tuple[Signal, ...]:
        known = self._found.get((community.id, state))
        if known is None:
            now = [one for one in self._own["community", community.id] if one.unit_version == community.version]
            known = strongest(self._compared(now, state, f"in the community {community.id}"))
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
