"""What a case asks of the person who is to screen, code or review it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.complaints.domain.refusal import Refusal
from services.complaints.domain.reviewers.reviewer import Level, Role, Waiver, WaiverKind
from shared.contracts.replies import Reason
from shared.contracts.reviewers import Profession, Setting, Specialty


class Matter(StrEnum):
    """What is to be decided (42 CFR 476.98(c)): clinical questions, or technical coding alone."""

    CLINICAL = "CLINICAL"
    CODING = "CODING"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentRequest:
    """A part of a case that needs a person.

    ``on``: the local day of the review, on which licences, specialties and interests are judged. ``area``: the
    States of the QIO's area on that day. ``subject``: the profession of whoever ordered or furnished the care.
    ``denial``: the person may or does deny. ``emtala``: 42 CFR 489.24(h) applies. ``barred_cases``: cases of other
    families about the same event, whose reviewers must not come back (the 5-day review before a 60-day review).
    ``setting``: where the practitioner of a sanction practises. ``attested``: no conflict, attested for this
    assignment before the record is opened. ``waivers``: what is offered where no better person is found.
    """

    case_id: UUID
    family_id: UUID
    level: Level
    role: Role
    on: dt.date
    area: frozenset[str]
    subject: Profession
    specialty: Specialty | None = None
    facility_ccn: str | None = None
    matter: Matter = Matter.CLINICAL
    denial: bool = False
    emtala: bool = False
    setting: Setting | None = None
    barred_cases: frozenset[UUID] = frozenset()
    attested: bool = False
    waivers: tuple[Waiver, ...] = ()


def waivers_of(given: Mapping[str, str]) -> tuple[Waiver, ...]:
    """The waivers that a command gives as kind and reason; raises Refusal for a kind that there is not."""
    kinds = {kind.value: kind for kind in WaiverKind}
    if not given.keys() <= kinds.keys():
        text = f"What may be waived: {', '.join(kinds)}."
        raise Refusal(Reason(code="NO_SUCH_WAIVER", field="waivers", text=text))
    return tuple(Waiver(kinds[kind], reason) for kind, reason in sorted(given.items()))
