"""What the invitation to a survey gets here: the code by which it is answered."""

from typing import Final

from services.notifications.domain.engagement.codes import Codes
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
