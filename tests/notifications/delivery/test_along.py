"""What goes along with a mail: the calendar file of a session, the headers of a list; and what is known of people."""

from collections.abc import Mapping
from email import message_from_bytes
from email.policy import default
from uuid import UUID

from services.notifications.domain.addresses.ids import AddressIds
from services.notifications.domain.addresses.kinds import ADDRESS, Address
from services.notifications.domain.contacts.kinds import CONTACT, Contact
from services.notifications.domain.knowing import About, Knowing
from services.notifications.domain.notice import Channel, State
from services.notifications.domain.planning import plan
from services.notifications.domain.route import Known
from shared.contracts.notifications import NoticeRequested
from shared.contracts.notifications.lists import AddressFacts, Reach
from tests.notifications.delivery.support import CONTACT as ANA
from tests.notifications.delivery.support import LATER, POSTAL, asked, person, planned
from tests.notifications.support import FACTS, NOW, desk
from tests.support.service import KEYRING

SESSION = "5b0e3f1c-0000-5000-8000-000000000001:2"
KNOWING = Knowing(AddressIds(KEYRING.reference))


def _session(calendar: str) -> bytes:
    facts = {
        **FACTS["SESSION_INVITATION"],
        "starts_at": "2014-09-10T18:00:00+00:00",
        "ends_at": "2014-09-10T19:00:00+00:00",
        "calendar": calendar,
    }
    message = asked(kind="SESSION_INVITATION", role="facility").model_copy(update={"facts": facts})
    return planned(message).content or b""


def test_the_mail_of_a_session_carries_its_calendar_file_and_is_the_same_bytes_again() -> None:
    content = _session(SESSION)
    assert content == _session(SESSION)
    mail = message_from_bytes(content, policy=default)
    [file] = mail.iter_attachments()
    assert (file.get_content_type(), file.get_param("method")) == ("text/calendar", "REQUEST")
    assert "SEQUENCE:2" in file.get_content()
    body = mail.get_body(("plain",))
    assert body is not None
    assert "puts the session into your calendar" in " ".join(body.get_content().split())


def test_where_no_file_can_be_made_the_mail_does_not_speak_of_one() -> None:
    mail = message_from_bytes(_session("yes"), policy=default)
    assert list(mail.iter_attachments()) == []
    body = mail.get_body(("plain",))
    assert body is not None
    assert "calendar" not in body.get_content()


def test_mail_of_a_list_can_be_left_with_one_click_and_other_mail_has_no_such_header() -> None:
    message = asked(kind="CAMPAIGN_MESSAGE", role="facility", contact=ANA)
    listed = message_from_bytes(planned(message.model_copy(update={"list_id": "falls"})).content or b"")
    assert listed["List-Id"] == "<falls.qio.example>"
    assert str(listed["List-Unsubscribe"]).startswith("<https://")
    assert listed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message_from_bytes(planned(message).content or b"")["List-Unsubscribe"] is None


def _known(records: Mapping[str, object], kind: str, role: str, list_id: str | None = None) -> Known:
    message = asked(kind=kind, role=role, contact=ANA)
    return KNOWING.known(records.get, About(kind, message.recipient, list_id), NOW)


def test_who_stopped_or_never_joined_the_list_is_not_written_to_and_gets_legal_notices_all_the_same() -> None:
    stopped = {CONTACT.key(str(ANA)): Contact.model_validate({"id": ANA, "facts": person(stopped=True)})}
    assert _known(stopped, "CAMPAIGN_MESSAGE", "facility").against == "contact-stopped"
    assert _known(stopped, "DECISION_LETTER", "beneficiary").against is None
    assert _known({}, "CAMPAIGN_MESSAGE", "facility", "falls").against == "not-on-list"


def test_an_address_that_mail_came_back_from_is_not_used() -> None:
    message = asked(contact=ANA)
    [mail] = [one for reach, one in KNOWING.ids.of_recipient(message.recipient).items() if reach is Reach.EMAIL]
    gone = Address(id=mail, facts=AddressFacts(reach=Reach.EMAIL, unusable_since=NOW))
    records = {ADDRESS.key(str(mail)): gone}
    assert set(records) <= set(KNOWING.keys(About.of(message)))
    known = KNOWING.known(records.get, About.of(message), LATER)
    assert Channel.EMAIL in known.unusable
    assert plan(message, desk(LATER, known)).notice.state is State.TASK
    assert isinstance(mail, UUID)


def _of_contact(*unusable: str, own: str | None = "recipient@facility.example") -> tuple[NoticeRequested, Known]:
    """A request to ``own`` for a contact at ana@home.example, and what is known with these addresses unusable."""
    message = asked(contact=ANA, email=own)
    contact = Contact(id=ANA, facts=person(addresses={"email": "ana@home.example", "postal": POSTAL}))
    records: dict[str, object] = {CONTACT.key(str(ANA)): contact}
    for one in unusable:
        mail = KNOWING.ids.of(Reach.EMAIL, one)
        records[ADDRESS.key(str(mail))] = Address(id=mail, facts=AddressFacts(reach=Reach.EMAIL, unusable_since=NOW))
    assert set(records) <= {*KNOWING.keys(About.of(message)), *KNOWING.further(contact), CONTACT.key(str(ANA))}
    return message, KNOWING.known(records.get, About.of(message), LATER)


def test_an_address_of_the_contact_that_mail_came_back_from_is_not_used_where_the_request_has_none() -> None:
    message, known = _of_contact("ana@home.example", own=None)
    made = plan(message, desk(LATER, known)).notice
    assert (made.channel, made.state) == (Channel.LETTER, State.QUEUED)
    message, known = _of_contact(own=None)
    assert plan(message, desk(LATER, known)).notice.channel is Channel.EMAIL


def test_where_mail_came_back_from_the_address_of_the_request_the_one_of_the_contact_is_used() -> None:
    message, known = _of_contact("recipient@facility.example")
    made = plan(message, desk(LATER, known)).notice
    assert made.recipient is not None
    assert (made.channel, made.recipient.email) == (Channel.EMAIL, "ana@home.example")


def test_where_mail_came_back_from_both_addresses_the_next_way_is_gone() -> None:
    message, known = _of_contact("recipient@facility.example", "ana@home.example")
    assert plan(message, desk(LATER, known)).notice.channel is Channel.LETTER


def test_an_address_of_the_request_that_nothing_came_back_from_is_used_whatever_became_of_the_others() -> None:
    message, known = _of_contact("ana@home.example")
    made = plan(message, desk(LATER, known)).notice
    assert made.recipient is not None
    assert (made.channel, made.recipient.email) == (Channel.EMAIL, "recipient@facility.example")
