"""A desk that keeps lists: the real rules, people to write to, and their links."""

import datetime as dt
from typing import Any, Self
from uuid import UUID

from services.notifications.domain.addresses.ids import AddressIds
from services.notifications.domain.addresses.kinds import ADDRESS, SENT_TO, Address, SentTo
from services.notifications.domain.lists.kinds import SUBSCRIPTION
from services.notifications.domain.lists.state import State, Subscription, subscription_id
from services.notifications.domain.registry import KINDS, rules
from services.notifications.list_settings import ListSettings, links, list_rules
from shared.contracts.notifications.contacts import ContactFacts, ContactKept
from shared.contracts.notifications.lists import (
    AskSubscription,
    ConfirmSubscription,
    LeaveList,
    OpenList,
    Reach,
)
from shared.contracts.notifications.requests import NoticeRequested
from tests.notifications.desk import NOW, ZIPS
from tests.records.desk import RecordDesk
from tests.support.service import KEYRING

SETTINGS = ListSettings()
LINKS = links(KEYRING, SETTINGS)
IDS = AddressIds(KEYRING.reference)
LIST = "fall-prevention"
ANA = UUID("0b9e1f6e-2a51-4e0c-9d35-000000000001")
BEN = UUID("0b9e1f6e-2a51-4e0c-9d35-000000000002")
NOTICE = UUID("6fa459ea-ee8a-3ca4-894e-db77e160355e")
EMAIL = "ana@family.example"
POSTAL = {"lines": ["12 Elm St., Apt 4"], "city": "Springfield", "state": "MA", "zip_code": "01103-1234"}
DAY = dt.timedelta(days=1)


def facts(**changed: Any) -> ContactFacts:
    """A contact as it is known."""
    plain = {"name": "Ana Example", "addresses": {"email": EMAIL, "postal": POSTAL}}
    return ContactFacts.model_validate({**plain, **changed})


def opening(**changed: Any) -> OpenList:
    """The command that opens the list."""
    plain = {
        "actor": "t",
        "list_id": LIST,
        "name": "Preventing falls",
        "purpose": "News on how homes prevent falls, once a month.",
        "parts": ["FAMILY", "RESIDENT"],
        "languages": ["en", "es"],
        "owner": "New England QIN (Healthcentric Advisors)",
        "phone": "1-800-555-0100",
    }
    return OpenList.model_validate({**plain, **changed})


class ListDesk(RecordDesk):
    """Decides what lists are asked; a list and two people are there from the beginning."""

    def __init__(self) -> None:
        super().__init__(KINDS, (*rules(ZIPS), *list_rules(KEYRING, SETTINGS)), NOW)

    @classmethod
    def ready(cls) -> Self:
        """With the list open and both people known."""
        desk = cls().knows(ANA, facts()).knows(BEN, facts(name="Ben", addresses={"email": "ben@family.example"}))
        desk.done(opening())
        return desk

    def knows(self, contact: UUID, known: ContactFacts) -> Self:
        """Let a contact be kept."""
        return self.has(ContactKept(contact=contact, facts=known))

    def sent(self, notice: UUID = NOTICE, email: str = EMAIL) -> UUID:
        """Let a notice have gone to a mail address; the address's id."""
        address = IDS.of(Reach.EMAIL, email)
        known = SentTo(notice=notice, addresses={Reach.EMAIL: address})
        self.records[SENT_TO.key(str(notice))] = known
        return address

    def asks(self, contact: UUID = ANA, list_id: str = LIST) -> dict[str, Any]:
        """Let a contact ask to be on the list."""
        return self.done(AskSubscription(actor="t", list_id=list_id, contact=contact))

    def confirms(self, contact: UUID = ANA) -> dict[str, Any]:
        """Let a contact click the link of the mail."""
        token = LINKS.confirm(LIST, contact).rpartition("/")[2]
        return self.done(ConfirmSubscription(actor="t", token=token))

    def leaves(self, contact: UUID = ANA) -> dict[str, Any]:
        """Let a contact click the other link."""
        token = LINKS.leave(LIST, contact).rpartition("/")[2]
        return self.done(LeaveList(actor="t", token=token))

    def subscription(self, contact: UUID = ANA) -> Subscription:
        """What is kept of a contact on the list."""
        return self.held(SUBSCRIPTION, subscription_id(LIST, contact))

    def state(self, contact: UUID = ANA) -> State:
        """Where a contact is."""
        return self.subscription(contact).state

    def address(self, address: UUID) -> Address:
        """What is known of an address."""
        return self.held(ADDRESS, str(address))

    def mails(self) -> list[NoticeRequested]:
        """The notices that were asked for, in order."""
        return [emit.event for emit in self.said if isinstance(emit.event, NoticeRequested)]

    def alike(self) -> bool:
        """Whether the events of this part alone make its records again."""
        ours = ("list:", "subscription:", "address:")
        mine = {key: state for key, state in self.records.items() if key.startswith(ours)}
        return {key: state for key, state in self.again().items() if key.startswith(ours)} == mine
