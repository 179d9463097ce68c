"""Who has the work of a case: taken up, given back, handed on; what one has, no other gets."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from services.complaints.domain.refusal import Refusal
from shared.contracts.replies import Reason
from shared.contracts.work import WorkRole


class Entry(NamedTuple):
    """One line for the audit of the case: who did what and when."""

    at: dt.datetime
    actor: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who has the work of a case while it is ``role``'s turn, and since when (UTC); ``unsaved`` are audit lines."""

    case_id: UUID
    role: WorkRole
    holder: str | None = None
    since: dt.datetime | None = None
    unsaved: tuple[Entry, ...] = ()

    def at_turn_of(self, role: WorkRole) -> "Claim":
        """The claim as it stands when it is this role's turn: what was taken as another role has lapsed."""
        return self if role is self.role else replace(self, role=role, holder=None, since=None)

    def taken(self, by: str, now: dt.datetime) -> "Claim":
        """``by`` has it; who has it already keeps it since when it was taken. Refused while another has it."""
        if self.holder not in (None, by):
            raise Refusal(_reason("ALREADY_CLAIMED", "case_id", "Somebody else has this work already."))
        return self if self.holder == by else replace(self, holder=by, since=now)

    def released(self, by: str) -> "Claim":
        """Nobody has it. Refused to anybody but the holder."""
        if self.holder is None or self.holder != by:
            raise Refusal(_reason("NOT_HOLDER", "actor", "Only who has the work can give it back."))
        return replace(self, holder=None, since=None)

    def handed(self, to: str, holder: str | None, now: dt.datetime) -> "Claim":
        """``to`` has it, who may have it already. Refused when ``holder`` is not who has it now."""
        if self.holder != holder:
            text = "The work is not with whom the request says; look again who has it."
            raise Refusal(_reason("HOLDER_CHANGED", "holder", text))
        return self if self.holder == to else replace(self, holder=to, since=now)

    def noted(self, entry: Entry) -> "Claim":
        """With a line for the audit."""
        return replace(self, unsaved=(*self.unsaved, entry))


def _reason(code: str, field: str, text: str) -> Reason:
    return Reason(code=code, field=field, text=text)
