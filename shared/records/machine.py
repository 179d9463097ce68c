"""A machine of states: one table of transitions; whatever is not in it is refused with what would be possible."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from shared.contracts.replies import Reason

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Machine(Generic[S, A]):
    """Which action leads from which state to which.

    ``name`` is what the machine is about, in the words of a reason (``the engagement``).
    """

    name: str
    table: Mapping[tuple[S, A], S]

    def after(self, state: S, action: A) -> S | None:
        """The state that follows, None where the action is not possible."""
        return self.table.get((state, action))

    def possible(self, state: S) -> tuple[A, ...]:
        """The actions that are possible, in the order of the table."""
        return tuple(action for (before, action) in self.table if before is state)

    def reason_against(self, state: S, action: A, field: str | None = None) -> Reason | None:
        """Why the action is not possible now; None when it is."""
        if (state, action) in self.table:
            return None
        possible = ", ".join(words(one) for one in self.possible(state))
        then = f"from there is possible: {possible}" if possible else "that is its end"
        text = f"{self.name[:1].upper()}{self.name[1:]} is {words(state)}; {then}."
        return Reason(code="STATE", field=field, text=text)


def words(value: StrEnum) -> str:
    """A state or action as it is said: ``SIGN_UP`` is ``sign up``."""
    return value.value.replace("_", " ").lower().replace("ltss", "LTSS")
