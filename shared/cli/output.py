"""How the command line speaks: sentences for people, JSON for machines, refusals on standard error."""

import sys
from typing import Any, NoReturn

import orjson


def as_json(value: Any) -> None:
    """Print one JSON document."""
    text = orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS, default=str)
    sys.stdout.write(text.decode() + "\n")


def as_json_line(value: Any) -> None:
    """Print one JSON document on one line."""
    sys.stdout.write(orjson.dumps(value, default=str).decode() + "\n")


def say(text: str) -> None:
    """Print a line for people."""
    sys.stdout.write(text + "\n")


def fail(sentence: str, status: int = 1) -> NoReturn:
    """Say why it cannot be done, and end with a status that is not zero."""
    sys.stderr.write(sentence + "\n")
    raise SystemExit(status)
