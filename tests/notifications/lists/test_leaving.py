"""Mail of a list says how to leave it, in words and in headers; what the law wants never does."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from uuid import UUID

import pytest

from services.notifications.domain.lists.leaving import headers, with_link
from services.notifications.domain.planning import Desk, plan
from shared.contracts.notifications import NoticeRequested
from tests.notifications.lists.desk import ANA, LINKS, LIST
from tests.notifications.support import FACTS, FROM, LETTERS, NOW, request


def asked(kind: str, list_id: str | None = LIST, contact: UUID | None = ANA) -> NoticeRequested:
    facts = {name: value for name, value in FACTS[kind].items() if name != "leave_url"}
    plain = request(kind=kind, role="beneficiary", facts=facts)
    recipient = plain.recipient.model_copy(update={"contact": contact})
    return plain.model_copy(update={"list_id": list_id, "recipient": recipient})


def mail(one: NoticeRequested) -> EmailMessage:
    content = plan(with_link(one, LINKS), Desk(LETTERS, FROM, LINKS, NOW)).notice.content
    assert content is not None
    return message_from_bytes(content, policy=default)


def test_mail_of_a_list_can_be_left_by_one_click_by_reply_and_by_a_link_among_its_words() -> None:
    sent = mail(asked("LIST_UPDATE"))
    link = LINKS.leave(LIST, ANA)
    assert str(sent["List-Unsubscribe"]).startswith(f"<{link}>, <mailto:lists@qio.example?subject=unsubscribe%20")
    assert str(sent["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    assert str(sent["List-Id"]) == f"<{LIST}.qio.example>"
    text = sent.get_body(("plain",))
    assert text is not None
    assert link in text.get_content()


def test_what_the_law_wants_has_no_way_to_leave_even_when_somebody_asks_for_it_on_a_list() -> None:
    legal = asked("DECISION_LETTER")
    assert with_link(legal, LINKS) is legal
    assert not [name for name in mail(legal) if name.startswith("List-")]


@pytest.mark.parametrize(("list_id", "contact"), [(None, ANA), (LIST, None)])
def test_what_is_for_no_list_or_nobody_we_know_has_none(list_id: str | None, contact: UUID | None) -> None:
    one = asked("LIST_UPDATE", list_id, contact)
    assert with_link(one, LINKS) is one
    assert headers(one.notice_type, list_id, contact, LINKS) == {}


def test_a_notice_type_that_there_is_not_has_none() -> None:
    assert headers("SOMETHING_NEW", LIST, ANA, LINKS) == {}
