"""The committed contract files: current schemas, schemas as released, and golden examples.

``schemas/<type>.json`` is what the models say now, written by ``qio catalog schemas``. ``schemas/released/<version>/``
is a ledger: what each release brought that was new or changed, written by ``release`` when a version is made and
never edited once that version is out. A test compares every current schema with every released one, so a break shows
in the commit that makes it. ``examples/<type>/<n>.json`` are golden: files may be added, and each must decode for
ever. A message that is dropped (a dated step of the CHANGELOG) takes its schema, its releases and its examples along.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from shared.contracts.asyncapi import schema
from shared.contracts.catalog import message_types
from shared.contracts.compatibility import breaking_changes

FOLDER: Final = Path(__file__).parent / "schemas"
EXAMPLES: Final = Path(__file__).parent / "examples"
RELEASED: Final = FOLDER / "released"


class BreakingRelease(Exception):  # noqa: N818 - the fact is the name
    """A schema broke a released one; the text lists every break."""


def render(value: dict[str, Any]) -> str:
    """The one way a contract file is written."""
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write_schemas(folder: Path = FOLDER) -> list[Path]:
    """Write every message's schema and remove those of messages there are no more; returns what changed."""
    folder.mkdir(exist_ok=True)
    wanted = {folder / f"{name}.json": render(schema(message)) for name, message in message_types().items()}
    gone = [path for path in folder.glob("*.json") if path not in wanted]
    for path in gone:
        path.unlink()
    changed = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
    for path in changed:
        path.write_text(wanted[path])
    return changed + gone


def current(folder: Path = FOLDER) -> dict[str, dict[str, Any]]:
    """The committed schemas by wire type."""
    return {path.stem: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}


def released(ledger: Path = RELEASED) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every released schema: version, wire type and document, oldest version first."""
    versions = [path for path in ledger.iterdir() if path.is_dir()] if ledger.exists() else []
    for version in sorted(versions, key=lambda path: _order(path.name)):
        for path in sorted(version.glob("*.json")):
            yield version.name, path.stem, json.loads(path.read_text())


def breaks(schemas: dict[str, dict[str, Any]], ledger: Path = RELEASED) -> list[str]:
    """Why these schemas may not be published beside what was released; empty when they may."""
    found = []
    for version, name, old in released(ledger):
        if name not in schemas:
            found.append(f"{name} of {version}: gone")
        else:
            found += [f"{name} of {version}: {reason}" for reason in breaking_changes(old, schemas[name])]
    return found


def release(version: str, folder: Path = FOLDER, ledger: Path | None = None) -> list[Path]:
    """Write into the ledger what is new or changed since the last release; raises BreakingRelease, writing nothing.

    Until a version is out it may be released again; what it then says replaces what it said before.
    """
    ledger = ledger or folder / "released"
    _order(version)
    before = {name: document for number, name, document in released(ledger) if _order(number) < _order(version)}
    schemas = current(folder)
    broken = [
        f"{name}: {reason}"
        for name, old in before.items()
        for reason in (breaking_changes(old, schemas[name]) if name in schemas else ["gone"])
    ]
    if broken:
        raise BreakingRelease("; ".join(broken))
    target = ledger / version
    target.mkdir(parents=True, exist_ok=True)
    for path in target.glob("*.json"):
        path.unlink()
    written = [target / f"{name}.json" for name, document in schemas.items() if before.get(name) != document]
    for path in written:
        path.write_text(render(schemas[path.stem]))
    return written


def _order(version: str) -> tuple[int, ...]:
    """Versions in their order; raises ValueError for what is not numbers and points."""
    return tuple(int(part) for part in version.split("."))
