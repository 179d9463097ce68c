"""What is told of networks' work in a report: plain values for JSON, and rows for a table."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from services.recruitment.domain.networks.topics import TOPICS
from services.recruitment.domain.reports.association import FEWEST, Association
from services.recruitment.domain.reports.helping import Assistance
from services.recruitment.domain.reports.learning import Sessions, SpreadOf
from services.recruitment.domain.reports.movement import Movement

Row = dict[str, Any]
BASIS: Final = (
    "An association, not an effect: mean change of participants less that of facilities that never took part, of the "
    "same setting and state, that began in the same fifth; 95 % interval. No count of 1 to 10 is told."
)
_PLACES: Final = 4


def learning(
    sessions: Sequence[Sessions], spread: Sequence[SpreadOf], given: Sequence[Assistance], moved: Sequence[Movement]
) -> Row:
    """Sessions by network, practices by title, assistance by kind, movement by topic and measure."""
    return {
        "sessions": [asdict(one) for one in sessions],
        "spread": [{**asdict(one), "published_on": one.published_on.isoformat()} for one in spread],
        "assistance": [{**asdict(one), "kind": one.kind.value} for one in given],
        "movement": [_movement(one) for one in moved],
        "movement_basis": BASIS,
    }


def _movement(one: Movement) -> Row:
    found = one.association
    numbers = None if found.compared is None else asdict(found.compared)
    return {
        "topic": one.topic.value,
        "topic_words": TOPICS[one.topic].words,
        "measure": one.measure,
        "better": "higher" if one.higher_is_better else "lower",
        "participants": _told(found.participants),
        "comparable": _told(found.comparable),
        "unmatched": _told(found.unmatched),
        "compared": numbers and {name: round(value, _PLACES) for name, value in numbers.items()},
        "said": _said(one, found),
    }


def _told(count: int) -> int | None:
    return count if count == 0 or count >= FEWEST else None


def _said(one: Movement, found: Association) -> str:
    """The association in a sentence."""
    compared = found.compared
    if compared is None:
        return "Too few facilities on either side to tell of."
    sure = compared.low > 0 or compared.high < 0
    better = (compared.difference > 0) is one.higher_is_better
    way = ("associated with better" if better else "associated with worse") if sure else "not told from chance"
    interval = f"95 % interval {compared.low:+.2f} to {compared.high:+.2f}"
    return f"Participants changed by {compared.difference:+.2f} against comparable ones ({interval}): {way}."


def lines(found: Row, first: str, last: str) -> Iterator[Row]:
    """Rows of the report's table."""
    when = {"from": first, "to": last}
    for one in found["sessions"]:
        yield {"section": "sessions", "item": one["network"], "done": one["held"], **when}
        yield {"section": "attendance", "item": one["network"], "done": one["people"], **when}
        yield {"section": "attending participants", "item": one["network"], "done": one["participants"], **when}
    for one in found["spread"]:
        named = {"item": one["practice"], "name": one["title"], "area": " ".join(one["states"])}
        yield {"section": "spread", **named, "done": one["adopted"], **when}
    for one in found["assistance"]:
        yield {"section": "assistance", "item": one["kind"], "asked": one["received"], "done": one["helps"], **when}
    for one in found["movement"]:
        difference = one["compared"] and one["compared"]["difference"]
        yield {
            "section": "association", "item": one["measure"], "name": one["topic_words"], "done": difference,
            "status": one["said"], **when,
        }  # fmt: skip
