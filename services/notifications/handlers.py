"""What notifications does when a service asks for a notice."""

from collections.abc import Iterable

from services.notifications.domain.letters import Letters
from services.notifications.domain.mail import Sender
from services.notifications.domain.notice import Notice
from services.notifications.domain.planning import plan
from services.notifications.repository import Notices
from shared.contracts.notifications import REQUESTS, NoticeRequested
from shared.messaging.handling import Emit, On, Received, Subscription, Work

# Writing a letter takes about 3 ms; a batch must not hold its locks, or the loop, for seconds.
_MAX_RECORDS = 100


def subscription(notices: Notices, letters: Letters, sender: Sender) -> Subscription:
    """The topic of restricted requests, at most one notice for each notice id."""

    def keys(received: Received[NoticeRequested]) -> Iterable[str]:
        return (str(received.message.notice_id),)

    def handle(received: Received[NoticeRequested], work: Work[Notice]) -> tuple[Emit, ...]:
        key = str(received.message.notice_id)
        if work.get(key) is not None:
            return ()  # asked again for the same cause and recipient
        planned = plan(received.message, letters, sender, work.now)
        work.put(key, planned.notice)
        return planned.events

    handlers = (On(NoticeRequested, keys=keys, handle=handle),)
    return Subscription(REQUESTS.name, handlers, notices, max_records=_MAX_RECORDS)
