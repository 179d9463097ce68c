"""The link to the page of a survey: what stands behind its last slash, and how it is read again.

Thirty-two letters and digits in four groups, so that it can be typed from a letter on paper: ten name the survey as its
code does, three tell the last day, nineteen (95 bits) prove that it is ours. Nothing is stored, and nothing in it leads
to a case.
"""

import datetime as dt
import hmac
from dataclasses import dataclass
from typing import Final

from services.notifications.domain.engagement.codes import Codes, in_signs, number_of, plain_signs

_FIRST: Final = dt.date(2000, 1, 1)
_SURVEY, _UNTIL, _PROOF = 10, 3, 19
_DAYS: Final = 32**_UNTIL
_GROUP: Final = 8
# Somewhere it is still yesterday: a day is over everywhere so long after it is in UTC.
_ZONES: Final = dt.timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Found:
    """What a link of ours is for: the code of the survey, the name of its answers, its last day."""

    code: str
    survey: str
    until: dt.date

    def over(self, now: dt.datetime) -> bool:
        """Whether the last day has ended everywhere at ``now`` (UTC)."""
        return (now - _ZONES).date() > self.until


@dataclass(frozen=True, slots=True)
class SurveyLinks:
    """Makes links and reads them; ``url`` is where the page is reached, None: the site has no public address."""

    codes: Codes
    url: str | None

    def link(self, code: str, until: dt.date, language: str) -> str | None:
        """The page by which the survey of this code is answered up to and with a day; None where there can be none."""
        invited = self.codes.read(code)
        days = (until - _FIRST).days
        if self.url is None or invited is None or not 0 <= days < _DAYS:
            return None
        plain = self._plain(invited.survey, days)
        token = "-".join(plain[start : start + _GROUP] for start in range(0, len(plain), _GROUP))
        return f"{self.url}/survey/{token}?lang={language}"

    def read(self, token: str) -> Found | None:
        """What a link is for, in capitals or not, with or without hyphens; None for whatever we did not make."""
        plain = plain_signs(token, _SURVEY + _UNTIL + _PROOF)
        if plain is None:
            return None
        survey, days = plain[:_SURVEY], number_of(plain[_SURVEY : _SURVEY + _UNTIL])
        if not hmac.compare_digest(plain, self._plain(survey, days)):
            return None
        return Found(self.codes.written(survey), survey, _FIRST + dt.timedelta(days=days))

    def _plain(self, survey: str, days: int) -> str:
        digest = self.codes.reference("notifications.surveys", f"{survey}|{days}|link")
        return survey + in_signs(days, _UNTIL) + in_signs(int.from_bytes(digest[:16], "big"), _PROOF)
