"""What is known for a pack in sentences."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from services.recruitment.domain.networks.topics import TOPICS
from services.recruitment.domain.packs.blocks import Block, Items, Rows, Words
from services.recruitment.domain.packs.drawing import number, period
from services.recruitment.domain.packs.gathered import Answer, Assigned, Gathered, Known, Matched, Tested
from shared.contracts.recruitment.change_test_commands import Decision
from shared.contracts.recruitment.learning_terms import Topic

_DECIDED: Final = {
    Decision.ADOPT: "The change stays.",
    Decision.ADAPT: "It is tried again in another way.",
    Decision.ABANDON: "It was given up.",
}
_EARLIER: Final = {Answer.REPORTED: "reported", Answer.EXCUSED: "excused", Answer.MISSED: "not reported"}


def counted(many: int, one: str, more: str = "") -> str:
    """A number and what is counted."""
    return f"{many:,} {one if many == 1 else more or f'{one}s'}"


def facts(gathered: Gathered) -> Sequence[Block]:
    """When and where a session is, and whom to ask."""
    zone = ZoneInfo(gathered.zone)
    starts, ends = (one.astimezone(zone) for one in (gathered.starts_at, gathered.ends_at))
    until = f"{ends:%H:%M}" if ends.date() == starts.date() else f"{ends:%Y-%m-%d %H:%M}"
    rows = [("When", f"{_day(starts.date())}, {starts:%H:%M} to {until} ({gathered.zone})")]
    rows += [(label, text) for label, text in (("Where", gathered.place), ("Online", gathered.join_url)) if text]
    rows += [("Network", gathered.network), ("Cohorts", ", ".join(gathered.cohorts))]
    rows += [("Questions", f"{gathered.office}, {gathered.phone}")]
    return (Rows(tuple(rows)),)


def tested(known: Known) -> Sequence[Block]:
    """The last test of change, as far as it has come."""
    found = known.tested
    if found is None:
        return (Words("None is recorded yet."),)
    rows = [("Topic", TOPICS[found.topic].words), ("Aim", found.aim), ("Cycle", f"{found.cycle}, {_last(found)}")]
    rows.append(("Expected", found.prediction))
    rows += [(label, text) for label, text in (("Done", found.done), ("Learned", found.learned)) if text]
    if found.decision is not None:
        rows.append(("Decided", _DECIDED[found.decision]))
    return (Rows(tuple(rows)),)


def _last(found: Tested) -> str:
    return f"last recorded on {found.last_on.isoformat()}"


def assigned(known: Known) -> Sequence[Block]:
    """What is owing first, then how it went with the latest period; earlier ones are counted, to keep it to a page."""
    if not known.assigned:
        return (Words("There are none."),)
    order = (Answer.OVERDUE, Answer.OWING, Answer.REPORTED, Answer.EXCUSED, Answer.MISSED)
    latest = max(known.assigned, key=lambda one: one.due_on).period
    told = [one for one in known.assigned if one.period == latest or one.answer in (Answer.OVERDUE, Answer.OWING)]
    told.sort(key=lambda one: (order.index(one.answer), one.due_on, one.title))
    answers = Counter(one.answer for one in known.assigned if one not in told)
    said = (f"{many:,} {words}" for answer, words in _EARLIER.items() if (many := answers[answer]))
    earlier = [f"Earlier action periods: {', '.join(said)}."] if answers else []
    return (Items((*map(_assigned, told), *earlier)),)


def _assigned(one: Assigned) -> str:
    named = f"{one.title} ({one.period}, due {one.due_on.isoformat()})"
    match one.answer:
        case Answer.REPORTED:
            value = "" if one.value is None else f" {number(one.value)}{f' {one.unit}' if one.unit else ''}."
            return f"Reported: {named}.{value} {one.summary or ''}".rstrip()
        case Answer.EXCUSED:
            return f"Excused: {named}."
        case Answer.OVERDUE:
            return f"Overdue, nothing has come yet: {named}."
        case Answer.OWING:
            return f"Still to report: {named}."
        case Answer.MISSED:
            return f"Not reported, and the period is closed: {named}."


def adopted(known: Known) -> Sequence[Block]:
    """The practices that were adopted, the latest first."""
    if not known.adopted:
        return (Words("None is recorded yet."),)
    ordered = sorted(known.adopted, key=lambda one: (one.adopted_on, one.title), reverse=True)
    lines = (f"{one.title} ({TOPICS[one.topic].words}), since {one.adopted_on.isoformat()}" for one in ordered)
    return (Items(tuple(lines)),)


def matched(known: Known) -> Sequence[Block]:
    """Who the peers are, and for what."""
    if not known.matched:
        return (Words("None yet. A peer is named only where both facilities consent."),)
    return (Items(tuple(_matched(one) for one in known.matched)),)


def _matched(one: Matched) -> str:
    where = f" in {one.place.where}" if one.place.where else ""
    about = TOPICS[one.topic].words
    does = f"can tell you about {about}" if one.teaches else f"would like to learn from you about {about}"
    agreed = f"agreed on {one.agreed_on.isoformat()}" if one.agreed_on else "proposed, not yet agreed"
    said = [f"{one.place.called}{where} {does} ({agreed})."]
    if one.next_step:
        said.append(f"Next step: {_sentence(one.next_step)}")
    if one.figures and one.measure:
        told = ", ".join(f"{value} in {period(when)}" for when, value in one.figures)
        said.append(f"Its figures when you were matched, {one.measure.replace('-', ' ')}: {told}.")
    return " ".join(said)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def without_figures(topic: Topic) -> str:
    """Why there is no chart of a topic."""
    shown = TOPICS[topic]
    if shown.missing:
        return f"No chart of {shown.words}: {shown.missing[0].lower()}{shown.missing[1:]}"
    if not shown.facility:
        return f"No chart of {shown.words}: its measures are of communities, not of single facilities."
    return f"No chart of {shown.words}: no figure of this facility is published yet."


def _day(day: dt.date) -> str:
    return f"{day:%A}, {day:%B} {day.day}, {day.year}"
