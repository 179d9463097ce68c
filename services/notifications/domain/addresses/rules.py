"""The rules about addresses: whoever reports says whose address it is, and it must be theirs."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.notifications.domain.addresses.ids import AddressIds
from services.notifications.domain.addresses.kinds import ADDRESS, SENT_TO
from services.notifications.domain.addresses.marking import Patience, came_back, cleared
from services.notifications.domain.contacts.kinds import CONTACT
from shared.contracts.notifications.lists import (
    AddressCommand,
    AddressMarked,
    Bounce,
    ClearAddress,
    Mark,
    Reach,
    ReportBounce,
    ReportComplaint,
    ReportReturnedMail,
)
from shared.contracts.notifications.notices import ReturnReason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against

_BOUNCES = {Bounce.HARD: Mark.HARD_BOUNCE, Bounce.SOFT: Mark.SOFT_BOUNCE}
_ADDRESS_IS_RIGHT = frozenset((ReturnReason.REFUSED, ReturnReason.UNCLAIMED))


@dataclass(frozen=True, slots=True)
class Marking:
    """Decides what is reported of addresses."""

    ids: AddressIds
    patience: Patience

    def rules(self) -> tuple[AnyRule, ...]:
        """The rules of this part."""
        return (
            Rule(ReportBounce, _keys, self.bounced),
            Rule(ReportReturnedMail, _keys, self.returned),
            Rule(ReportComplaint, _keys, self.complained),
            Rule(ClearAddress, _keys, self.clear),
        )

    def bounced(self, command: ReportBounce, held: Held, asked: Asked) -> Decided | Against:
        """A mail came back."""
        return self._came_back(command, Reach.EMAIL, _BOUNCES[command.kind], held, asked)

    def returned(self, command: ReportReturnedMail, held: Held, asked: Asked) -> Decided | Against:
        """A letter came back; refused or not collected says nothing against the address."""
        right = command.reason in _ADDRESS_IS_RIGHT
        mark = Mark.LETTER_NOT_TAKEN if right else Mark.LETTER_RETURNED
        return self._came_back(command, Reach.POSTAL, mark, held, asked)

    def complained(self, command: ReportComplaint, held: Held, asked: Asked) -> Decided | Against:
        """The reader does not want it."""
        return self._came_back(command, Reach.EMAIL, Mark.COMPLAINT, held, asked)

    def clear(self, command: ClearAddress, held: Held, asked: Asked) -> Decided | Against:
        """Use it again."""
        whose = self._whose(command, held)
        if isinstance(whose, Against):
            return whose
        if command.address not in whose.values():
            return _NOT_THEIRS
        return _decided(command, cleared(held.get(ADDRESS, str(command.address)), command.said_by, asked.now), held)

    def _came_back(
        self, command: AddressCommand, reach: Reach, mark: Mark, held: Held, asked: Asked
    ) -> Decided | Against:
        whose = self._whose(command, held)
        if isinstance(whose, Against):
            return whose
        if whose.get(reach) != command.address:
            return _NOT_THEIRS
        before = held.get(ADDRESS, str(command.address))
        event = came_back(before, command.address, reach, mark, command.notice, asked.now, self.patience)
        return _decided(command, event, held)

    def _whose(self, command: AddressCommand, held: Held) -> dict[Reach, object] | Against:
        """The addresses among which it must be."""
        if command.notice is not None:
            sent = held.get(SENT_TO, str(command.notice))
            return _NO_NOTICE if sent is None else dict(sent.addresses)
        contact = held.get(CONTACT, str(command.contact))
        if contact is None or contact.facts is None:
            return _NO_CONTACT
        return dict(self.ids.of_contact(contact.facts.addresses))


_NOT_THEIRS = against("NOT_THEIR_ADDRESS", "address", "This is no such address of theirs.")
_NO_NOTICE = against("NOTICE_UNKNOWN", "notice", "There is no such notice.")
_NO_CONTACT = against("CONTACT_UNKNOWN", "contact", "There is no such contact.")


def _keys(command: AddressCommand, ids: Ids) -> Iterable[str]:
    del ids
    whose = CONTACT.key(str(command.contact)) if command.notice is None else SENT_TO.key(str(command.notice))
    return ADDRESS.key(str(command.address)), whose


def _decided(command: AddressCommand, event: AddressMarked | None, held: Held) -> Decided:
    before = held.get(ADDRESS, str(command.address))
    facts = event.facts if event is not None else before.facts if before is not None else None
    made = {
        "address": str(command.address),
        "changed": event is not None,
        "usable": facts is None or facts.unusable_since is None,
        "lists_may_write": facts is None or facts.complained_at is None,
    }
    return Decided(made, () if event is None else (event,))
