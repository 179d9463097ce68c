"""Reads contacts and answers from the command line."""

import sys
from pathlib import Path
from typing import Any

import orjson
import typer

from services.complaints.intake import talk
from shared.contracts.intake import ContactKind


def contacts(texts: list[str] | None) -> list[dict[str, Any]]:
    """Contacts written as KIND=AT."""
    pairs = [text.partition("=") for text in texts or ()]
    if any(not mark or kind not in set(ContactKind) for kind, mark, _ in pairs):
        raise typer.BadParameter(f"--contact wants KIND=AT, KIND one of {', '.join(ContactKind)}")
    return [{"kind": kind, "at": at} for kind, _, at in pairs]


def answers(texts: list[str] | None, source: str | None) -> dict[str, str]:
    """Answers written as QUESTION=VALUE, and those of a file or standard input; without a Medicare number."""
    found: dict[str, str] = {}
    if source is not None:
        try:
            loaded = orjson.loads(sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes())
        except (orjson.JSONDecodeError, OSError):
            raise typer.BadParameter("--answers is no readable JSON") from None
        if not isinstance(loaded, dict) or not all(isinstance(value, str) for value in loaded.values()):
            raise typer.BadParameter("--answers wants one JSON object of texts")
        found = loaded
    pairs = [text.partition("=") for text in texts or ()]
    if any(not mark or not name for name, mark, _ in pairs):
        raise typer.BadParameter("--answer wants QUESTION=VALUE")
    return talk.referred(found | {name: value for name, _, value in pairs})
