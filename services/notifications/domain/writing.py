"""What every notice of this site is written with."""

import datetime as dt
from dataclasses import dataclass

from services.notifications.domain.knowing import Get, Knowing
from services.notifications.domain.letters import Letters
from services.notifications.domain.mail import Sender
from services.notifications.domain.planning import Desk
from services.notifications.domain.unsubscribing import Links
from shared.contracts.notifications import Recipient


@dataclass(frozen=True, slots=True)
class Writing:
    """Templates, our address, the links by which lists are left, and how to find what is known of recipients."""

    letters: Letters
    sender: Sender
    links: Links
    knowing: Knowing

    def desk(
        self, get: Get, notice_type: str, recipient: Recipient | None, list_id: str | None, now: dt.datetime
    ) -> Desk:
        """What one notice is written with at ``now`` (UTC); ``get`` gives the records of what is known."""
        known = self.knowing.known(get, notice_type, recipient, list_id, now)
        return Desk(self.letters, self.sender, self.links, now, known)
