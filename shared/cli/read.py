"""Asks a service's read API a question, as the operating system's user, with a purpose."""

import datetime as dt
import json
import os
from typing import Any, Final

import httpx

from shared.cli.ask import actor
from shared.cli.output import fail
from shared.runtime.purpose import Purpose
from shared.runtime.settings import Settings
from shared.runtime.tokens import LocalIssuer
from shared.stack.errors import StackError

TOKEN_LIFE = dt.timedelta(minutes=5)


def get(service: str, path: str, *, purpose: Purpose = Purpose.OPERATIONS, **parameters: Any) -> Any:
    """The answer to ``GET /api<path>``; prints a plain sentence and exits when there is none."""
    try:
        return fetch(Settings().with_stack(), service, path, purpose=purpose, **parameters)
    except (StackError, ValueError) as error:
        fail(str(error), 2)
    except httpx.HTTPStatusError as error:
        fail(_problem(error.response), 1)
    except (httpx.HTTPError, NotRunning) as error:
        fail(f"The {service} service does not answer ({type(error).__name__}). Is it running? Try `qio up`.", 2)


def fetch(
    settings: Settings, service: str, path: str, *, purpose: Purpose = Purpose.OPERATIONS, **parameters: Any
) -> Any:
    """The same, raising NotRunning or what httpx raises."""
    answer = httpx.get(
        f"{address(settings, service)}/api{path}",
        params={name: value for name, value in parameters.items() if value is not None},
        headers={"authorization": f"Bearer {token(settings)}", "x-purpose": str(purpose)},
        timeout=30,
    )
    answer.raise_for_status()
    return answer.json()


def sought(settings: Settings, service: str, path: str) -> Any:
    """The same for what may not be there: None then. Raises NotRunning where there is no answer, or a refusal."""
    try:
        return fetch(settings, service, path)
    except httpx.HTTPStatusError as error:
        if error.response.status_code == httpx.codes.NOT_FOUND:
            return None
        raise NotRunning(service) from error
    except httpx.HTTPError as error:
        raise NotRunning(service) from error


class NotRunning(Exception):  # noqa: N818 - the fact is the name
    """No note says where the service listens, or it does not answer."""


# What ``fetch`` raises, and reading the settings for it, where there is no answer that can be used.
UNANSWERED: Final = (NotRunning, StackError, httpx.HTTPError, ValueError)


def address(settings: Settings, service: str) -> str:
    """Where a service listens: ``QIO_API_<SERVICE>``, else the note it left in the data folder; raises NotRunning."""
    given = os.environ.get(f"QIO_API_{service.upper()}")
    if given:
        return given.rstrip("/")
    note = settings.data_dir / "run" / f"service-{service}.json"
    try:
        found = json.loads(note.read_text())
    except (OSError, ValueError):
        raise NotRunning(service) from None
    return f"http://{found['host']}:{found['port']}"


def token(settings: Settings) -> str:
    """``QIO_TOKEN`` where an identity provider gives tokens, else one of the embedded stack's issuer."""
    given = os.environ.get("QIO_TOKEN")
    if given:
        return given
    issuer = LocalIssuer.from_file(settings.secret_file("token-key"))
    return issuer.issue(actor(), ["operator"], None, TOKEN_LIFE)


def _problem(answer: httpx.Response) -> str:
    try:
        body = answer.json()
        return f"{body['title']} ({body['code']})"
    except (ValueError, KeyError, TypeError):
        return f"The request was refused (status {answer.status_code})."
