"""How targets are ranked: part of the page of recruitment."""

from typing import Final

from services.recruitment.domain.targets.changes import COUNTS
from services.recruitment.domain.targets.signals import SMALL
from services.recruitment.domain.targets.weights import (
    APART,
    EXPERIENCE,
    INFECTIONS,
    MEASURES,
    POPULATIONS,
    SPECIAL_FOCUS,
    STARS,
    STEPS,
    WEIGHTS,
    Group,
)
from services.recruitment.pages.cells import plain, table

_INTRODUCTION: Final = """
## Whom to invite first

A score is the sum of its parts, equal scores go by identifier. The group decides first; the most that everything else
can add stays below the distance between two groups. Stars and special focus are what Medicare says of nursing homes. Of
several signals of one kind the strongest counts. `qio recruit targets` lists, `qio recruit why` names every part.
"""
_SIGNALS: Final = """
A result of measures is a signal where it is worse for certain: the low end of its interval lies above the high end of
that of the state (of the nation where there is none of the state), for the same four quarters, stratum and definition,
and on either side neither what is counted nor the rest is {small} or less. It is asked of the hospital itself and of
the community that has the participant's ZIP code. By how much it is worse decides the steps; a concern is one step,
however many there are:
"""
_MEASURES: Final = "\nFollowed are measures of which lower is better and an interval is published:\n"
_OWN: Final = """
Of a facility itself, or of the community around it, a control chart that signals a change for the worse is a signal of
one step, however many charts and rules there are, until the signal is retracted. Of a hospital the standardized ratios
of these infections are signals where they are above 1 for certain, with more than {small} infections; by how much
decides the steps. Both count until {days} days after the end of their period:
"""
_POPULATIONS: Final = """
For everybody a measure counts as its kind says; for these populations as `SPECIAL_POPULATION`
([strata](measures.md#strata)):
"""


def targets() -> str:
    """Groups, weights and signals with their reasons."""
    steps = (
        (f"{least:.0%} or more" if least else "at all", number)
        for least, number in sorted(STEPS, key=lambda step: -step[0])
    )
    measures = ((f"`{name}`", f"`{one.kind}`", one.words, one.per) for name, one in MEASURES.items())
    return (
        _INTRODUCTION
        + table(("what is known", "weight", "why so much"), _parts())
        + _SIGNALS.format(small=SMALL)
        + table(("worse by", "steps"), steps)
        + _MEASURES
        + table(("measure", "kind", "what", "unit"), measures)
        + _OWN.format(small=SMALL, days=COUNTS.days)
        + table(("measure", "what"), ((f"`{name}-sir-…`", words) for name, words in INFECTIONS.items()))
        + _POPULATIONS
        + table(("stratum", "who"), ((f"`{name}`", who) for name, who in POPULATIONS.items()))
    )


def _parts() -> list[tuple[str, object, str]]:
    task = "Task C.2: all eligible homes, One-Star homes especially"
    groups = {
        Group.ONE_STAR: ("One-Star home", f"{task}."),
        Group.SPECIAL_FOCUS: ("special focus facility", "Next after One-Star homes."),
        Group.SIGNALLED: ("a signal of measures or concerns", "Before those without one."),
        Group.ELIGIBLE: ("eligible", "All eligible take part."),
    }
    rows: list[tuple[str, object, str]] = [
        (f"group: {words}", group * APART, why) for group, (words, why) in groups.items()
    ]
    rows.append(("One-Star home and special focus", SPECIAL_FOCUS, "Before the other One-Star homes."))
    rows += [
        ("not rated", weight, "Too new, or data are lacking: between two stars and three.")
        if stars is None
        else (f"{stars} stars", weight, "Worse ratings need more help.")
        for stars, weight in STARS.items()
    ]
    rows.append(("experience in other collaboratives", EXPERIENCE, "Decides among equals; it may mentor others."))
    rows += [(f"signal: {plain(kind)}", f"{one.per_step} a step", one.reason) for kind, one in WEIGHTS.items()]
    return rows
