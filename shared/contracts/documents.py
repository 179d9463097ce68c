"""What complaints says about documents: how many a case has, never what is in them."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Event


class DocumentsReceived(Event):
    """A document came to a case; counts of all it has now, with no name, kind, sender or content (42 CFR 480.101)."""

    TYPE: ClassVar[str] = "complaints.DocumentsReceived"

    case_id: UUID
    documents: int = Field(ge=1)
    pages: int = Field(ge=1)


EVENTS: tuple[type[Event], ...] = (DocumentsReceived,)
