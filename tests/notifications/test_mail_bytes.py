"""The mail put together by hand says what Python's own EmailMessage says of the same letter."""

from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import format_datetime
from types import MappingProxyType
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.notifications.domain.attachment import Attachment
from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.letters import Letter, NotSendable
from services.notifications.domain.mail import Sender, checked_address, compose
from services.notifications.domain.unsubscribing import list_headers
from shared.contracts.message import REDISCLOSURE
from tests.notifications.support import FACTS, FROM, LETTERS, LINKS, NOW, request

ID = UUID("6fa459ea-ee8a-3ca4-894e-db77e160355e")
TO = "maria@patient.example"
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=300)
# What an address may and may not be made of, and what only looks as if it were part of one.
PIECES = st.sampled_from(
    [*"ab1.@-_+'=?,;:<>()[]\\\" \t\r\n%!#$&*/^`{|}~", "é", "\x00", "\x7f", "=?utf-8?q?x?=", "..", "b.example"]
)
CALENDAR = Attachment(
    "session.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n" * 20, (("method", "REQUEST"), ("charset", "UTF-8"))
)
PAPER = Attachment("letter.pdf", "application/pdf", bytes(range(256)) * 9)


def by_the_library(
    letter: Letter, to: str, sender: Sender, headers: dict[str, str], attachments: tuple[Attachment, ...]
) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(sender.name, addr_spec=sender.address)
    mail["To"] = Address(addr_spec=to)
    mail["Subject"] = letter.title
    mail["Date"] = format_datetime(NOW)
    mail["Message-ID"] = f"<{ID}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Redisclosure"] = REDISCLOSURE
    for name, value in headers.items():
        mail[name] = value
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    mail["Content-Language"] = letter.language
    mail.set_boundary(f"=_{ID.hex}")
    for one in attachments:
        main, _, sub = one.content_type.partition("/")
        mail.add_attachment(one.content, maintype=main, subtype=sub, filename=one.name, params=dict(one.parameters))
    if attachments:
        mail.set_boundary(f"=_{ID.hex}.m")
    return mail


def read(raw: bytes) -> list[tuple[dict[str, str], object]]:
    """Headers and content of every part, in order, as a reader decodes them."""
    mail = message_from_bytes(raw, policy=default)
    assert not [one.defects for one in mail.walk() if one.defects]
    return [
        (
            {name: str(value) for name, value in one.items() if name != "MIME-Version" or one is mail},
            None if one.is_multipart() else one.get_content(),
        )
        for one in mail.walk()
    ]


def head(raw: bytes) -> bytes:
    """The lines before MIME's."""
    return raw.partition(b"MIME-Version")[0]


def both(
    letter: Letter,
    to: str = TO,
    sender: Sender = FROM,
    headers: dict[str, str] = MappingProxyType({}),  # type: ignore[assignment]
    attachments: tuple[Attachment, ...] = (),
) -> tuple[bytes, bytes]:
    ours = compose(letter, notice_id=ID, to=to, sender=sender, queued_at=NOW, headers=headers, attachments=attachments)
    return ours, by_the_library(letter, to, sender, dict(headers), attachments).as_bytes()


@pytest.mark.parametrize("kind", sorted(CATALOGUE))
def test_every_type_of_notice_is_the_mail_the_library_writes(kind: str) -> None:
    for role in CATALOGUE[kind].letters:
        for language in ("en", "es"):
            asked = request(kind=kind, role=role, language=language)
            ours, theirs = both(LETTERS.write(kind, asked.recipient, FACTS[kind]))
            assert head(ours) == head(theirs)
            assert read(ours) == read(theirs)


@given(name=NAMES, rationale=NAMES, language=st.sampled_from(["en", "es"]))
@example("=?utf-8?q?x?=", "From here\n.\n--=_6fa459eaee8a3ca4894edb77e160355e--\n\n  \t \n" + "é" * 300, "en")
@example("x" * 300, "a " * 200 + "\t", "en")
def test_whatever_the_words_are_both_read_the_same_and_no_line_is_longer_than_quoted_printable_allows(
    name: str, rationale: str, language: str
) -> None:
    facts = {**FACTS["DECISION_LETTER"], "rationale": f"x {rationale}"}
    asked = request(kind="DECISION_LETTER", role="beneficiary", name=name, language=language, facts=facts)
    ours, theirs = both(LETTERS.write("DECISION_LETTER", asked.recipient, facts))
    assert read(ours) == read(theirs)
    assert head(ours) == head(theirs)
    body = ours.partition(b"\r\n\r\n")[2]
    assert max(map(len, body.split(b"\r\n"))) <= 76  # RFC 2045 6.7
    assert b"=0D" not in body  # lines end as lines, not as letters of a longer one
    assert b"\n" not in ours.replace(b"\r\n", b"")
    assert ours.isascii()


@given(headline=st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200).filter(str.strip))
def test_any_subject_line_is_the_librarys(headline: str) -> None:
    kind = next(kind for kind, one in sorted(CATALOGUE.items()) if one.headline is not None)
    described = CATALOGUE[kind]
    assert described.headline is not None
    facts = {**FACTS[kind], described.headline: f"x {headline}"}
    asked = request(kind=kind, role=next(iter(described.letters)), facts=facts)
    ours, theirs = both(LETTERS.write(kind, asked.recipient, facts))
    assert head(ours) == head(theirs)


@pytest.mark.parametrize(
    "sender", [Sender("Organización", "n@q.example"), Sender("A, B", "n@q.example"), Sender("x" * 60, "n@q.example")]
)
def test_any_sender_is_the_librarys(sender: Sender) -> None:
    letter = LETTERS.write("WELCOME", request().recipient, request().facts)
    ours, theirs = both(letter, sender=sender)
    assert head(ours) == head(theirs)


def test_a_long_address_stands_whole_on_one_line() -> None:
    to = f"{'a' * 60}@{'b' * 60}.example"
    letter = LETTERS.write("WELCOME", request().recipient, request().facts)
    ours, _ = both(letter, to)
    assert f"\r\nTo: {to}\r\n".encode() in ours


@pytest.mark.parametrize("attachments", [(CALENDAR,), (CALENDAR, PAPER)])
def test_files_and_the_headers_of_lists_go_along_as_the_library_writes_them(
    attachments: tuple[Attachment, ...],
) -> None:
    letter = LETTERS.write("WELCOME", request().recipient, request().facts)
    ours, theirs = both(letter, headers=dict(list_headers(LINKS, "news", ID)), attachments=attachments)
    assert head(ours) == head(theirs)
    assert read(ours) == read(theirs)


@given(st.lists(PIECES, max_size=12).map("".join))
@example("a@b.example")
@example("a..b@c.example")
@example("a@b..example")
@example("a@b.example.")
@example("=?utf-8?q?x?=@b.example")
def test_a_plain_address_is_what_the_library_reads_as_one(address: str) -> None:
    try:
        parsed = Address(addr_spec=address)
    except (HeaderParseError, MessageError, ValueError, IndexError):
        plain = False
    else:
        plain = parsed.addr_spec == address and bool(parsed.domain) and address.isascii() and address.isprintable()
        plain = plain and not any(char in address for char in ' ,;<>"()[]\\')
    try:
        taken = checked_address(address) == address
    except NotSendable:
        taken = False
    assert taken == plain
