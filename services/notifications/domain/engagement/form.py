"""The form of the page of a survey: what a browser sends, read and held to what the command takes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl

from pydantic import ValidationError

from services.notifications.domain.engagement.questions import SURVEYS
from services.notifications.domain.words import clean
from shared.contracts.notifications.engagement import AnsweredBy, RecordSurveyAnswer
from shared.contracts.replies import Reason

VERSION: Final = "version"
SCORES: Final = ("1", "2", "3", "4", "5")
_FIELDS: Final = 50


class Problem(StrEnum):
    """Why answers cannot be kept, as far as whoever gave them can do something about it."""

    UNREADABLE = "UNREADABLE"
    NOTHING = "NOTHING"
    TOO_LONG = "TOO_LONG"


@dataclass(frozen=True, slots=True)
class Form:
    """What was given to each question of a version, as text; what was left empty is not in it."""

    version: str
    given: Mapping[str, str]


def read(body: bytes) -> Form | None:
    """The form as it was sent (application/x-www-form-urlencoded, UTF-8); None for what our page does not send."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, strict_parsing=True, max_num_fields=_FIELDS, errors="strict"
        )
    except ValueError:
        return None
    fields = dict(pairs)
    version = fields.pop(VERSION, "")
    questions = {one.id: one for one in SURVEYS.get(version, ())}
    if len(fields) + 1 != len(pairs) or not questions or fields.keys() - questions.keys():
        return None
    given = {name: clean(value) for name, value in fields.items()}
    if any(text and questions[name].scored and text not in SCORES for name, text in given.items()):
        return None
    return Form(version, MappingProxyType({name: text for name, text in given.items() if text}))


def command(form: Form | None, *, actor: str, code: str, language: str, on: dt.date) -> RecordSurveyAnswer | Problem:
    """The command that keeps the answers, given by the page on a day; a Problem where its contract takes them not."""
    if form is None:
        return Problem.UNREADABLE
    scored = {one.id for one in SURVEYS[form.version] if one.scored}
    values = {
        "actor": actor,
        "code": code,
        "version": form.version,
        "scores": {name: int(text) for name, text in form.given.items() if name in scored},
        "words": {name: text for name, text in form.given.items() if name not in scored},
        "language": language,
        "how": AnsweredBy.ONLINE,
        "answered_on": on,
    }
    try:
        return RecordSurveyAnswer.model_validate(values)
    except ValidationError as error:
        long = all(one["type"] == "string_too_long" for one in error.errors())
        return Problem.TOO_LONG if long else Problem.UNREADABLE


def problem(reasons: tuple[Reason, ...]) -> Problem:
    """What reasons against the command mean for whoever filled in the page."""
    nothing = any(one.code == "NOTHING_ANSWERED" for one in reasons)
    return Problem.NOTHING if nothing else Problem.UNREADABLE
