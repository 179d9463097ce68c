"""What all commands of ``qio feed`` have in common: their options, sending, and what they say at the end."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from shared.cli.output import as_json, fail, say
from shared.feeds import commands
from shared.feeds.reference import Reference
from shared.feeds.rows import Counts, UnusableFile
from shared.runtime.clock import utc_now

Json = Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")]
RejectsFile = Annotated[Path | None, typer.Option(help="Where rejected rows are written down (place and rule only).")]


def day(text: str | dt.date) -> dt.date:
    """A date option."""
    return text if isinstance(text, dt.date) else dt.date.fromisoformat(text)


def not_future(as_of: dt.date) -> None:
    """Ends the command where the vintage of a file lies in the future."""
    if as_of > utc_now().date():
        # A vintage of the future would win over every real file to come.
        fail("The date of the file's content lies in the future.", 2)


def reference() -> Reference:
    """What makes references of people's numbers, by the key of this platform."""
    return commands.reference_of(commands.settings_or_fail())


def send(kind: str, parts: Callable[[], list[commands.Part]], rejects: Path | None, json: bool) -> None:
    """Send what these files give, and say what became of it; exits 2 where they are not such files."""
    try:
        found = parts()
    except UnusableFile as error:
        fail(str(error), 2)
    _report(commands.run(commands.settings_or_fail(), kind, found, rejects), json)


_WHOSE: Final = {
    "nursing homes": "homes",
    "residents": "homes",
    "hospitals": "hospitals",
    "infections": "hospitals",
    "scores": "hospitals",
    "counts": "facilities",
    "evidence": "practices",
}
"""Who the keys of a feed are, where they are no people."""


def _report(loaded: commands.Loaded, json: bool) -> None:
    if json:
        as_json(loaded.as_json())
        return
    for name, counts in loaded.counts.items():
        say(_sentence(name.replace("_", " "), counts, loaded.keys[name]))
    if loaded.rejected:
        say(f"Rejected rows are listed by file, line, field and rule in {loaded.rejects}.")
    say(f"Done in {loaded.seconds:.1f} s.")


def _sentence(name: str, counts: Counts, keys: int) -> str:
    parts = [f"{counts.read:,} rows read", f"{counts.records:,} sent", f"{counts.rejected:,} rejected"]
    parts += [f"{count:,} {why}" for why, count in sorted(counts.folded.items())]
    if counts.repaired:
        parts.append(f"{counts.repaired:,} repaired")
    if name.startswith("value set "):
        return f"{name.capitalize()}: {', '.join(parts)}."
    whose = _WHOSE.get(name, "beneficiaries")
    return f"{name.capitalize()}: {', '.join(parts)}; {keys:,} {whose}."
