"""Reads what is given to calculators; what is wrong with it is a ValueError whose sentence names the option."""

import re
from fractions import Fraction
from typing import Annotated, Final

import typer

MOST: Final = 1_000_000_000  # keeps every sum of chances within a second
_NUMBER: Final = re.compile(r"[+-]?(\d{1,18}(\.\d{0,18})?|\.\d{1,18})")
_WHOLE: Final = re.compile(r"[+-]?\d{1,18}")

Pairs = Annotated[
    list[str] | None, typer.Argument(metavar="[NAME=]EVENTS/OF...", help="Units, such as A=3/120 B=5/80.")
]


def number(text: str, name: str) -> Fraction:
    """An exact decimal number."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{name} must be a number such as 1.25")
    return _within(Fraction(text), name)


def whole(text: str, name: str) -> int:
    """A whole number."""
    if not _WHOLE.fullmatch(text):
        raise ValueError(f"{name} must be a whole number such as 12")
    return int(_within(Fraction(text), name))


def positive(text: str, name: str) -> float:
    """A number above 0, as floating point."""
    found = number(text, name)
    if found <= 0:
        raise ValueError(f"{name} must be above 0")
    return float(found)


def named(text: str, position: int) -> tuple[str, list[str]]:
    """The name before the equals sign, or its position, and the parts between the slashes after it."""
    name, equals, rest = text.rpartition("=")
    if equals and not name:
        raise ValueError(f"unit {position} has no name before its equals sign")
    return name or f"unit {position}", rest.split("/")


def pairs(texts: list[str] | None) -> list[tuple[str, int, Fraction]]:
    """Name, events and what they are counted in, of each."""
    found = []
    for position, text in enumerate(texts or [], 1):
        name, parts = named(text, position)
        if len(parts) != 2:
            raise ValueError(f"unit {position} must look like NAME=EVENTS/OF, such as A=3/120")
        found.append((name, whole(parts[0], f"events of {name}"), number(parts[1], f"the exposure of {name}")))
    return found


def shares(texts: list[str] | None) -> list[tuple[str, int, int]]:
    """Name, events and trials of each."""
    found = []
    for name, events, of in pairs(texts):
        if of.denominator != 1:
            raise ValueError(f"trials of {name} must be a whole number such as 12")
        found.append((name, events, int(of)))
    return found


def _within(value: Fraction, name: str) -> Fraction:
    if abs(value) > MOST:
        raise ValueError(f"{name} must be at most {MOST}")
    return value
