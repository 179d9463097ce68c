"""Who learned from whom in a network as a scene: participants, or their states where there are many, in a circle."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from services.recruitment.domain.practices.spreading import Lesson, Place
from services.recruitment.pictures.scene import Arrow, Line, Node, Scene, clean, counted, foot, named

SINGLE: Final = 16
NODES: Final = 20
ARROWS: Final = 40
OTHERS: Final = "others"


def learning_scene(
    title: str,
    lessons: Sequence[Lesson],
    pairings: Sequence[tuple[str, str]],
    places: Mapping[str, Place],
    names: Mapping[str, str],
    as_of: dt.date,
) -> Scene:
    """A network of up to 16 participants one by one, of more by state; ``pairings`` are of teacher and learner.

    Raises ValueError where nobody has learned from anybody.
    """
    taught = [(one.teacher, one.learner, Line.PRACTICE, len(one.practices)) for one in lessons]
    taught += [(teacher, learner, Line.PAIRING, 1) for teacher, learner in pairings]
    if not taught:
        raise ValueError("nobody has learned from anybody yet")
    everybody = sorted({name for one in taught for name in one[:2]})
    single = len(everybody) <= SINGLE
    groups = {one: one for one in everybody} if single else _states(taught, places)
    found: Counter[tuple[str, str, Line]] = Counter()
    within: Counter[str] = Counter()
    for teacher, learner, line, many in taught:
        if groups[teacher] == groups[learner]:
            within[groups[teacher]] += many
        else:
            found[groups[teacher], groups[learner], line] += many
    arrows = [Arrow(source=a, target=b, line=line, many=many) for (a, b, line), many in _heaviest(found)]
    labels = _labels(groups, within, places, names, single=single)
    shown = min(ARROWS, len(arrows))
    teachers, learners = len({one[0] for one in taught}), len({one[1] for one in taught})
    return Scene(
        headline=f"{counted(learners, 'participant')} learned from {counted(teachers, 'other')}",
        subject=clean(title),
        remarks=_remarks(lessons, pairings, shown, len(arrows), single=single),
        nodes=_around(labels, Counter(groups.values())),
        arrows=tuple(arrows),
        shown=shown,
        round=True,
        foot=foot(as_of, ("Arrows lead from teacher to learner, the thicker the more often.",)),
    )


def _heaviest(found: Mapping[tuple[str, str, Line], int]) -> list[tuple[tuple[str, str, Line], int]]:
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))


def _states(taught: Iterable[tuple[str, str, Line, int]], places: Mapping[str, Place]) -> dict[str, str]:
    """The state of each participant; of more than 20 those with least learning stand together."""
    states: dict[str, str] = {}
    weights: Counter[str] = Counter()
    for teacher, learner, _, many in taught:
        for one in (teacher, learner):
            states[one] = places[one].state if one in places else OTHERS
            weights[states[one]] += many
    if len(weights) <= NODES:
        return states
    kept = {state for state, _ in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[: NODES - 1]}
    return {one: state if state in kept else OTHERS for one, state in states.items()}


def _labels(
    groups: Mapping[str, str],
    within: Mapping[str, int],
    places: Mapping[str, Place],
    names: Mapping[str, str],
    *,
    single: bool,
) -> dict[str, tuple[str, str]]:
    """What each node is called, and what stands behind that, in the order of states."""
    if single:
        ordered = sorted(groups, key=lambda one: (places[one].state if one in places else "", one))
        return {one: named(one, names, places) for one in ordered}
    many = Counter(groups.values())
    inside = {one: f", {within[one]} within" if within[one] else "" for one in many}
    return {
        one: (f"{one} ({many[one]}{inside[one]})", "") for one in sorted(many, key=lambda one: (one == OTHERS, one))
    }


def _around(labels: Mapping[str, tuple[str, str]], many: Mapping[str, int]) -> tuple[Node, ...]:
    """On a circle from the top on, clockwise."""
    nodes = []
    for place, (key, (label, tail)) in enumerate(labels.items()):
        turn = 2 * math.pi * place / len(labels)
        x, y = 0.5 + 0.5 * math.sin(turn), 0.5 + 0.5 * math.cos(turn)
        nodes.append(Node(key=key, label=label, tail=tail, x=round(x, 6), y=round(y, 6), many=many[key]))
    return tuple(nodes)


def _remarks(
    lessons: Sequence[Lesson], pairings: Sequence[tuple[str, str]], shown: int, arrows: int, *, single: bool
) -> tuple[str, ...]:
    times = sum(len(one.practices) for one in lessons)
    said = f"Practices were taken up {counted(times, 'time')}; {counted(len(pairings), 'pairing')} agreed to."
    grouped = () if single else ("By state: how many participants, and how often they learned within it.",)
    left = (f"The {shown} strongest of {arrows} arrows are drawn; the description has all.",) if shown < arrows else ()
    return (said, *grouped, *left)
