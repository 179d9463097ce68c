"""The reviewers of a played QIO: physicians, peers of other professions and coders, licensed everywhere."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final
from uuid import UUID, uuid5

from services.complaints.domain.case import Case
from shared.contracts.complaints import Part
from shared.contracts.reviewers import (
    LicenceGiven,
    Profession,
    RegisterReviewer,
    Setting,
    Specialty,
    SpecialtyGiven,
)
from shared.program.states import STATES

SPECIALTY: Final = Specialty.EMERGENCY_MEDICINE
PHYSICIANS: Final = frozenset({Profession.MD, Profession.DO})
_IDS: Final = UUID("0b8a5a0c-7a3c-4c57-9e0e-3f6b7f1d2a45")
_SINCE: Final = dt.date(2008, 1, 1)


@dataclass(frozen=True, slots=True)
class Member:
    """One reviewer of the staff."""

    id: UUID
    profession: Profession

    @property
    def physician(self) -> bool:
        return self.profession in PHYSICIANS

    def registration(self) -> RegisterReviewer:
        """The command that takes the reviewer up; a coder's credential is national."""
        places: Sequence[str | None] = [None] if self.profession is Profession.CODER else sorted(STATES)
        licences = tuple(
            LicenceGiven(profession=self.profession, state=place, number="1", valid_from=_SINCE) for place in places
        )
        special = (SpecialtyGiven(specialty=SPECIALTY, certified=True, since=_SINCE),) if self.physician else ()
        return RegisterReviewer(
            actor="triage@example.org",
            reviewer_id=self.id,
            name="Reviewer",
            practising=True,
            setting=Setting.URBAN,
            capacity=500,
            licences=licences,
            specialties=special,
        )


class Staff:
    """Everybody who may be given a part of a case."""

    def __init__(self, physicians: int = 12) -> None:
        professions = [Profession.DO if number % 3 == 0 else Profession.MD for number in range(physicians)]
        professions += [Profession.NURSE_PRACTITIONER] * 8 + [Profession.CODER] * 8  # enough for every part of a case
        self.members = tuple(Member(uuid5(_IDS, str(number)), one) for number, one in enumerate(professions))
        self._by_id = {str(member.id): member for member in self.members}

    def physician(self, reviewer: str) -> bool:
        """Whether somebody is a doctor of medicine or osteopathy, as registered."""
        return self._by_id[reviewer].physician

    def pick(self, chance: Random, case: Case, part: Part, *, peer: bool) -> Member:
        """Somebody who has no part in the case yet; ``peer``: a nurse practitioner for a nurse practitioner's care."""
        taken = {one.reviewer for one in case.sealed.assigned}
        wanted = {Profession.CODER} if part is Part.CODER else {Profession.NURSE_PRACTITIONER} if peer else PHYSICIANS
        fit = [member for member in self.members if member.profession in wanted]
        return chance.choice([member for member in fit if str(member.id) not in taken] or fit)
