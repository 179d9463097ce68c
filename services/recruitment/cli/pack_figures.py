"""Reads figures for a pack from the read API of measures: many facilities in one request."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from services.recruitment.domain.networks.topics import TOPICS
from services.recruitment.domain.packs import figures as reading
from services.recruitment.domain.packs.figures import Measure, Series
from services.recruitment.domain.packs.pack import Figures
from shared.cli.read import UNANSWERED, fetch
from shared.contracts.recruitment.learning_terms import Topic
from shared.runtime.settings import Settings

AT_ONCE: Final = 100  # facilities in a request, so that its address stays short
PAGE: Final = 1_000
Ask = Callable[..., Any]


def figures(wanted: Mapping[Topic, Sequence[str]]) -> Figures:
    """Figures of facilities by topic; such as say that measures did not answer, where it did not."""
    try:
        settings = Settings().with_stack()
        return asked(wanted, lambda path, **given: fetch(settings, "measures", path, **given))
    except UNANSWERED:
        return Figures(answered=False)


def asked(wanted: Mapping[Topic, Sequence[str]], ask: Ask) -> Figures:
    """The same of what ``ask`` answers to a path and its parameters; whatever it raises is raised."""
    if not wanted:
        return Figures()
    known = reading.measures(ask("/facilities/measures"))
    series: dict[tuple[Topic, str], Series] = {}
    for topic, units in wanted.items():
        measures = [known[name] for name in TOPICS[topic].facility if name in known]
        found = [_of_measure(one, units, ask) for one in measures]
        for unit in units:
            chosen = reading.chosen([one.get(unit) for one in found])
            if chosen is not None:
                series[topic, unit] = chosen
    return Figures(series)


def _of_measure(measure: Measure, units: Sequence[str], ask: Ask) -> dict[str, Series]:
    """The charts that measures follows; of the others a run chart of what is published."""
    found: dict[str, Series] = {}
    for row in pages("/charts", units, measure.id, ask):
        series = reading.followed(row, measure)
        if series is not None:
            found[series.unit] = series
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in pages("/facilities/figures", [one for one in units if one not in found], measure.id, ask):
        rows.setdefault(row["unit"], []).append(row)
    for unit, own in rows.items():
        series = reading.published(unit, own, measure)
        if series is not None:
            found[unit] = series
    return found


def pages(path: str, units: Sequence[str], measure: str, ask: Ask, **given: Any) -> Iterator[dict[str, Any]]:
    """All answers about these facilities, page by page."""
    for first in range(0, len(units), AT_ONCE):
        some, offset, more = list(units[first : first + AT_ONCE]), 0, True
        while more:
            answer = ask(path, measure=measure, unit=some, limit=PAGE, offset=offset, **given)
            yield from answer
            offset, more = offset + PAGE, len(answer) == PAGE
