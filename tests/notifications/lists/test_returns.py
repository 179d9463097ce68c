"""Mail that comes back: read for what it says of our notices, and inert whatever else is in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.notifications.domain.addresses.returns import Back, Bounced, Complained, Leaving, mails, read_back
from shared.contracts.notifications.lists import Bounce
from tests.notifications.lists.desk import ANA, LINKS, LIST, NOTICE
from tests.notifications.lists.mails import DOMAIN, OURS, complaint, delivery_report, original, report


def back(raw: bytes) -> Back | None:
    return read_back(raw, DOMAIN)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("5.1.1", Bounce.HARD),
        ("5.1.2", Bounce.HARD),
        ("5.1.10", Bounce.HARD),
        ("5.2.1", Bounce.HARD),
        ("5.2.2", Bounce.SOFT),
        ("5.7.1", Bounce.SOFT),
        ("5.3.4", Bounce.SOFT),
        ("4.4.7", Bounce.SOFT),
        ("5.0.0", Bounce.SOFT),
    ],
)
def test_only_a_status_that_blames_the_address_is_a_hard_bounce(status: str, kind: Bounce) -> None:
    assert back(delivery_report(status)) == Bounced(NOTICE, kind, status)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", "", "FAILED?"])
def test_what_has_not_failed_is_no_bounce(action: str) -> None:
    assert back(delivery_report(action=action)) is None


def test_the_status_may_stand_in_the_diagnostic_only() -> None:
    found = back(delivery_report(status="none", diagnostic="smtp; 550 5.1.1 <x>: User unknown"))
    assert found == Bounced(NOTICE, Bounce.HARD, "5.1.1")
    assert back(delivery_report(status="none", diagnostic="x 10.5.1.1 y")) == Bounced(NOTICE, Bounce.SOFT, None)


def test_the_notice_is_found_by_envelope_id_by_the_returned_mail_or_by_its_headers() -> None:
    bounced = Bounced(NOTICE, Bounce.HARD, "5.1.1")
    assert back(delivery_report(envelope=f"{NOTICE}@{DOMAIN}", returned=b"Subject: cut\r\n\r\n")) == bounced
    assert back(delivery_report()) == bounced
    headers = original().partition(b"\r\n\r\n")[0]
    assert back(delivery_report(returned=headers, returned_as="text/rfc822-headers")) == bounced


@pytest.mark.parametrize("other", [f"<{NOTICE}@evil.example>", "<x@qio.example>", f"<{NOTICE}@qio.example.evil>", ""])
def test_a_report_about_a_mail_that_is_not_ours_says_nothing(other: str) -> None:
    assert back(delivery_report(returned=original(other))) is None


def test_a_report_cannot_name_a_notice_in_its_own_message_id() -> None:
    raw = delivery_report(returned=original("<a@b.example>"))
    assert back(raw.replace(b"<daemon-1@mx.family.example>", OURS.encode())) is None


def test_a_complaint_is_one_only_when_the_reader_did_not_want_it() -> None:
    assert back(complaint()) == Complained(NOTICE)
    assert back(complaint("not-spam")) is None


def test_a_reply_with_the_token_of_the_header_leaves_the_list() -> None:
    token = LINKS.leave(LIST, ANA).rpartition("/")[2]
    mail = f"From: a@b.example\r\nSubject: unsubscribe {token}\r\n\r\n".encode()
    assert back(mail) == Leaving(token)
    assert back(mail.replace(b"unsubscribe ", b"Re: UNSUBSCRIBE\r\n ")) == Leaving(token)
    assert back(b"Subject: please unsubscribe me\r\n\r\n") is None


def test_any_other_mail_says_nothing() -> None:
    assert back(original()) is None
    assert back(b"") is None


def test_parts_within_parts_without_end_are_nobodys_report() -> None:
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(5_000))
    assert back(deep) is None
    assert back(deep[:2_000] + b"\r\n" * 2_000_000) is None
    assert back(b"Content-Type: message/rfc822\r\n\r\n" * 20_000) is None


def test_a_report_whose_fields_are_broken_is_inert() -> None:
    assert back(report("delivery-status", "\x00: \xff\r\n\r\n: :\r\n\r\nAction", b"\xff\xfe")) is None
    hostile = delivery_report("5.1.1; rm -rf /", diagnostic="{{7*7}}\r\n\tX-Injected: yes")
    assert back(hostile) == Bounced(NOTICE, Bounce.HARD, "5.1.1")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_mail_whatever_makes_the_reader_fail(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from([delivery_report(), complaint(), original()])))
    for _ in range(data.draw(st.integers(0, 20))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    found = back(bytes(raw) + data.draw(st.binary(max_size=50)))
    assert found is None or isinstance(found, Back)


def test_an_mbox_is_read_mail_by_mail_and_a_single_mail_as_one() -> None:
    mail = delivery_report()
    box = b"From MAILER-DAEMON Thu\r\n" + mail + b"\r\nFrom x y\r\n" + complaint() + b"\r\n"
    assert [back(one) for one in mails(box.splitlines(keepends=True))] == [
        Bounced(NOTICE, Bounce.HARD, "5.1.1"),
        Complained(NOTICE),
    ]
    assert list(mails(mail.splitlines(keepends=True))) == [mail]
    assert list(mails([])) == []


def test_a_line_that_begins_with_from_does_not_cut_a_single_mail_in_two() -> None:
    mail = b"Subject: x\r\n\r\n\r\nFrom here on it is text\r\n"
    assert list(mails(mail.splitlines(keepends=True))) == [mail]
