"""What the routes of documents share: the case somebody may see, and the line of its audit."""

from typing import Any
from uuid import UUID

from services.complaints.auditing import chain as audit
from services.complaints.documents.settings import DocumentSettings
from services.complaints.documents.store import DocumentStore
from services.complaints.domain.case import Case
from services.complaints.handlers import case_key
from services.complaints.repository import CaseStore
from services.complaints.settings import ComplaintsSettings
from shared.runtime.access import Access, Problem
from shared.runtime.service import Context


class RecordRoom:
    """What the routes work with."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.cases = CaseStore(context.keyring, ComplaintsSettings().desk())
        self.documents = DocumentStore(context.keyring)
        self.most_bytes = DocumentSettings().most_bytes

    async def case(self, conn: Any, case_id: UUID, access: Access) -> Case:
        """The case, if the reader may see it; Problem 404."""
        case = (await self.cases.load(conn, [case_key(case_id)])).get(case_key(case_id))
        if case is None or (access.region is not None and access.region != case.facility.region):
            raise Problem(404, "not-found", "There is no such case.")
        return case

    async def note(self, conn: Any, access: Access, case_id: UUID, action: str) -> None:
        """A line of the case's audit."""
        line = audit.Line(case_id, self.context.clock(), access.actor, action, access.purpose.value)
        await audit.append(conn, [line])
