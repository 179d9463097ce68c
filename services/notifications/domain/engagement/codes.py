"""The code of a survey: what an invitation gives its reader, and what it says without anything being looked up.

Sixteen letters and digits, easy to read aloud: three tell the group of the case and the week of the invitation, seven
tell invitations apart, six prove (HMAC) that it is ours. From a code no way leads to the case but for who holds the key
and the notice.
"""

import datetime as dt
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from shared.contracts.notifications.engagement import SurveyGroup

# A keyed digest of 32 bytes of a text, for a purpose: what a keyring gives.
Reference = Callable[[str, str], bytes]

# Crockford's: without I, L, O and U, which are read as other signs.
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS: Final = str.maketrans({"I": "1", "L": "1", "O": "0", " ": None, "-": None})
_FIRST: Final = dt.date(2000, 1, 3)  # a Monday
_WEEKS: Final = 4_096
_HEAD, _OWN, _PROOF = 3, 7, 6
_GROUPS: Final = tuple(SurveyGroup)


@dataclass(frozen=True, slots=True)
class Invited:
    """What a code tells: ``survey`` names the answers; the week begins on ``week``, a Monday."""

    survey: str
    group: SurveyGroup
    week: dt.date


@dataclass(frozen=True, slots=True)
class Codes:
    """Makes codes and reads them."""

    reference: Reference

    def code(self, notice_id: UUID, group: SurveyGroup, on: dt.date) -> str:
        """The code of an invitation, in four groups of four; the same again for the same invitation."""
        week = (on - _FIRST).days // 7 % _WEEKS
        head = in_signs(_GROUPS.index(group) * _WEEKS + week, _HEAD)
        own = in_signs(int.from_bytes(self.reference("notifications.surveys", f"{notice_id}|id")[:8], "big"), _OWN)
        return self.written(head + own)

    def written(self, survey: str) -> str:
        """The code of the survey of this name."""
        plain = survey + self._proof(survey)
        return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))

    def read(self, code: str) -> Invited | None:
        """What a code tells, in capitals or not, with or without hyphens and blanks; None for one that is not ours."""
        plain = plain_signs(code, _HEAD + _OWN + _PROOF)
        if plain is None:
            return None
        survey, proof = plain[: _HEAD + _OWN], plain[_HEAD + _OWN :]
        kind, week = divmod(number_of(survey[:_HEAD]), _WEEKS)
        if not hmac.compare_digest(proof, self._proof(survey)) or kind >= len(_GROUPS):
            return None
        return Invited(survey, _GROUPS[kind], _FIRST + dt.timedelta(weeks=week))

    def _proof(self, survey: str) -> str:
        digest = self.reference("notifications.surveys", f"{survey}|proof")
        return in_signs(int.from_bytes(digest[:8], "big"), _PROOF)


def plain_signs(text: str, length: int) -> str | None:
    """So many signs as we write them, from capitals or not, with hyphens, blanks and look-alikes; None for others."""
    plain = text.upper().translate(_READ_AS)
    return plain if len(plain) == length and set(plain) <= set(_SIGNS) else None


def number_of(signs: str) -> int:
    """The number that signs write to the base of 32."""
    number = 0
    for sign in signs:
        number = number * len(_SIGNS) + _SIGNS.index(sign)
    return number


def in_signs(number: int, length: int) -> str:
    """The last ``length`` digits of a number, to the base of 32."""
    found = ""
    for _ in range(length):
        number, rest = divmod(number, len(_SIGNS))
        found = _SIGNS[rest] + found
    return found
