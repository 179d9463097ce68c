"""The mail of a notice: headers that nobody can write into, the same bytes at every attempt."""

import datetime as dt
from email import message_from_bytes
from email.policy import default
from uuid import UUID

import pytest

from services.notifications.domain.letters import NotSendable
from services.notifications.domain.mail import Sender, checked_address, compose
from services.notifications.domain.notice import Channel, State
from services.notifications.domain.planning import plan
from services.notifications.settings import MailSettings
from shared.contracts.notifications import NoticeFailed, NoticeQueued
from tests.notifications.support import FROM, LETTERS, NOW, desk, request

ID = UUID("6fa459ea-ee8a-3ca4-894e-db77e160355e")


def _mail(**changed: str) -> bytes:
    asked = request(kind="DECISION_LETTER", role="beneficiary", language="es", **changed)  # type: ignore[arg-type]
    letter = LETTERS.write(asked.notice_type, asked.recipient, asked.facts)
    return compose(letter, notice_id=ID, to="maria@patient.example", sender=FROM, queued_at=NOW)


def test_the_mail_says_who_when_and_under_which_rule() -> None:
    mail = message_from_bytes(_mail(), policy=default)
    assert str(mail["From"]) == "Quality Improvement Organization <notices@qio.example>"
    assert str(mail["To"]) == "maria@patient.example"
    assert mail["Message-ID"] == "<6fa459ea-ee8a-3ca4-894e-db77e160355e@qio.example>"
    assert mail["Date"].datetime == NOW
    assert mail["X-Redisclosure"] == "42CFR480.107"
    assert mail["Content-Language"] == "es"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_both_parts_are_complete_utf8_and_carry_the_redisclosure_footer() -> None:
    mail = message_from_bytes(_mail(), policy=default)
    assert mail.get_content_type() == "multipart/alternative"
    for part in mail.iter_parts():
        text = part.get_content()
        assert part.get_content_charset() == "utf-8"
        assert "decisión" in text
        assert "42 CFR 480.107" in text


def test_the_headers_hold_no_personal_data_but_the_address() -> None:
    head = _mail(name="Unmistakable Name").partition(b"\r\n\r\n")[0].decode()
    assert "Unmistakable" not in head
    assert "7c9e6679" not in head  # the case


def test_the_same_notice_is_the_same_bytes_and_only_crlf_lines() -> None:
    first = _mail()
    assert first == _mail()
    assert b"\n" not in first.replace(b"\r\n", b"")
    assert max(map(len, first.split(b"\r\n"))) <= 998  # RFC 5322 2.1.1


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\r\nBcc: thief@evil.example",
        "a@b.example\nX: y",
        "a@b.example, c@d.example",
        "Name <a@b.example>",
        "a b@c.example",
        "@b.example",
        "a@",
        "a",
        "",
        "a@b.example\x00",
        "a@[127.0.0.1]",
        "münchen@b.example",
        "a@@b.example",
        '"a b"@c.example',
        "(x)a@b.example",
    ],
)
def test_what_is_not_one_plain_address_is_refused(address: str) -> None:
    with pytest.raises(NotSendable, match=r"^bad-address$"):
        checked_address(address)


@pytest.mark.parametrize("address", ["a@b.example", "a.b+c_d-e@sub.b-c.example", "o'brien@b.example"])
def test_plain_addresses_are_taken(address: str) -> None:
    assert checked_address(address) == address


def test_a_request_with_an_address_is_queued_for_mail() -> None:
    planned = plan(request(), desk())
    assert (planned.notice.state, planned.notice.channel) == (State.QUEUED, Channel.EMAIL)
    assert [type(emit.event) for emit in planned.events] == [NoticeQueued]


@pytest.mark.parametrize(("email", "reason"), [(None, "no-address"), ("not an address", "bad-address")])
def test_without_a_usable_address_the_notice_becomes_a_task_and_is_never_lost(email: str | None, reason: str) -> None:
    planned = plan(request(email=email), desk())
    assert (planned.notice.state, planned.notice.channel, planned.notice.reason) == (State.TASK, Channel.TASK, reason)
    queued, failed = (emit.event for emit in planned.events)
    assert isinstance(queued, NoticeQueued)
    assert queued.channel == "task"
    assert isinstance(failed, NoticeFailed)
    assert (failed.reason, failed.attempts) == (reason, 0)


@pytest.mark.parametrize(
    ("kind", "reason"), [("WELCOME", "incomplete:facility_name"), ("SOMETHING_NEW", "unknown-type")]
)
def test_a_letter_that_may_not_leave_fails_with_its_reason_and_keeps_its_facts(kind: str, reason: str) -> None:
    planned = plan(request(kind=kind, facts={"other": "x"}), desk())
    assert (planned.notice.state, planned.notice.reason) == (State.FAILED, reason)
    assert planned.notice.facts == {"other": "x"}
    assert planned.notice.content is None
    [failed] = (emit.event for emit in planned.events)
    assert isinstance(failed, NoticeFailed)
    assert failed.reason == reason


def test_what_is_said_about_a_notice_names_nobody() -> None:
    for email in ("who@patient.example", None):
        planned = plan(request(email=email, name="Unmistakable Name"), desk())
        said = "".join(emit.event.model_dump_json() for emit in planned.events)
        assert "Unmistakable" not in said
        assert "patient.example" not in said


def test_the_senders_name_cannot_write_headers() -> None:
    letter = LETTERS.write("WELCOME", request().recipient, request().facts)
    with pytest.raises(ValueError, match=r"invalid|CR|linefeed"):
        compose(letter, notice_id=ID, to="a@b.example", sender=Sender("x\r\nBcc: y", "n@q.example"), queued_at=NOW)


@pytest.mark.parametrize(
    "given",
    [
        {"sender": "nobody"},
        {"sender": "a@b.example\r\nX: y"},
        {"sender_name": "a\nb"},
        {"smtp_username": "u"},
        {"smtp_username": "u", "smtp_password": "p", "smtp_host": "mail.example", "smtp_tls": "none"},
        {"smtp_timeout": 60, "lease": 200},
        {"smtp_port": 0},
    ],
)
def test_settings_that_cannot_be_meant_are_refused_at_start(given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="MailSettings"):
        MailSettings.model_validate(given)


def test_mail_leaves_this_host_only_under_tls_unless_told_otherwise() -> None:
    assert MailSettings().tls() == "none"
    assert MailSettings(smtp_host="mail.example").tls() == "starttls"
    assert MailSettings(smtp_host="catcher", smtp_tls="none").tls() == "none"


def test_date_is_the_queue_time_in_any_zone() -> None:
    letter = LETTERS.write("WELCOME", request().recipient, request().facts)
    local = NOW.astimezone(dt.timezone(dt.timedelta(hours=-10)))
    mail = compose(letter, notice_id=ID, to="a@b.example", sender=FROM, queued_at=local)
    assert b"Date: Wed, 06 Aug 2014 14:00:00 +0000\r\n" in mail
