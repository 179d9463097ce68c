"""How a command is answered, on the owner's replies topic, keyed by the command's id."""

from typing import ClassVar
from uuid import UUID

from shared.contracts.message import Contract, Event


class Reason(Contract):
    """Why a command was refused: a code for machines, the field, a sentence for people, the rule's source."""

    code: str
    field: str | None = None
    text: str
    citation: str | None = None


class CommandAccepted(Event):
    """The command was carried out; ``made`` names what it made, in plain JSON values."""

    TYPE: ClassVar[str] = "replies.CommandAccepted"

    command_id: UUID
    command_type: str
    made: dict[str, object]


class CommandRejected(Event):
    """The command was refused and nothing changed."""

    TYPE: ClassVar[str] = "replies.CommandRejected"

    command_id: UUID
    command_type: str
    reasons: tuple[Reason, ...]
