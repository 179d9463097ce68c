"""The mail that asks somebody to confirm that they want to be on a list."""

import datetime as dt
from typing import Final
from uuid import UUID

from services.notifications.domain.audiences.recipients import role
from services.notifications.domain.circles import Member, recipient
from services.notifications.domain.contacts.kinds import Contact
from services.notifications.domain.lists.state import MailingList
from shared.contracts.notifications.lists import SubscriptionAsked
from shared.contracts.notifications.requests import REQUESTS, NoticeRequested
from shared.messaging.handling import Emit

NOTICE: Final = "LIST_CONFIRM"
_DUE: Final = dt.timedelta(hours=24)


def confirmation(
    notice_id: UUID, mailing_list: MailingList, contact: Contact, link: str, asked: SubscriptionAsked
) -> Emit:
    """The request for the mail. It is not mail of the list: it carries none of its headers and needs no consent."""
    facts = {
        "qio_name": mailing_list.owner,
        "qio_phone": mailing_list.phone,
        "list_name": mailing_list.name,
        "confirm_url": link,
        "valid_until": asked.expires_at.isoformat(),
    }
    known = contact.facts
    assert known is not None
    part = role(frozenset(one.part for one in known.holds), organisation=known.organisation)
    request = NoticeRequested(
        notice_id=notice_id,
        notice_type=NOTICE,
        subject=f"list:{mailing_list.id}",
        recipient=recipient(Member(id=contact.id, facts=known), part),
        facts=facts,
        due_at=asked.asked_at + _DUE,
    )
    return Emit(REQUESTS.name, str(notice_id), request)
