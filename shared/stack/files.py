"""Files that appear whole or not at all, readable by their owner alone."""

import os
from contextlib import suppress
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Write a file with mode 0600, over any earlier one."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as stream:
        stream.write(text)


def write_once(path: Path, text: str) -> None:
    """Write a file with mode 0600 unless it exists; of several writers one wins, and no reader sees half of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    write_private(draft, text)
    try:
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
