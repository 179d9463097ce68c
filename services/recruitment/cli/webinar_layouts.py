"""The layouts in which webinar services export who attended: their column names, as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout: for each thing we look for, the headings it goes under, in small letters.

    ``joined`` and ``left`` tell of one join; ``first_joined`` heads rows that sum several up, of which only the
    ``duration`` is true. ``hosts`` are section titles and roles of those who hold the webinar. ``told_by``: headings
    that only this layout has.
    """

    name: str
    told_by: frozenset[str]
    email: tuple[str, ...]
    person: tuple[str, ...]
    joined: tuple[str, ...]
    left: tuple[str, ...]
    duration: tuple[str, ...]
    attended: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    first_joined: tuple[str, ...] = ()
    hosts: frozenset[str] = frozenset()


# Read from exports and their readers that are public, not from a promise of the services: a layout that has changed
# is recognised by none of these, and the file refused as a whole. That of GoTo is the least certain.
LAYOUTS: Final = (
    Layout(
        name="zoom-webinar",
        told_by=frozenset({"user name (original name)", "time in session (minutes)"}),
        email=("email",),
        person=("user name (original name)",),
        joined=("join time",),
        left=("leave time",),
        duration=("time in session (minutes)",),
        attended=("attended",),
        hosts=frozenset({"host details"}),
    ),
    Layout(
        name="zoom-meeting",
        told_by=frozenset({"name (original name)"}),
        email=("user email", "email"),
        person=("name (original name)",),
        joined=("join time",),
        left=("leave time",),
        duration=("duration (minutes)", "total duration (minutes)"),
    ),
    Layout(
        name="webex",
        told_by=frozenset({"attendance duration"}),
        email=("attendee email", "email"),
        person=("display name", "name"),
        joined=("join time",),
        left=("leave time",),
        duration=("attendance duration",),
        role=("role",),
        hosts=frozenset({"host"}),
    ),
    Layout(
        name="goto",
        told_by=frozenset({"email address"}),
        email=("email address",),
        person=("name", "last name"),
        joined=("join time",),
        left=("leave time",),
        duration=("time in session", "time in session (minutes)"),
        attended=("attended",),
    ),
    Layout(
        name="teams",
        told_by=frozenset({"name", "full name"}),
        email=("email", "participant id (upn)"),
        person=("name", "full name"),
        joined=("join time",),
        left=("leave time",),
        duration=("in-meeting duration", "duration"),
        role=("role",),
        first_joined=("first join", "first join time"),
        hosts=frozenset({"organizer"}),
    ),
)
NAMES: Final = tuple(one.name for one in LAYOUTS)
# How registration forms head the question who somebody comes from.
PARTICIPANT: Final = (
    "ccn",
    "facility ccn",
    "cms certification number",
    "cms certification number (ccn)",
    "medicare provider number",
    "participant",
    "qio participant id",
)


def heading(text: str) -> str:
    """A heading as layouts have it: small letters, single blanks."""
    return " ".join(text.split()).lower()


def places(cells: Sequence[str]) -> Mapping[str, int]:
    """Where each heading of a line is; of two alike the first."""
    return {heading(cell): place for place, cell in reversed(list(enumerate(cells))) if cell.strip()}


def layout_of(where: Mapping[str, int], wanted: str | None) -> Layout | None:
    """The layout whose header this line is: it has its headings, and when somebody was there or for how long."""
    for one in LAYOUTS:
        if wanted is not None and one.name != wanted:
            continue
        times = any(name in where for name in one.joined) and any(name in where for name in one.left)
        if one.told_by & where.keys() and (times or any(name in where for name in one.duration)):
            return one
    return None
