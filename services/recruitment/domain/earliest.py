"""Days that no command may name, because they are too long ago: one rule for every date of every command."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import BaseModel

from shared.contracts.message import Command
from shared.contracts.recruitment.owners import RecordParentOwner
from shared.contracts.recruitment.participant_commands import RecordOwnership
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, refused

PROGRAM_FROM: Final = dt.date(1982, 9, 3)


@dataclass(frozen=True, slots=True)
class Bound:
    """The first day that can be meant, why (``text``), and who says so (``citation``, None: our own bound)."""

    first: dt.date
    text: str
    citation: str | None = None


_PROGRAM: Final = Bound(
    PROGRAM_FROM,
    f"There was no program before {PROGRAM_FROM}, when it was enacted.",
    "Peer Review Improvement Act of 1982, Pub. L. 97-248, enacted 3 September 1982",
)
# Owners are older than the program. Our own bound, against slips of the pen; no source sets one.
_OWNED: Final = Bound(dt.date(1700, 1, 1), "Owners are recorded from 1700-01-01 on.")
# Where the program's own beginning is not the bound.
OTHERS: Final[Mapping[tuple[type[Command], str], Bound]] = {
    (RecordOwnership, "since"): _OWNED,
    (RecordParentOwner, "since"): _OWNED,
}


def too_long_ago(command: Command) -> tuple[Reason, ...]:
    """A reason for each date of a command that is before its bound: BEFORE_PROGRAM, with the field and the rule."""
    found = []
    for field, day in dates(command):
        bound = OTHERS.get((type(command), field), _PROGRAM)
        if day < bound.first:
            found.append(Reason(code="BEFORE_PROGRAM", field=field, text=bound.text, citation=bound.citation))
    return tuple(found)


def bounded(rule: AnyRule) -> AnyRule:
    """The rule, which with a day of long ago decides nothing at all."""

    def decide(command: Command, held: Held, asked: Asked) -> Decided | Against:
        return refused(too_long_ago(command)) or rule.decide(command, held, asked)

    return replace(rule, decide=decide)


def dates(value: Any, path: str = "") -> Iterator[tuple[str, dt.date]]:
    """Every date within a message with the path to it (``agreement.signed_on``, ``deliverables[0].due_on``)."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from dates(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, tuple | list):
        for position, one in enumerate(value):
            yield from dates(one, f"{path}[{position}]")
    elif isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        yield path, value
