"""Reads the letter templates that come with the service."""

from pathlib import Path

from services.notifications.domain.letters import Letters

_FOLDER = Path(__file__).parent / "templates"


def load_letters() -> Letters:
    """All letters, compiled; a template with a mistake raises at start."""
    return Letters({path.name: path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.j2"))})
