"""What notifications erases: contacts that are forgotten."""

from typing import Final

from services.notifications.domain.contacts.kinds import CONTACT, CONTACTS_TIDIED
from shared.contracts.notifications.contacts import ContactsTidied
from shared.records.tidying import Erasable

ERASABLE: Final = (Erasable(CONTACT, '{"facts": null}', CONTACTS_TIDIED, lambda day: ContactsTidied(on=day)),)
