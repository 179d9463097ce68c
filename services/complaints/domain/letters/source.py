"""Where an element of a notice comes from, and what must be known before a case can tell it."""

from collections.abc import Callable
from dataclasses import dataclass

from services.complaints.domain.letters.telling import Telling
from shared.contracts.complaints import CaseType, Role


@dataclass(frozen=True, slots=True)
class Source:
    """How a case tells an element.

    It can be told only where what is named here is known: a rule of the procedure's ``dues`` for the date, any of
    ``facts``, the ``answer``, any of ``parties``, a determination (``decided``), concerns; in notices of ``kinds``
    only (none: all). ``people``: what they wrote goes before (``people_of``: in cases of these types only);
    ``instead``: it goes where the case knows nothing. Of all else a case is the only one to tell. ``until``: once this
    fact is known only people can tell it.
    """

    tell: Callable[[Telling], str]
    due: bool = False
    facts: tuple[str, ...] = ()
    answer: str | None = None
    parties: tuple[Role, ...] = ()
    decided: bool = False
    concerns: bool = False
    kinds: tuple[str, ...] = ()
    people: bool = False
    people_of: frozenset[CaseType] = frozenset()
    instead: bool = False
    until: str | None = None

    def before(self, case_type: CaseType) -> bool:
        """Whether what people wrote goes before what a case of the type tells."""
        return self.people or case_type in self.people_of

    @property
    def by_people(self) -> bool:
        """Whether people may write it at all."""
        return self.people or self.instead or bool(self.people_of)


def fixed(key: str, *, kinds: tuple[str, ...] = (), people: bool = False) -> Source:
    """Fixed words."""
    return Source(lambda telling: telling.say(key), kinds=kinds, people=people)
