"""The rules of survey answers: kept once for each invitation, and erased when whoever answered wishes it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, Final

from services.notifications.domain.engagement.checks import ahead
from services.notifications.domain.engagement.codes import Codes, Invited
from services.notifications.domain.engagement.kinds import SURVEY
from services.notifications.domain.engagement.questions import SURVEYS
from shared.contracts.notifications.engagement import (
    RecordSurveyAnswer,
    SurveyAnswered,
    SurveyAnswerErased,
    SurveyFacts,
    WithdrawSurveyAnswer,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against, refused

# A code tells the week in which its invitation was due. It may have come a week before, and the end of a day in the
# zone of the case is a day later in UTC.
_EARLY: Final = dt.timedelta(days=8)


def rules(codes: Codes) -> tuple[AnyRule, ...]:
    """The rules; ``codes`` reads what invitations gave."""
    keys = partial(_keys, codes=codes)
    return (
        Rule(RecordSurveyAnswer, keys, partial(answer, codes=codes)),
        Rule(WithdrawSurveyAnswer, keys, partial(take_back, codes=codes)),
    )


def answer(command: RecordSurveyAnswer, held: Held, asked: Asked, *, codes: Codes) -> Decided | Against:
    """Keep the answers; the same again change nothing."""
    invited = codes.read(command.code)
    if invited is None:
        return _unknown()
    before = held.get(SURVEY, invited.survey)
    told = command.model_dump(exclude={"actor", "code"})
    facts = SurveyFacts(group=invited.group, **told)
    if reasons := refused((*_about(command, invited), *ahead(command.answered_on, "answered_on", asked.now))):
        return reasons
    if before is not None and before.facts is None:
        return against("TAKEN_BACK", "code", "The answers were taken back.")
    if before is not None and before.facts != facts:
        return against("ANSWERED", "code", "This survey was answered already.")
    made = {"survey": invited.survey, "group": invited.group.value, "changed": before is None}
    return Decided(made, (SurveyAnswered(survey=invited.survey, facts=facts),) if before is None else ())


def take_back(command: WithdrawSurveyAnswer, held: Held, asked: Asked, *, codes: Codes) -> Decided | Against:
    """Erase the answers; where there are none, nothing changes."""
    del asked
    invited = codes.read(command.code)
    if invited is None:
        return _unknown()
    before = held.get(SURVEY, invited.survey)
    known = before is not None and before.facts is not None
    made = {"survey": invited.survey, "changed": known}
    return Decided(made, (SurveyAnswerErased(survey=invited.survey),) if known else ())


def _about(command: RecordSurveyAnswer, invited: Invited) -> Iterator[Reason]:
    questions = SURVEYS.get(command.version)
    if questions is None:
        yield Reason(code="VERSION_UNKNOWN", field="version", text="There is no such version of the survey.")
        return
    for field, given, scored in (("scores", command.scores, True), ("words", command.words, False)):
        if given.keys() - {one.id for one in questions if one.scored is scored}:
            names = ", ".join(one.id for one in questions if one.scored is scored)
            yield Reason(code="QUESTION_UNKNOWN", field=field, text=f"The questions are: {names}.")
    if not command.scores and not command.words:
        yield Reason(code="NOTHING_ANSWERED", field="scores", text="There is no answer in it.")
    if command.answered_on < invited.week - _EARLY:
        text = "The day is before the invitation."
        yield Reason(code="DATES_OUT_OF_ORDER", field="answered_on", text=text)


def _unknown() -> Against:
    return against("CODE_UNKNOWN", "code", "The code is none of ours; read it again.")


def _keys(command: Any, ids: Ids, *, codes: Codes) -> Iterable[str]:
    del ids
    invited = codes.read(command.code)
    return () if invited is None else (SURVEY.key(invited.survey),)
