"""What every notice of this site is written with."""

import datetime as dt
from dataclasses import dataclass

from services.notifications.domain.knowing import About, Get, Knowing
from services.notifications.domain.letters import Letters
from services.notifications.domain.mail import Sender
from services.notifications.domain.planning import Desk
from services.notifications.domain.unsubscribing import Links


@dataclass(frozen=True, slots=True)
class Writing:
    """Templates, our address, the links by which lists are left, and how to find what is known of recipients."""

    letters: Letters
    sender: Sender
    links: Links
    knowing: Knowing

    def desk(self, get: Get, about: About, now: dt.datetime) -> Desk:
        """What one notice is written with at ``now`` (UTC); ``get`` gives the records of what is known."""
        return Desk(self.letters, self.sender, self.links, now, self.knowing.known(get, about, now))
