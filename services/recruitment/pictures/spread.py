"""How a practice spread as a scene: from the first on the left to every generation on the right."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from services.recruitment.domain.practices.spread_kind import AdoptionStatus
from services.recruitment.domain.practices.spreading import Link, Place
from services.recruitment.pictures.scene import Arrow, Look, Node, Scene, clean, counted, foot, named

# More cannot be read from the back of a room; then those of a state stand together.
SINGLE: Final = 20
COLUMNS: Final = 5
ROWS: Final = 12
ARROWS: Final = 60
NETWORK: Final = "the network"
OTHERS: Final = "others"
_LOOKS: Final = {
    AdoptionStatus.ADOPTED: Look.ADOPTED,
    AdoptionStatus.TRYING: Look.TRYING,
    AdoptionStatus.ABANDONED: Look.ABANDONED,
}
_HEADINGS: Final = ("First", "Heard at first hand", "Heard at second hand", "At third hand", "At fourth hand")
Groups = Mapping[str, Sequence[Link]]


def spread_scene(
    title: str, links: Sequence[Link], places: Mapping[str, Place], names: Mapping[str, str], as_of: dt.date
) -> Scene:
    """A practice among up to 20 participants one by one, among more by generation and state; ValueError for none."""
    if not links:
        raise ValueError("nobody has taken the practice up yet")
    single = len(links) <= SINGLE
    keys = {one.participant: one.participant if single else _key(one, links, places) for one in links}
    groups: dict[str, list[Link]] = {}
    for one in sorted(links, key=lambda link: (_column(link), link.since, link.participant)):
        groups.setdefault(keys[one.participant], []).append(one)
    columns = sorted({0} | {_column(held[0]) for held in groups.values()})
    adopted = [one for one in links if one.adopted_on is not None]
    states = {places[one.participant].state for one in adopted if one.participant in places}
    arrows, shown = _arrows(links, keys, groups)
    return Scene(
        headline=f"{counted(len(adopted), 'adopter')} in {counted(len(states), 'state')}",
        subject=clean(title),
        remarks=_remarks(links, adopted, shown, len(arrows), single=single),
        nodes=tuple(_nodes(groups, columns, names, places, single=single)),
        arrows=arrows,
        shown=shown,
        columns=tuple((place / len(columns), _heading(number, links)) for place, number in enumerate(columns)),
        foot=foot(as_of, ("Arrows lead from whom it was heard.",)),
    )


def _column(link: Link) -> int:
    return min(link.generation, COLUMNS - 1)


def _state(link: Link, places: Mapping[str, Place]) -> str:
    return places[link.participant].state if link.participant in places else OTHERS


def _key(link: Link, links: Sequence[Link], places: Mapping[str, Place]) -> str:
    """The group of a participant among many: its generation and state; states with few stand together."""
    if link.generation == 0:
        return link.participant
    same = Counter(_state(one, places) for one in links if _column(one) == _column(link))
    ordered = sorted(same, key=lambda state: (-same[state], state))
    state = _state(link, places)
    shown = state if len(ordered) <= ROWS or state in ordered[: ROWS - 1] else OTHERS
    return f"{_column(link)}/{shown}"


def _arrows(links: Sequence[Link], keys: Mapping[str, str], groups: Groups) -> tuple[tuple[Arrow, ...], int]:
    """Those from column to column first, the heaviest of each first; those within the last are not drawn."""
    found = Counter((keys.get(one.teacher or "", NETWORK), keys[one.participant]) for one in links if one.way)
    column = {key: _column(held[0]) for key, held in groups.items()}
    across = {pair: column.get(pair[0], 0) < column[pair[1]] for pair in found}
    # As many from each column, so that no step of the way is left out.
    rank: Counter[int] = Counter()
    place: dict[tuple[str, str], tuple[int, int]] = {}
    for pair in sorted(found, key=lambda one: (-found[one], one)):
        from_column = column.get(pair[0], 0)
        place[pair] = rank[from_column], from_column
        rank[from_column] += 1
    ordered = sorted(found, key=lambda pair: (not across[pair], place[pair]))
    arrows = tuple(Arrow(source=a, target=b, many=found[a, b]) for a, b in ordered)
    return arrows, min(ARROWS, sum(across.values()))


def _nodes(
    groups: Groups,
    columns: Sequence[int],
    names: Mapping[str, str],
    places: Mapping[str, Place],
    *,
    single: bool,
) -> Iterator[Node]:
    for place, number in enumerate(columns):
        held = [(key, links) for key, links in groups.items() if _column(links[0]) == number]
        if number == 0 and not held:
            yield Node(key=NETWORK, label="The network", x=0.0, y=0.5, look=Look.FIRST)
        if not single:
            held.sort(key=lambda pair: (pair[0].endswith(OTHERS), -len(pair[1]), pair[0]))
        for row, (key, links) in enumerate(held):
            x, y = place / len(columns), 1 - (row + 0.5) / len(held)
            yield (
                _one(links[0], names, places, x, y)
                if single or number == 0
                else Node(key=key, label=_together(key, links), x=x, y=y, many=len(links))
            )


def _one(link: Link, names: Mapping[str, str], places: Mapping[str, Place], x: float, y: float) -> Node:
    look = Look.FIRST if link.generation == 0 else _LOOKS[link.status]
    label, tail = named(link.participant, names, places)
    return Node(key=link.participant, label=label, tail=tail, x=x, y=y, look=look)


def _together(key: str, links: Sequence[Link]) -> str:
    adopted = sum(one.status is AdoptionStatus.ADOPTED for one in links)
    return f"{key.partition('/')[2]}: {adopted} of {len(links)}"


def _heading(number: int, links: Sequence[Link]) -> str:
    later = number == COLUMNS - 1 and any(one.generation > number for one in links)
    return f"{_HEADINGS[number]}{' or later' if later else ''}"


def _remarks(
    links: Sequence[Link], adopted: Sequence[Link], shown: int, arrows: int, *, single: bool
) -> tuple[str, ...]:
    now = Counter(one.status for one in links)
    said = f"{now[AdoptionStatus.TRYING]} trying, {now[AdoptionStatus.ABANDONED]} gave it up"
    days = sorted(one.adopted_on for one in adopted if one.adopted_on is not None)
    took = f"; {(days[-1] - days[0]).days} days from the first adopter to the latest" if len(days) > 1 else ""
    grouped = () if single else ("By state: how many have adopted it, of those who took it up.",)
    left = (f"{shown} of {arrows} arrows are drawn; the description has all.",) if shown < arrows else ()
    return (f"{said}{took}.", *grouped, *left)
