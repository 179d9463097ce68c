"""Who may read: the dependency every read route has, and problem details (RFC 9457) that show no values."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, FastAPI, Header, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException

from shared.runtime.purpose import Purpose
from shared.runtime.settings import Settings
from shared.runtime.tokens import Identity, TokenRefused, Verifier, make_verifier

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Access:
    """One permitted reading: who, in which roles, for which QIO region (None: no region), and what for."""

    actor: str
    roles: frozenset[str]
    region: str | None
    purpose: Purpose


class Problem(Exception):  # noqa: N818 - the thing itself
    """A refusal of a request: status, a code for machines and a sentence for people, without any value of it."""

    def __init__(self, status: int, code: str, title: str, *, paths: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.title = title
        self.paths = paths


_bearer = HTTPBearer(auto_error=False, description="Token of the identity provider or the embedded stack")


async def reader(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    x_purpose: Annotated[list[str] | None, Header(description=f"One of: {', '.join(Purpose)}")] = None,
) -> Access:
    """The permitted access; Problem 401 without a valid token, 400 without exactly one known purpose."""
    if credentials is None:
        raise Problem(401, "token-missing", "A bearer token is needed.")
    verifier: Verifier = request.app.state.verifier
    try:
        identity: Identity = verifier.verify(credentials.credentials)
    except TokenRefused as refusal:
        raise Problem(401, f"token-{refusal.code}", "The bearer token is not accepted.") from None
    return Access(identity.actor, identity.roles, identity.region, _purpose(x_purpose or []))


def install(app: FastAPI, settings: Settings) -> None:
    """Let ``app``'s routes depend on ``reader`` and answer every error as problem details.

    Reads or fetches the keys that tokens are verified with; raises what ``make_verifier`` raises.
    """
    app.state.verifier = make_verifier(settings)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _defect)


def _purpose(given: list[str]) -> Purpose:
    known = f"X-Purpose must say why: one of {', '.join(Purpose)}."
    if len(given) != 1:
        raise Problem(400, "purpose-missing" if not given else "purpose-ambiguous", known)
    try:
        return Purpose(given[0])
    except ValueError:
        raise Problem(400, "purpose-unknown", known) from None


def _answer(status: int, code: str, title: str, paths: tuple[str, ...] = ()) -> JSONResponse:
    body: dict[str, object] = {"type": f"urn:qio:problem:{code}", "title": title, "status": status, "code": code}
    if paths:
        body["paths"] = list(paths)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE, headers=headers)


async def _problem(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)
    return _answer(error.status, error.code, error.title, error.paths)


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    # The last step of a path may be a key the caller chose; parameters and their rule are ours.
    paths = tuple(f"{'.'.join(map(str, found['loc'][:2]))}: {found['type']}" for found in error.errors())
    return _answer(422, "invalid-request", "The request does not fit its description.", paths)


async def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    titles = {404: ("not-found", "There is no such thing."), 405: ("method-not-allowed", "This cannot be done here.")}
    code, title = titles.get(error.status_code, (f"status-{error.status_code}", "The request was refused."))
    answer = _answer(error.status_code, code, title)
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


async def _defect(_request: Request, _error: Exception) -> JSONResponse:
    return _answer(500, "defect", "The service failed; the failure is in its log.")
