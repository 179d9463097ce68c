"""All rules of mailing lists and of addresses."""

from services.notifications.domain.addresses.rules import Marking
from services.notifications.domain.lists import opening
from services.notifications.domain.lists.joining import Joining
from shared.records.deciding import AnyRule


def rules(joining: Joining, marking: Marking) -> tuple[AnyRule, ...]:
    """The rules; links and ids are made with the key of the site, and how patient they are is for it to say."""
    return (*opening.RULES, *joining.rules(), *marking.rules())
