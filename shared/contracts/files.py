"""The committed contract files: JSON Schemas and golden examples, written on purpose and checked by test."""

import json
from pathlib import Path
from typing import Any, Final

from shared.contracts.asyncapi import schema
from shared.contracts.catalog import message_types

FOLDER: Final = Path(__file__).parent / "schemas"
EXAMPLES: Final = Path(__file__).parent / "examples"


def render(value: dict[str, Any]) -> str:
    """The one way a contract file is written."""
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write_schemas() -> list[Path]:
    """Write every message's schema; returns the files that changed."""
    FOLDER.mkdir(exist_ok=True)
    changed = []
    for name, message in message_types().items():
        path = FOLDER / f"{name}.json"
        text = render(schema(message))
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            changed.append(path)
    return changed
