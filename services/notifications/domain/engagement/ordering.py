"""The rule by which a decision aid is sent to a contact."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final
from uuid import UUID, uuid5

from services.notifications.domain import circles
from services.notifications.domain.audiences.recipients import role
from services.notifications.domain.circles import Member
from services.notifications.domain.contacts.kinds import CONTACT
from services.notifications.domain.engagement.aids import AIDS, Aid
from services.notifications.domain.engagement.checks import unknown_contact
from services.notifications.domain.engagement.sharing import named, spoken
from shared.contracts.notifications import REQUESTS, NoticeRequested
from shared.contracts.notifications.contacts import ContactFacts
from shared.contracts.notifications.engagement import OrderAid
from shared.messaging.handling import Emit
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against, refused

NOTICE: Final = "DECISION_AID"
_DUE: Final = dt.timedelta(days=7)
# Made up once, never to be changed: it would send known aids again.
_SPACE: Final = UUID("a7f1a3f0-51a4-5f7b-9f1d-0c6f5be2d9a4")


def rules(aids: Mapping[str, Aid]) -> tuple[AnyRule, ...]:
    """The rule over these aids."""
    return (Rule(OrderAid, _keys, partial(order, aids=aids)),)


def order(command: OrderAid, held: Held, asked: Asked, *, aids: Mapping[str, Aid]) -> Decided | Against:
    """Send an aid, unless it must be looked at again first. Ordered again it is the same notice."""
    contact = held.get(CONTACT, str(command.contact))
    if reasons := refused(unknown_contact(contact, "contact")):
        return reasons
    aid = aids.get(command.aid)
    if aid is None:
        return against("AID_UNKNOWN", "aid", f"There is no such aid; there are: {', '.join(sorted(aids))}.")
    if aid.overdue(asked.now.date()):
        return against("AID_OVERDUE", "aid", f"The aid was to be looked at again by {aid.review_by}.")
    assert contact is not None
    assert contact.facts is not None
    if contact.facts.stopped:
        return against("STOPPED", "contact", "The contact asked not to be written to.")
    notice_id = uuid5(_SPACE, f"{aid.id}|{aid.version}|{command.contact}")
    notice = _notice(notice_id, command, aid, contact.facts, asked.now)
    made = {"aid": aid.id, "version": aid.version, "notice_id": str(notice_id)}
    return Decided(made, (), (Emit(REQUESTS.name, str(notice_id), notice),))


def _notice(notice_id: UUID, command: OrderAid, aid: Aid, facts: ContactFacts, now: dt.datetime) -> NoticeRequested:
    part = role(frozenset(one.part for one in facts.holds), organisation=facts.organisation)
    to = circles.recipient(Member(id=command.contact, facts=facts), part)
    words = aid.words.get(spoken(NOTICE, to), aid.words["en"])
    values = {
        **named(command.office),
        "aid_title": words.title,
        "aid_question": words.question,
        "choices": "\n".join(words.choices),
        "questions_to_ask": "\n".join(words.ask),
        "source": words.source,
        **({"link": aid.link} if aid.link else {}),
    }
    return NoticeRequested(
        notice_id=notice_id,
        notice_type=NOTICE,
        subject=f"aid:{aid.id}:{aid.version}",
        recipient=to,
        facts=values,
        due_at=now + _DUE,
    )


def _keys(command: OrderAid, ids: Ids) -> Iterable[str]:
    del ids
    return (CONTACT.key(str(command.contact)),)


RULES: Final = rules(AIDS)
