"""The local mail server keeps readable mail and ends with its parent."""

import asyncio
import datetime as dt
import json
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.stack.mailbox import INDEX, MAX_BYTES, Mailbox, serving

MAIL = b"Subject: =?utf-8?q?Nuestra_decisi=C3=B3n?=\r\nMessage-ID: <1@qio.example>\r\n\r\nHola\r\n"
DAY = dt.datetime(2014, 8, 6, 23, 59, tzinfo=dt.UTC)


@pytest.fixture
def child(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "shared.stack.mailbox", "--dir", str(tmp_path / "mailbox"), "--port", "0"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    host, _, port = process.stdout.readline().strip().rpartition(":")
    assert host == "127.0.0.1"
    yield process, int(port)
    process.kill()
    process.wait()
    process.stdout.close()
    if process.stdin is not None and not process.stdin.closed:
        process.stdin.close()


def _index(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / INDEX).read_text(encoding="utf-8").splitlines()]


def test_a_mail_is_a_readable_file_when_the_server_says_250(tmp_path: Path, child: tuple[object, int]) -> None:
    with smtplib.SMTP("127.0.0.1", child[1]) as client:
        client.sendmail("a@b.example", ["c@d.example"], MAIL)
        [file] = (tmp_path / "mailbox").glob("*/*.eml")
        assert file.name == "0001-nuestra-decision.eml"
        assert file.parent.name == dt.datetime.now(dt.UTC).date().isoformat()
        assert b"Hola" in file.read_bytes()
        [line] = _index(tmp_path / "mailbox")
        assert (line["message_id"], line["to"], line["subject"]) == (
            "<1@qio.example>",
            ["c@d.example"],
            "Nuestra decisión",
        )


def test_a_mail_that_is_too_large_is_refused_and_leaves_nothing(tmp_path: Path, child: tuple[object, int]) -> None:
    with smtplib.SMTP("127.0.0.1", child[1]) as client:
        with pytest.raises((smtplib.SMTPDataError, smtplib.SMTPSenderRefused)) as refusal:
            client.sendmail("a@b.example", ["c@d.example"], MAIL + b"x" * MAX_BYTES)
        assert refusal.value.smtp_code == 552
    assert not list((tmp_path / "mailbox").glob("*/*"))


def test_it_ends_when_its_parent_is_gone(child: tuple[subprocess.Popen[str], int]) -> None:
    assert child[0].stdin is not None
    child[0].stdin.close()
    assert child[0].wait(10) == 0


def test_it_ends_in_order_when_told(child: tuple[subprocess.Popen[str], int]) -> None:
    child[0].terminate()
    assert child[0].wait(10) == 0


def test_it_listens_on_this_host_only(child: tuple[object, int]) -> None:
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for address in others:
        if str(address).startswith("127."):
            continue
        with pytest.raises(OSError, match="refused"), socket.create_connection((str(address), child[1]), 2):
            pass


def test_numbers_go_on_after_a_restart_and_begin_anew_each_day(tmp_path: Path) -> None:
    first = Mailbox(tmp_path)
    assert first.keep(MAIL, [], DAY).name.startswith("0001-")
    first.close()
    second = Mailbox(tmp_path)
    assert second.keep(MAIL, [], DAY).name.startswith("0002-")
    assert second.keep(MAIL, [], DAY + dt.timedelta(minutes=2)).relative_to(tmp_path).parts[0] == "2014-08-07"
    second.close()
    assert len(_index(tmp_path)) == 3


@pytest.mark.parametrize(
    "subject",
    [
        b"../../etc/passwd",
        b"a/b\x00c",
        b"\xff\xfe",
        b"",
        b"x" * 5000,
        b"=?utf-8?b?4oCuLi4v?=",
        b"=?no-such?q?x?=",
        b"=?utf-8?b?%%%?=",
        b"a\r\n b",
    ],
)
def test_no_subject_can_choose_a_place(tmp_path: Path, subject: bytes) -> None:
    mailbox = Mailbox(tmp_path)
    file = mailbox.keep(b"Subject: " + subject + b"\r\n\r\nx", [], DAY)
    mailbox.close()
    assert file.parent == tmp_path / "2014-08-06"
    assert file.name.isascii()
    assert len(file.name) < 80


async def test_many_connections_lose_no_mail(tmp_path: Path) -> None:
    def send(port: int) -> None:
        with smtplib.SMTP("127.0.0.1", port) as client:
            for _ in range(20):
                client.sendmail("a@b.example", ["c@d.example"], MAIL)

    async with serving(Mailbox(tmp_path)) as port:
        await asyncio.gather(*(asyncio.to_thread(send, port) for _ in range(5)))
    lines = _index(tmp_path)
    assert len(lines) == 100
    assert {str(line["file"]) for line in lines} == {f"{file.parent.name}/{file.name}" for file in _mails(tmp_path)}


def _mails(folder: Path) -> list[Path]:
    return list(folder.glob("*/*.eml"))
