"""What the notices of a case must say: each element from the case, in the reader's language, or in people's words."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from services.complaints.domain.letters import basics, decisions, federal, quality, rights, sanctions
from services.complaints.domain.letters.source import Source
from services.complaints.domain.letters.telling import Office, Telling
from services.complaints.domain.notices import ELEMENTS, NOTICES

FROM_CASE: Final[Mapping[str, Source]] = MappingProxyType(
    {
        **basics.ELEMENTS,
        **decisions.ELEMENTS,
        **rights.ELEMENTS,
        **quality.ELEMENTS,
        **federal.ELEMENTS,
        **sanctions.ELEMENTS,
    }
)
# What people may write; of everything else the case alone tells, whatever comes with a request.
BY_PEOPLE: Final = frozenset(name for name in ELEMENTS if name not in FROM_CASE or FROM_CASE[name].by_people)

__all__ = ["BY_PEOPLE", "FROM_CASE", "Office", "Source", "Telling", "elements"]


def elements(telling: Telling, kind: str) -> dict[str, str]:
    """Every element of the notice; what people wrote goes before what the case tells. Empty where nothing is known."""
    described = NOTICES[kind]
    said = replace(telling, kind=kind)
    return {name: _element(said, name) for name in (*described.says, *described.may_say)}


def _element(telling: Telling, name: str) -> str:
    written = telling.case.sealed.words.get(name, "")
    source = FROM_CASE.get(name)
    if source is None:
        return written
    if source.before(telling.case.type) and written:
        return written
    return source.tell(telling) or (written if source.instead else "")
