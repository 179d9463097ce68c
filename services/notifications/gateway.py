"""One reused connection to the mail server, whose answers become outcomes."""

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Final

from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPRecipientRefused,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from services.notifications.domain.delivery import Attempt, Delivered, Impossible, Later, Outcome
from services.notifications.settings import MailSettings

_LOST: Final = "connection-lost"
_TOO_LARGE: Final = 552
_CLOSING: Final = 421  # RFC 5321 3.8


class GatewayDown(Exception):  # noqa: N818 - the fact
    """The mail server cannot be used at all just now; says nothing about any notice. ``code`` is why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Gateway:
    """A connection that is made when needed and kept; not for two sends at once."""

    def __init__(self, settings: MailSettings, clock: Callable[[], dt.datetime]) -> None:
        self._settings = settings
        self._clock = clock
        self._client: SMTP | None = None

    async def send(self, attempt: Attempt) -> Outcome:
        """Hand over one mail.

        Raises GatewayDown when the server does not accept connections, sign-in or our sender address: then the
        notice was not tried and no refusal is held against it. A lost answer is ``Later``: it may have been taken.
        """
        client = self._client or await self._connect()
        try:
            async with asyncio.timeout(self._settings.smtp_timeout):
                await client.sendmail(self._settings.sender, [attempt.address], attempt.content)
        except SMTPSenderRefused as refusal:
            if refusal.code == _TOO_LARGE:
                return Impossible(f"smtp-{refusal.code}")
            await self.close()
            raise GatewayDown(f"sender-refused-{refusal.code}") from None
        except SMTPRecipientsRefused as refusal:
            return await self._refused(refusal.recipients[0])
        except (SMTPServerDisconnected, SMTPTimeoutError, OSError):
            await self.close()
            return Later(_LOST)
        except SMTPResponseException as refusal:
            return await self._refused(refusal)
        except (SMTPException, ValueError):
            await self.close()
            return Impossible("smtp-unsupported")
        return Delivered(self._clock())

    async def close(self) -> None:
        """Let the connection go; idempotent."""
        client, self._client = self._client, None
        if client is not None:
            client.close()

    async def quit(self) -> None:
        """Say goodbye to the server, as far as it still listens."""
        client, self._client = self._client, None
        if client is None:
            return
        try:
            await client.quit(timeout=2)
        except (SMTPException, OSError):
            client.close()

    async def _connect(self) -> SMTP:
        settings = self._settings
        tls = settings.tls()
        client = SMTP(
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            use_tls=tls == "tls",
            start_tls=tls == "starttls",
            username=settings.smtp_username,
            password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
            timeout=settings.smtp_timeout,
        )
        try:
            async with asyncio.timeout(settings.smtp_timeout):
                await client.connect()
        except SMTPResponseException as refusal:
            client.close()
            raise GatewayDown(f"smtp-{refusal.code}") from None
        except (SMTPException, OSError) as error:
            client.close()
            raise GatewayDown(type(error).__name__) from None
        self._client = client
        return client

    async def _refused(self, refusal: SMTPRecipientRefused | SMTPResponseException) -> Outcome:
        if refusal.code == _CLOSING:
            await self.close()
        return (Impossible if 500 <= refusal.code < 600 else Later)(f"smtp-{refusal.code}")
