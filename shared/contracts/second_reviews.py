"""What complaints is asked about second reviews of decided cases."""

import datetime as dt
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Command
from shared.contracts.reviewers import Profession, Specialty

Name = Annotated[str, Field(pattern=r"^[a-zA-Z][a-zA-Z0-9_-]*$", max_length=60)]
Words = Annotated[str, Field(min_length=1, max_length=4000)]


class RecordSecondReview(Command):
    """What a second reviewer decided about a case that was drawn, without having seen the first decision.

    ``at`` (with zone) is when. The first reviewer, and whoever reviewed the matter at another level, is refused. It
    changes nothing for the parties and is counted only. ``subject`` is the profession of whoever gave the care.
    """

    TYPE: ClassVar[str] = "complaints.RecordSecondReview"

    case_id: UUID
    at: dt.datetime
    reviewer: UUID
    outcome: Name
    attested_no_conflict: bool
    subject: Profession = Profession.MD
    specialty: Specialty | None = None
    waivers: dict[Name, Words] = Field(default_factory=dict, max_length=10)


COMMANDS: tuple[type[Command], ...] = (RecordSecondReview,)
