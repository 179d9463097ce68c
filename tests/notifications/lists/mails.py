"""Mail that comes back, as mail servers and providers write it."""

from email.message import EmailMessage
from email.policy import SMTP

from tests.notifications.lists.desk import NOTICE

DOMAIN = "qio.example"
OURS = f"<{NOTICE}@{DOMAIN}>"


def original(message_id: str = OURS) -> bytes:
    """A mail of ours."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "notices@qio.example"
    mail["To"] = "ana@family.example"
    mail["Subject"] = "News from your list"
    mail["Message-ID"] = message_id
    mail.set_content("Words.")
    return mail.as_bytes()


def report(kind: str, blocks: str, returned: bytes, returned_as: str = "message/rfc822") -> bytes:
    """A multipart/report of any kind."""
    return (
        "From: MAILER-DAEMON@mx.family.example\r\nTo: lists@qio.example\r\nSubject: Undelivered Mail\r\n"
        "Message-ID: <daemon-1@mx.family.example>\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type={kind}; boundary="b1"\r\n\r\n'
        "--b1\r\nContent-Type: text/plain\r\n\r\nIt did not work.\r\n"
        f"--b1\r\nContent-Type: message/{kind}\r\n\r\n{blocks}\r\n"
        f"--b1\r\nContent-Type: {returned_as}\r\n\r\n"
    ).encode() + (returned + b"\r\n--b1--\r\n")


def delivery_report(
    status: str = "5.1.1",
    action: str = "failed",
    *,
    envelope: str | None = None,
    diagnostic: str = "smtp; 550 No such user",
    returned: bytes | None = None,
    returned_as: str = "message/rfc822",
) -> bytes:
    """A report of a mail server about one recipient."""
    envelope_field = f"Original-Envelope-Id: {envelope}\r\n" if envelope else ""
    blocks = (
        f"Reporting-MTA: dns; mx.family.example\r\n{envelope_field}\r\n"
        f"Final-Recipient: rfc822; ana@family.example\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: {diagnostic}\r\n"
    )
    return report("delivery-status", blocks, original() if returned is None else returned, returned_as)


def complaint(kind: str = "abuse") -> bytes:
    """A report of a provider whose user pressed the button."""
    return report("feedback-report", f"Feedback-Type: {kind}\r\nUser-Agent: P/1\r\nVersion: 1\r\n", original())
