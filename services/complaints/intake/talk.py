"""How the intake commands speak with the service."""

import re
from typing import Any

from shared.cli.ask import ask, command_of
from shared.contracts.message import Command

_REFERENCE = re.compile("[0-9a-f]{32}")


def send(command: type[Command], key: str, **values: Any) -> dict[str, Any]:
    """What the command made; what cannot be sent is refused by field, and whatever is refused exits 1."""
    message = command_of(command, values)
    return ask(message, key)


def read(path: str, **parameters: Any) -> Any:
    """The answer of the read API, for case work."""
    # Imported when asked: the HTTP side takes half a second to load, which an answer must not pay for.
    from shared.cli.read import get  # noqa: PLC0415
    from shared.runtime.purpose import Purpose  # noqa: PLC0415

    return get("complaints", path, purpose=Purpose.CASE_WORK, **parameters)


def find(callback: str) -> list[dict[str, Any]]:
    """Open interviews with that number to call back."""
    from shared.cli.talk import post  # noqa: PLC0415

    found: list[dict[str, Any]] = post("complaints", "/intakes/search", {"callback": callback})
    return found


def referred(answers: dict[str, str]) -> dict[str, str]:
    """The answers with a Medicare number turned into its reference: the number itself goes no further."""
    number = re.sub(r"[\s-]", "", answers.get("beneficiary", ""))
    if not number or _REFERENCE.fullmatch(number):
        return answers
    from shared.feeds.commands import reference_of, settings_or_fail  # noqa: PLC0415

    return answers | {"beneficiary": reference_of(settings_or_fail()).beneficiary(number.upper())}
