"""How the reviewer commands speak with the service, and what they print of its answer."""

from typing import Any
from uuid import UUID

from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.contracts.message import Command


def upper(state: str | None) -> str | None:
    """A State as the service knows it."""
    return None if state is None else state.upper()


def read(path: str, **parameters: Any) -> Any:
    """The answer of the read API, for case work."""
    # Imported when asked: the HTTP side takes half a second to load, which a command must not pay for.
    from shared.cli.read import get  # noqa: PLC0415
    from shared.runtime.purpose import Purpose  # noqa: PLC0415

    return get("complaints", path, purpose=Purpose.CASE_WORK, **parameters)


def send(command: type[Command], reviewer: UUID, values: dict[str, Any], *, json: bool) -> None:
    """Send a command about a reviewer and print the answer; what cannot be sent is refused by field, exit 1."""
    message = command_of(command, {**values, "reviewer_id": reviewer})
    made = ask(message, str(reviewer))
    if json:
        as_json(made)
    else:
        _print(made)


def _print(made: dict[str, Any]) -> None:
    retired = f", retired on {made['retired_on']}" if made["retired_on"] else ""
    say(f"Reviewer {made['reviewer_id']}, up to {made['capacity']} open cases{retired}")
    for shift in made["shifts"]:
        who = f"{shift['profession']} {shift['specialty'] or ''}".strip()
        period = f"{shift['start']} to {shift['end']}"
        say(f"  on call {period} for {' '.join(shift['states'])} as {who} ({shift['shift_id']})")
    if made["shifts_withdrawn"]:
        say(f"Shifts that fell away or were cut: {' '.join(made['shifts_withdrawn'])}")
    if made["retired_on"] and made["open_cases"]:
        say(f"Cases to give to others: {' '.join(made['open_cases'])}")
