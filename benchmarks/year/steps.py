"""What happens in the year, one step after another, whoever carries it out."""

import datetime as dt
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from shared.contracts.message import Command

NETWORK: Final = "nnhqcc"
COHORT: Final = "nnhqcc.c1"
OFFICE: Final = {"office": "New England QIN-QIO", "phone": "1-617-555-0100"}
STARTED: Final = dt.date(2014, 9, 1)
ENDED: Final = dt.date(2015, 10, 15)


@dataclass(frozen=True, slots=True)
class Ask:
    """Commands that are accepted; answered with what each made."""

    commands: tuple[Command, ...]


@dataclass(frozen=True, slots=True)
class AskInVain:
    """Commands that are refused; answered with the codes of each."""

    commands: tuple[Command, ...]


@dataclass(frozen=True, slots=True)
class Pass:
    """Time passes until ``now`` (UTC), and the workers of the clock look once."""

    now: dt.datetime


@dataclass(frozen=True, slots=True)
class HandOut:
    """The pack of a session is made as of a day."""

    session: str
    on: dt.date


Step = Ask | AskInVain | Pass | HandOut
Steps = Generator[Step, list[dict[str, Any]], None]


@dataclass(slots=True)
class Year:
    """What whoever asks remembers: the homes, who has left, the sessions, what was answered."""

    homes: tuple[str, ...]
    guest: str
    gone: dict[str, dt.date] = field(default_factory=dict)
    sessions: list[str] = field(default_factory=list)
    came: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict)  # people and minutes, by session
    refused: list[str] = field(default_factory=list)

    def present(self, day: dt.date) -> list[tuple[int, str]]:
        """The homes in the cohort on a day, each with its number."""
        return [(n, one) for n, one in enumerate(self.homes) if one not in self.gone or day < self.gone[one]]


C = TypeVar("C", bound=Command)


def command(of: type[C], /, **fields: object) -> C:
    """A command of these fields."""
    return of.model_validate({"actor": "staff", **fields})


def ask(commands: Iterable[Command]) -> Generator[Step, list[dict[str, Any]], list[dict[str, Any]]]:
    """Ask all of them together; what each made."""
    found = tuple(commands)
    return (yield Ask(found)) if found else []


def in_vain(year: Year, commands: Iterable[Command]) -> Steps:
    """Ask what is refused, and remember the codes."""
    answers = yield AskInVain(tuple(commands))
    year.refused += [answer["code"] for answer in answers]
