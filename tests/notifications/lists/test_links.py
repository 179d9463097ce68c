"""Links and headers: nobody but us makes them, and every mail program can read them."""

import base64
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain.unsubscribing import Links, MailHeader, Purpose, list_headers
from services.notifications.list_settings import ListSettings
from shared.messaging.keyring import Keyring
from tests.notifications.lists.desk import ANA, BEN, LINKS, LIST

TOKEN = LINKS.token(Purpose.LEAVE, LIST, ANA)


def test_a_token_tells_list_and_contact_for_its_purpose_only() -> None:
    assert LINKS.read(Purpose.LEAVE, TOKEN) == (LIST, ANA)
    assert LINKS.read(Purpose.CONFIRM, TOKEN) is None
    assert LINKS.token(Purpose.LEAVE, LIST, ANA) == TOKEN, "the same link in every mail, and nothing is kept of it"
    assert len({LINKS.token(p, one, who) for p in Purpose for one in (LIST, "b-list") for who in (ANA, BEN)}) == 8


def test_a_token_of_another_site_is_worth_nothing() -> None:
    other = Links(Keyring({1: bytes(32)}).reference, LINKS.url, LINKS.mailbox)
    assert LINKS.read(Purpose.LEAVE, other.token(Purpose.LEAVE, LIST, ANA)) is None


@pytest.mark.parametrize("part", [0, 31, 32, 47, 48, -1])
def test_a_token_that_was_changed_anywhere_is_worth_nothing(part: int) -> None:
    plain = bytearray(base64.urlsafe_b64decode(TOKEN + "=" * (-len(TOKEN) % 4)))
    plain[part] ^= 1
    assert LINKS.read(Purpose.LEAVE, base64.urlsafe_b64encode(plain).decode().rstrip("=")) is None


@given(st.text(max_size=400) | st.binary(max_size=300).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_no_text_whatever_makes_the_reader_fail_or_believe(text: str) -> None:
    assert LINKS.read(Purpose.LEAVE, text) is None


def _mail() -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = "News"
    for name, value in list_headers(LINKS, LIST, ANA).items():
        mail[name] = value
    mail.set_content("Words.")
    return mail.as_bytes()


def test_list_mail_says_how_to_leave_in_headers_that_stand_as_they_are() -> None:
    raw = _mail().decode()
    assert f"List-Unsubscribe: <https://notices.qio.example/unsubscribe/{TOKEN}>,\r\n <mailto:" in raw
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    assert "List-Id: <fall-prevention.qio.example>\r\n" in raw
    assert "=?utf-8" not in raw
    assert max(map(len, raw.split("\r\n"))) <= 998  # RFC 5322 2.1.1
    read = message_from_bytes(_mail(), policy=default)
    assert str(read["List-Unsubscribe"]) == str(list_headers(LINKS, LIST, ANA)["List-Unsubscribe"])


def test_headers_name_nobody() -> None:
    text = "".join(list_headers(LINKS, LIST, ANA).values())
    assert "ana@" not in text
    assert str(ANA) not in text


@pytest.mark.parametrize("value", ["<a>\r\nBcc: x", "<a>\n x", "<ä>", "a\x00"])
def test_a_header_cannot_begin_another(value: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII"):
        MailHeader("List-Unsubscribe", value)


@pytest.mark.parametrize(
    "given",
    [
        {"public_url": "http://notices.qio.example"},
        {"public_url": "https://a.example/?x=1"},
        {"public_url": "notices.qio.example"},
        {"public_url": "https://a.example/ b"},
        {"list_mailbox": "lists@qio.example?cc=x"},
        {"list_mailbox": "a\r\nb@qio.example"},
        {"soft_bounces": 0},
        {"confirm_days": 0},
    ],
)
def test_settings_that_cannot_be_meant_are_refused_at_start(given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="ListSettings"):
        ListSettings.model_validate(given)


def test_a_contact_id_that_is_no_contacts_is_read_as_any_other() -> None:
    nobody = UUID(int=0)
    assert LINKS.read(Purpose.LEAVE, LINKS.token(Purpose.LEAVE, "x-list", nobody)) == ("x-list", nobody)
