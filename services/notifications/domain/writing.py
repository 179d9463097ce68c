"""What every notice of this site is written with."""

import datetime as dt
from dataclasses import dataclass

from services.notifications.domain.engagement.invitations import with_code, with_page
from services.notifications.domain.engagement.links import SurveyLinks
from services.notifications.domain.knowing import About, Get, Knowing
from services.notifications.domain.letters import Letters
from services.notifications.domain.lists.leaving import with_link
from services.notifications.domain.mail import Sender
from services.notifications.domain.planning import Desk
from services.notifications.domain.unsubscribing import Links
from shared.contracts.notifications import NoticeRequested


@dataclass(frozen=True, slots=True)
class Writing:
    """Templates, our address, the links by which lists are left and surveys answered, and how recipients are known."""

    letters: Letters
    sender: Sender
    links: Links
    surveys: SurveyLinks
    knowing: Knowing

    def completed(self, request: NoticeRequested) -> NoticeRequested:
        """The request with what only this service can say; the same again for the same request."""
        return with_page(with_code(with_link(request, self.links), self.surveys.codes), self.surveys)

    def desk(self, get: Get, about: About, now: dt.datetime) -> Desk:
        """What one notice is written with at ``now`` (UTC); ``get`` gives the records of what is known."""
        return Desk(self.letters, self.sender, self.links, now, self.knowing.known(get, about, now))
