"""What complaints is asked about its work queues: who takes a case up, gives it back, hands it on."""

from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Command

Person = Annotated[str, Field(min_length=1, max_length=200, description="staff member, as the audit names them")]


class WorkRole(StrEnum):
    """Who of the QIO has to act next in a case: the queue it stands in."""

    INTAKE = "INTAKE"
    SCREENER = "SCREENER"
    ADVOCATE = "ADVOCATE"
    RECORDS = "RECORDS"
    TRIAGE = "TRIAGE"
    STAFF = "STAFF"
    REVIEWER = "REVIEWER"
    PHYSICIAN = "PHYSICIAN"
    PANEL = "PANEL"


class WorkCommand(Command):
    """A change of who has the work of one case; nothing is published about it."""

    case_id: UUID


class ClaimWork(WorkCommand):
    """``actor`` takes the work; of many who try at once exactly one gets it, and who has it may ask again.

    ``role``: the queue in which the actor saw it; refused when the case has gone on to another.
    """

    TYPE: ClassVar[str] = "complaints.ClaimWork"

    role: WorkRole | None = None


class ReleaseWork(WorkCommand):
    """``actor`` gives the work back to its queue; refused to anybody who does not have it."""

    TYPE: ClassVar[str] = "complaints.ReleaseWork"


class ReassignWork(WorkCommand):
    """Give the work to ``to``; ``holder`` is who has it as far as the asker knows, left out for nobody.

    Refused when somebody else has it by now, so that of two who reassign at once exactly one wins.
    """

    TYPE: ClassVar[str] = "complaints.ReassignWork"

    to: Person
    holder: Person | None = None


COMMANDS: tuple[type[WorkCommand], ...] = (ClaimWork, ReleaseWork, ReassignWork)
