"""The interview while somebody waits: the next question in the caller's language, and what must be said meanwhile."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from services.complaints.domain.intake import script
from services.complaints.domain.intake.draft import Draft
from services.complaints.domain.intake.finder import find
from services.complaints.domain.intake.lateness import Window, needs_good_cause, windows
from services.complaints.domain.intake.place import Served, responsible
from services.complaints.domain.intake.questions import Asked, questions
from services.complaints.domain.intake.request import circumstances, zone_of
from services.complaints.domain.procedure import Late
from services.complaints.domain.procedures import of
from services.complaints.domain.reckoned import Desk, Standing
from shared.contracts.complaints import CaseType


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for the caller; ``code`` is the same in every language, ``citation`` where it is written."""

    code: str
    text: str
    citation: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask next: the words, the kind of answer, the choices with their words, and whether it may stay open."""

    field: str
    text: str
    kind: str
    choices: tuple[tuple[str, str], ...]
    needed: bool


_RECEIPT = "42 CFR 405.1202(b)(1), 405.1206(b)(1)"
# Where it is written what the time of a request means; elsewhere it is the rule of the window itself.
_WRITTEN = {
    "HD-FILING.in_time": "42 CFR 405.1206(f)(2)",
    "HD-FILING.late": "42 CFR 405.1206(b)(5)-(6), (f)(3)",
    "MD-FILING.late": "42 CFR 422.584",
    "ST-FILING.in_time": "42 CFR 405.1202(c), (e)(6), (g)",
    "ST-FILING.late": "42 CFR 405.1202(b)(4)",
    "MT-FILING.in_time": "42 CFR 422.626(d)(5)",
    "IA-LIMIT.late": "42 CFR 476.120(a)(1)",
    "BC-LIMIT.late": "42 CFR 476.120, 476.160",
}


def next_question(draft: Draft, desk: Desk, now: dt.datetime) -> Question | None:
    """The first question not put yet, else the first needed one that stayed open; None when the case can be filed."""
    if find(draft).elsewhere is not None:
        return None
    asked = list(questions(draft, good_cause=needs_good_cause(draft, desk, now)))
    pending = [one for one in asked if not draft.asked(one.id)]
    pending += [one for one in asked if one.needed and draft.asked(one.id) and draft.answer(one.id) is None]
    return _worded(pending[0], draft.language) if pending else None


def consequences(draft: Draft, desk: Desk, served: Served, now: dt.datetime) -> tuple[Said, ...]:
    """What the caller must hear by now: receipt, whose case it is, timeliness and what it means, what is missing."""
    return tuple(_said(draft, desk, served, now))


def _said(draft: Draft, desk: Desk, served: Served, now: dt.datetime) -> Iterator[Said]:
    language, found, zone = draft.language, find(draft), zone_of(draft)
    at = script.when(draft.first_contact(found.case_type).at, zone, language)
    if draft.answer("state") is not None:  # before, nobody knows on whose clock
        yield Said("received", script.said("received", language, at=at), _RECEIPT)
    yield from _place(draft, served, at)
    if found.elsewhere is not None:
        line = served.general_line
        yield Said(found.elsewhere.value, script.said(f"elsewhere.{found.elsewhere.value}", language, line=line))
    for number, window in enumerate(windows(draft, desk, now)):
        # Of a second time, for those who were late, only being late for that too has a consequence.
        if not number or window.late:
            yield from _window(window, language)
    if found.case_type is CaseType.IMMEDIATE_ADVOCACY:
        yield Said("advocacy", script.said("advocacy", language), "42 CFR 476.110, 476.120(a)(1)")
    if draft.answer("caller") == "representative" and draft.answer("authority") == "none":
        yield Said("no_authority", script.said("no_authority", language), "42 CFR 405.910, 476.1")
    if found.case_type is not None and "uncertified" in circumstances(draft, of(found.case_type), zone):
        yield Said("uncertified", script.said("uncertified", language), "42 CFR 405.1202(a)")


def _place(draft: Draft, served: Served, at: str) -> Iterator[Said]:
    qio, state, language = responsible(draft), draft.answer("state"), draft.language
    if qio is None or state is None:
        return
    if qio.area is None:
        yield Said("responsible_unknown", script.said("responsible_unknown", language, state=state), qio.source)
        return
    name = "responsible" if served.ours(qio.area) else "other_qio"
    values = {"qio": qio.name, "area": qio.area, "state": state, "line": served.line(qio.area), "at": at}
    yield Said(name, script.said(name, language, **values), "42 CFR 476.78; 405.1202(b)(1)")


def _window(window: Window, language: str) -> Iterator[Said]:
    found = window.found
    rule, citation = found.rule, found.rule.citation
    until = script.when(found.due_at, window.zone, language)
    standing = {
        Standing.IN_TIME: "in_time",
        Standing.LATE: "late",
        Standing.GOOD_CAUSE_REVIEW: "next_working_day",
    }.get(found.standing, "hour_needed")
    yield Said(standing, script.said(standing, language, until=until), citation)
    if found.relieved:
        yield Said("relieved", script.said("relieved", language), citation)
    meaning = _meaning(window, standing)
    if meaning is not None:
        yield Said(f"{rule.id}.{standing}", script.said(meaning, language), _WRITTEN.get(meaning, citation))


def _meaning(window: Window, standing: str) -> str | None:
    """The sentence that says what the time of the request means, of the rule or of its kind of consequence."""
    rule = window.found.rule.id
    if standing == "in_time":
        return f"{rule}.in_time" if script.knows(f"{rule}.in_time") else None
    if not window.late:
        return None
    if window.limit.late is Late.RETURNED:
        return f"{rule}.late" if rule == "MD-FILING" else "late.returned"
    if script.knows(f"{rule}.late"):
        return f"{rule}.late"
    return f"late.{window.limit.late.name.lower()}"


def _worded(asked: Asked, language: str) -> Question:
    choices = tuple((value, script.choice(asked.id, value, language)) for value in asked.choices)
    return Question(asked.id, script.question(asked.id, language), asked.kind.value, choices, asked.needed)
