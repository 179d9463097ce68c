"""A pack: a cover with agenda and attendance, and a page for each participant, from what is known and figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from services.recruitment.domain.packs import saying
from services.recruitment.domain.packs.blocks import Block, Heading, Items, Pack, Page, Picture, Table, Words
from services.recruitment.domain.packs.drawing import described, draw
from services.recruitment.domain.packs.figures import Series
from services.recruitment.domain.packs.gathered import Attending, Gathered, Known
from shared.contracts.recruitment.learning_terms import Topic

UNREACHABLE: Final = "Measures did not answer when this pack was made, so it shows no figures."
# 42 CFR 480.140: what shows how a provider does is for itself until it agrees to more.
OWN_PAGE: Final = "For this facility alone: hand its page to nobody else."
ASSOCIATION: Final = "A figure that moves while a network works on it shows an association, not what the work achieved."
_PLACES: Final = ("Facility", "Place", "People", "Note")


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of facilities by topic and participant; ``answered`` is False where measures could not be asked."""

    series: Mapping[tuple[Topic, str], Series] = field(default_factory=dict)
    answered: bool = True

    def of(self, topic: Topic, participant: str) -> Series | None:
        """The figures that show a topic at one facility."""
        return self.series.get((topic, participant))


def wanted(gathered: Gathered) -> dict[Topic, list[str]]:
    """Whose figures a pack shows, by topic."""
    found: dict[Topic, list[str]] = {}
    for known in gathered.known:
        for topic in known.topics:
            found.setdefault(topic, []).append(known.place.participant)
    return found


def pack(gathered: Gathered, figures: Figures) -> Pack:
    """The pack of a session. Figures are on their facility's own page, and on a peer's where it consents to that."""
    day = gathered.starts_at.astimezone(ZoneInfo(gathered.zone)).date()
    foot = f"{gathered.title}, {day.isoformat()}; as of {gathered.on.isoformat()}"
    pages = tuple(_page(one, figures, number) for number, one in enumerate(gathered.known, 1))
    return Pack(gathered.title, foot, tuple(_cover(gathered, figures)), pages)


def _cover(gathered: Gathered, figures: Figures) -> Iterator[Block]:
    yield from saying.facts(gathered)
    if not figures.answered:
        yield Words(UNREACHABLE)
    yield Heading("Agenda")
    yield Items(gathered.agenda) if gathered.agenda else Words("No agenda is recorded.")
    yield Heading("Who attended" if gathered.held else "Who takes part")
    if not gathered.attending:
        yield Words("Nobody is recorded." if gathered.held else "Nobody is registered.")
        return
    there = [one for one in gathered.attending if not one.waiting]
    people = saying.counted(sum(one.people for one in there), "person", "people")
    yield Words(f"{saying.counted(len(there), 'participant')}, {people}.")
    yield Table(_PLACES, tuple(_row(one) for one in gathered.attending))


def _row(one: Attending) -> tuple[str, ...]:
    note = "waiting for a place" if one.waiting else "guest" if one.guest else ""
    return one.place.called, one.place.where, str(one.people), note


def _page(known: Known, figures: Figures, number: int) -> Page:
    blocks: list[Block] = [Words(OWN_PAGE)]
    for heading, part in (
        ("Your figures", _figures(known, figures)),
        ("Your last test of change", saying.tested(known)),
        ("Assignments", saying.assigned(known)),
        ("A peer to learn with", saying.matched(known)),
        ("Practices you adopted", saying.adopted(known)),
    ):
        blocks += [Heading(heading), *part]
    where = ", ".join(one for one in (known.place.participant, known.place.where) if one)
    return Page(f"page-{number}", known.place.called, where, tuple(blocks))


def _figures(known: Known, figures: Figures) -> Sequence[Block]:
    if not figures.answered:
        return (Words(UNREACHABLE),)
    if not known.topics:
        text = "This facility is in none of the session's cohorts, so no topic says which of its figures to show."
        return (Words(text),)
    blocks: list[Block] = []
    for topic in known.topics:
        found = figures.of(topic, known.place.participant)
        blocks.append(Words(saying.without_figures(topic)) if found is None else _picture(found))
    if any(isinstance(one, Picture) for one in blocks):
        blocks.append(Words(ASSOCIATION))
    return blocks


def _picture(series: Series) -> Picture:
    caption = f"{series.measure.title} ({series.kind}; {series.measure.better} is better)"
    return Picture(draw(series), caption, described(series))
