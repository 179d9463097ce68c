"""What the invitation to a survey gets here: the code by which it is answered, and the page where the site has one."""

import datetime as dt
from typing import Final

from services.notifications.domain.engagement.codes import Codes
from services.notifications.domain.engagement.links import SurveyLinks
from shared.contracts.notifications.engagement import SurveyGroup
from shared.contracts.notifications.requests import NoticeRequested

NOTICE: Final = "SURVEY_INVITATION"
_GROUPS: Final = frozenset(one.value for one in SurveyGroup)


def with_code(request: NoticeRequested, codes: Codes) -> NoticeRequested:
    """The request with its code among the facts, made from ``survey_group``; any other request, or group, as it is.

    Without a code the letter cannot be written, and staff see why.
    """
    group = request.facts.get("survey_group")
    if request.notice_type != NOTICE or group not in _GROUPS:
        return request
    code = codes.code(request.notice_id, SurveyGroup(group), request.due_at.date())
    return request.model_copy(update={"facts": {**request.facts, "survey_code": code}})


def with_page(request: NoticeRequested, links: SurveyLinks) -> NoticeRequested:
    """The request with ``survey_url``, good to the end of ``answer_by``; any other, or one without code, as it is."""
    until, code = _day(request.facts.get("answer_by", "")), request.facts.get("survey_code")
    if request.notice_type != NOTICE or code is None or until is None:
        return request
    link = links.link(code, until, request.recipient.language)
    return request if link is None else request.model_copy(update={"facts": {**request.facts, "survey_url": link}})


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
