"""Which QIO answers for where the service was given, on the day of the request; whom to call where it is another."""

import datetime as dt
from dataclasses import dataclass

from services.complaints.domain import clock
from services.complaints.domain.intake.draft import Draft
from services.complaints.domain.intake.request import zone_of
from shared.program.jurisdictions import Responsible, jurisdiction


@dataclass(frozen=True, slots=True)
class Served:
    """The areas this QIO answers for (none given: all), and the lines of the others by area."""

    areas: frozenset[str] = frozenset()
    lines: tuple[tuple[str, str], ...] = ()
    general_line: str = "1-800-MEDICARE (1-800-633-4227)"

    def ours(self, area: str | None) -> bool:
        """Whether a case of that area stays here; an area nobody can name is never sent away."""
        return not self.areas or area is None or area in self.areas

    def line(self, area: str | None) -> str:
        """The number to call for an area."""
        return dict(self.lines).get(area or "", self.general_line)


def responsible(draft: Draft) -> Responsible | None:
    """The QIO of the State of service on the local day of the first contact; None before the State is known."""
    state = draft.answer("state")
    return jurisdiction(state, received_on(draft)).bfcc_qio if state is not None else None


def received_on(draft: Draft) -> dt.date:
    """The local day of the first contact."""
    return clock.local_date(draft.first_contact().at, zone_of(draft))
