"""The rules of subscriptions: asked for, confirmed with a link, left in one step."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.notifications.domain.contacts.kinds import CONTACT, Contact
from services.notifications.domain.lists.asking import confirmation
from services.notifications.domain.lists.kinds import LIST, SUBSCRIPTION
from services.notifications.domain.lists.state import (
    MACHINE,
    Action,
    MailingList,
    State,
    Subscription,
    standing,
    subscription_id,
)
from services.notifications.domain.unsubscribing import Links, Purpose
from shared.contracts.notifications.lists import (
    AskSubscription,
    ConfirmSubscription,
    EndSubscription,
    LeaveList,
    LeftBy,
    SubscriptionAsked,
    SubscriptionConfirmed,
    SubscriptionLeft,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against

_LINK = against("LINK_UNKNOWN", "token", "This is not the end of a link that we sent.")


@dataclass(frozen=True, slots=True)
class Joining:
    """How long a link to confirm is good, and how soon it may be sent again."""

    links: Links
    confirm_within: dt.timedelta
    again_after: dt.timedelta

    def rules(self) -> tuple[AnyRule, ...]:
        """The rules of this part."""
        return (
            Rule(AskSubscription, _ask_keys, self.ask),
            Rule(ConfirmSubscription, self._confirm_keys, self.confirm),
            Rule(LeaveList, self._leave_keys, self.leave),
            Rule(EndSubscription, _end_keys, end),
        )

    def ask(self, command: AskSubscription, held: Held, asked: Asked) -> Decided | Against:
        """Have the mail with the link sent; where it was sent within a day, or is confirmed, nothing is."""
        mailing_list = held.get(LIST, command.list_id)
        contact = held.get(CONTACT, str(command.contact))
        wrong = (*_about_list(mailing_list), *_about_contact(contact))
        if wrong:
            return Against(wrong)
        assert mailing_list is not None
        assert contact is not None
        before = held.get(SUBSCRIPTION, subscription_id(command.list_id, command.contact))
        state = standing(before, asked.now)
        after = MACHINE.after(state, Action.ASK)
        assert after is not None  # asking is possible from everywhere
        made = {"list": command.list_id, "contact": str(command.contact), "state": after.value}
        if after is State.CONFIRMED or (state is State.PENDING and self._sent_lately(before, asked.now)):
            return Decided({**made, "sent": False})
        event = SubscriptionAsked(
            list_id=command.list_id,
            contact=command.contact,
            asked_at=asked.now,
            expires_at=asked.now + self.confirm_within,
            actor=asked.actor,
        )
        link = self.links.confirm(command.list_id, command.contact)
        mail = confirmation(asked.new_id("confirmation"), mailing_list, contact, link, event)
        return Decided({**made, "sent": True}, (event,), (mail,))

    def confirm(self, command: ConfirmSubscription, held: Held, asked: Asked) -> Decided | Against:
        """Put whoever holds the link on the list, unless that took too long, they left, or the list is closed."""
        found = self.links.read(Purpose.CONFIRM, command.token)
        if found is None:
            return _LINK
        before = held.get(SUBSCRIPTION, subscription_id(*found))
        state = standing(before, asked.now)
        reason = MACHINE.reason_against(state, Action.CONFIRM)
        wrong = (*_about_list(held.get(LIST, found[0])), *((reason,) if reason else ()))
        if wrong:
            return Against(wrong)
        made = {"list": found[0], "contact": str(found[1]), "state": State.CONFIRMED.value}
        if state is State.CONFIRMED:
            return Decided({**made, "changed": False})
        event = SubscriptionConfirmed(list_id=found[0], contact=found[1], confirmed_at=asked.now)
        return Decided({**made, "changed": True}, (event,))

    def leave(self, command: LeaveList, held: Held, asked: Asked) -> Decided | Against:
        """Take whoever holds the link off the list, open or closed."""
        found = self.links.read(Purpose.LEAVE, command.token)
        return _LINK if found is None else _left(*found, command.how, held, asked)

    def _sent_lately(self, before: Subscription | None, now: dt.datetime) -> bool:
        return before is not None and now < before.asked_at + self.again_after

    def _confirm_keys(self, command: ConfirmSubscription, ids: Ids) -> Iterable[str]:
        del ids
        found = self.links.read(Purpose.CONFIRM, command.token)
        return () if found is None else (LIST.key(found[0]), SUBSCRIPTION.key(subscription_id(*found)))

    def _leave_keys(self, command: LeaveList, ids: Ids) -> Iterable[str]:
        del ids
        found = self.links.read(Purpose.LEAVE, command.token)
        return () if found is None else (SUBSCRIPTION.key(subscription_id(*found)),)


def end(command: EndSubscription, held: Held, asked: Asked) -> Decided | Against:
    """Take a contact off a list, open or closed."""
    return _left(command.list_id, command.contact, command.how, held, asked)


def _left(list_id: str, contact: UUID, how: LeftBy, held: Held, asked: Asked) -> Decided | Against:
    before = held.get(SUBSCRIPTION, subscription_id(list_id, contact))
    if before is None:
        return against("NOT_ON_LIST", "contact", "The contact never asked to be on this list.")
    made = {"list": list_id, "contact": str(contact), "state": State.LEFT.value}
    if standing(before, asked.now) is State.LEFT:
        return Decided({**made, "changed": False})
    event = SubscriptionLeft(list_id=list_id, contact=contact, left_at=asked.now, how=how, actor=asked.actor)
    return Decided({**made, "changed": True}, (event,))


def _ask_keys(command: AskSubscription, ids: Ids) -> Iterable[str]:
    del ids
    subscription = SUBSCRIPTION.key(subscription_id(command.list_id, command.contact))
    return LIST.key(command.list_id), CONTACT.key(str(command.contact)), subscription


def _end_keys(command: EndSubscription, ids: Ids) -> Iterable[str]:
    del ids
    return (SUBSCRIPTION.key(subscription_id(command.list_id, command.contact)),)


def _about_list(found: MailingList | None) -> Iterable[Reason]:
    if found is None:
        yield Reason(code="LIST_UNKNOWN", field="list_id", text="There is no such list.")
    elif found.closed_at is not None:
        yield Reason(code="CLOSED", field="list_id", text="The list is closed.")


def _about_contact(found: Contact | None) -> Iterable[Reason]:
    if found is None or found.facts is None:
        yield Reason(code="CONTACT_UNKNOWN", field="contact", text="There is no such contact.")
    elif found.facts.stopped:
        yield Reason(code="STOPPED", field="contact", text="The contact asked not to be written to.")
    elif found.facts.addresses.email is None:
        text = "The contact has no mail address to send the link to."
        yield Reason(code="NO_ADDRESS", field="contact", text=text)
