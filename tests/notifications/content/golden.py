"""The letters as they were last read by eye: ``python -m tests.notifications.content.golden`` writes them anew."""

from pathlib import Path
from typing import Final

from tests.notifications.content.written import TEXTS, write

FOLDER: Final = Path(__file__).parents[1] / "golden"
# Letters that read differently for whoever acts for the patient.
_ALSO: Final = (
    ("DECISION_LETTER", "representative", "en"),
    ("DECISION_LETTER", "representative", "es"),
    ("DECISION_CALL", "representative", "en"),
    ("DECISION_CALL", "representative", "es"),
)
REVIEWED: Final = (*TEXTS, *_ALSO)


def as_reviewed() -> dict[str, str]:
    """File name and content of every letter as it is now."""
    files = {}
    for kind, role, language in REVIEWED:
        letter = write(kind, role, language)
        files[f"{kind}.{role}.{language}.txt"] = letter.text
        files[f"{kind}.{role}.{language}.html"] = letter.html
    return files


if __name__ == "__main__":
    written = as_reviewed()
    for path in FOLDER.iterdir():
        if path.name not in written:
            path.unlink()
    for name, content in written.items():
        (FOLDER / name).write_text(content, encoding="utf-8")
