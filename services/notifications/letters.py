"""Reads the letter templates that come with the service, and the page they are printed on."""

from functools import cache
from pathlib import Path

from services.notifications.domain.letters import Letters
from services.notifications.domain.print import Press

_FOLDER = Path(__file__).parent / "templates"


@cache
def load_letters() -> Letters:
    """All letters, compiled once for the process; a template with a mistake raises at start."""
    return Letters({path.name: path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.j2"))})


def load_press() -> Press:
    """What prints letters; one for the process is enough."""
    return Press((_FOLDER / "letter.typ").read_text(encoding="utf-8"))
