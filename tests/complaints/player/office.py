"""A QIO in memory: the handlers of the service, its clocks and what it publishes, without server or database."""

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from services.complaints import handlers
from services.complaints.announcements import Announcer
from services.complaints.domain import engine
from services.complaints.domain.case import Case
from services.complaints.pseudonyms import Pseudonyms
from services.complaints.repository import CaseStore
from services.complaints.reviewers.handlers import reviewer_handlers
from services.complaints.settings import ComplaintsSettings
from shared.contracts.complaints import COMMANDS
from shared.contracts.envelope import Envelope
from shared.contracts.message import Message
from shared.messaging.handling import Accepted, Emit, Received, Refused, Work
from tests.complaints.player.staff import Staff
from tests.support.service import KEYRING

_PSEUDONYMS = Pseudonyms(KEYRING)
_ANNOUNCER = Announcer(_PSEUDONYMS, ComplaintsSettings())
_STORE = CaseStore(KEYRING, ComplaintsSettings().desk())


class Office:
    """One QIO at work; ``now`` is set by whoever plays, ``published`` is all that was said so far."""

    def __init__(self, staff: Staff, now: dt.datetime) -> None:
        known = (
            *handlers.command_handlers(_ANNOUNCER, _PSEUDONYMS, _STORE),
            *handlers.delivery_handlers(_ANNOUNCER, _STORE),
            *reviewer_handlers(),
        )
        self._handlers = {on.message: on for on in known}
        self._known: dict[str, Any] = {}
        self.now = now
        self.published: list[Emit] = []
        for member in staff.members:
            assert isinstance(self.tell(member.registration()), Accepted)

    def case(self, case_id: UUID) -> Case:
        """A case as it stands."""
        found = self._known[handlers.case_key(case_id)]
        assert isinstance(found, Case)
        return found

    def tell(self, message: Message) -> Accepted | Refused | None:
        """Handle a message as the pipeline does; None for an event. What is refused may change nothing."""
        on = self._handlers[type(message)]
        envelope = Envelope(uuid4(), message.wire_type(), "test", self.now, "k", uuid4())
        received = Received(envelope, message, "k", COMMANDS.name, 0, 0)
        work: Work[Any] = Work(self.now, self._known)
        work.begin(on.keys(received))
        decision = on.handle(received, work)
        work.keep()
        if isinstance(decision, Refused):
            assert work.changes() == {}, "a refusal left something behind"
            return decision
        self._save(work.changes())
        self.published += decision.events if isinstance(decision, Accepted) else decision
        return decision if isinstance(decision, Accepted) else None

    def tick(self, case_id: UUID) -> bool:
        """Let the clocks of a case say what they have to say by now; whether they had anything."""
        before = self.case(case_id)
        if not any((at := deadline.next_fire_at()) is not None and at <= self.now for deadline in before.deadlines):
            return False
        taken = engine.time_passed(before, _STORE.desk, self.now)
        self._save({handlers.case_key(case_id): taken.case})
        self.published += _ANNOUNCER.changes(before, taken, _STORE.desk, self.now)
        return True

    def _save(self, changed: Any) -> None:
        for key, value in changed.items():
            kept = replace(value, unsaved=(), version=value.version + 1, stored=None)
            self._known[key] = replace(kept, booked=()) if isinstance(kept, Case) else kept
