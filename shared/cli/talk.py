"""How commands speak HTTP with a service where more than a question is sent; failures as plain sentences."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from shared.cli.output import fail
from shared.cli.read import NotRunning, address, token
from shared.runtime.purpose import Purpose
from shared.runtime.settings import Settings
from shared.stack.errors import StackError

_SECONDS = 120.0


@contextmanager
def calling(service: str, purpose: Purpose = Purpose.CASE_WORK) -> Iterator[httpx.Client]:
    """A client of a service as the operating system's user; a failure inside ends the command."""
    try:
        settings = Settings().with_stack()
        headers = {"authorization": f"Bearer {token(settings)}", "x-purpose": str(purpose)}
        with httpx.Client(base_url=f"{address(settings, service)}/api", headers=headers, timeout=_SECONDS) as client:
            yield client
    except (StackError, ValueError) as error:
        fail(str(error), 2)
    except (httpx.HTTPError, NotRunning) as error:
        fail(f"The {service} service does not answer ({type(error).__name__}). Is it running? Try `qio up`.", 2)


def post(service: str, path: str, body: Mapping[str, Any]) -> Any:
    """The answer to a question whose words must stand in no log of addresses."""
    with calling(service) as client:
        return checked(client.post(path, json=dict(body))).json()


def checked(answer: httpx.Response) -> httpx.Response:
    """The answer; prints the service's sentence and exits 1 where it is a refusal."""
    if not answer.is_success:
        fail(_sentence(answer), 1)
    return answer


def _sentence(answer: httpx.Response) -> str:
    try:
        body = answer.json()
        return f"{body['title']} ({body['code']})"
    except (ValueError, KeyError, TypeError):
        return f"The request was refused (status {answer.status_code})."
