"""What may stand in a log line: plain values without secrets, and exceptions as type and place, not as text."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from types import TracebackType
from typing import Any, Final
from uuid import UUID

HIDDEN: Final = "[hidden]"

_SENSITIVE: Final = frozenset(
    re.findall(
        r"\w+",
        "password passwd passphrase secret secrets token authorization credential credentials cookie dsn apikey "
        "payload body content facts value values recipient address email phone fax mbi hicn ssn npi dob birth mrn "
        "narrative rationale diagnosis",
    )
)
_WORD: Final = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+")
_CREDENTIALS: Final = re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)|\beyJ[\w-]+\.[\w-]+\.[\w-]*")
_PLAIN: Final = (str, int, float, bool, UUID, dt.date, dt.time, dt.timedelta, Decimal, PurePath)
_FRAMES: Final = 12
_CAUSES: Final = 4

_speaking: set[type[BaseException]] = set()


def let_speak(*classes: type[BaseException]) -> None:
    """Allow the text of exactly these exceptions (not of subclasses) in logs: it never holds payload values."""
    _speaking.update(classes)


def spoken(error: BaseException) -> str | None:
    """The exception's text where its class may be shown, else None."""
    return str(error) if type(error) in _speaking else None


class Redaction:
    """Hides known secrets wherever they stand, sensitive keys whatever they hold, and objects that show values."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = sorted({secret for secret in secrets if secret}, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, known))) if known else None

    def text(self, value: str) -> str:
        """The text without secrets, passwords in addresses, and tokens."""
        if self._secrets is not None:
            value = self._secrets.sub(HIDDEN, value)
        return _CREDENTIALS.sub(HIDDEN, value)

    def value(self, value: object) -> Any:
        """The value as plain JSON; whatever is not plain is shown by its class, because its text may tell."""
        if value is None or isinstance(value, (bool, int, float)):
            return value
        if isinstance(value, BaseException):
            return self.error(value)
        if isinstance(value, Enum):
            return self.value(value.value)
        if isinstance(value, _PLAIN):
            return self.text(str(value))
        if isinstance(value, Mapping):
            return {self.text(str(key)): self.field(str(key), held) for key, held in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self.value(held) for held in value]
        if isinstance(value, (bytes, bytearray, memoryview)):
            return f"<{len(value)} bytes>"
        return f"<{type(value).__qualname__}>"

    def field(self, key: str, value: object) -> Any:
        """The value unless its key says that it must be hidden; numbers and yes/no under such a key are counts."""
        if is_sensitive(key) and not (value is None or isinstance(value, (bool, int, float))):
            return HIDDEN
        return self.value(value)

    def error(self, error: BaseException) -> dict[str, Any]:
        """Type and place of an exception and of what caused it; its text only where the class may speak."""
        chain = [_describe(link) for link in _causes(error)]
        for description in chain:
            if "text" in description:
                description["text"] = self.text(description["text"])
        return chain[0] if len(chain) == 1 else {**chain[0], "caused_by": chain[1:]}


def is_sensitive(key: str) -> bool:
    """Whether one of the words of a key (``smtp_password``, ``patientEmail``) names what must not be logged."""
    return any(word.lower() in _SENSITIVE for word in _WORD.findall(key))


def _describe(error: BaseException) -> dict[str, Any]:
    kind = type(error)
    description: dict[str, Any] = {"type": f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")}
    text = spoken(error)
    if text is not None:
        description["text"] = text
    if isinstance(error, BaseExceptionGroup):
        description["of"] = [_describe(member) for member in error.exceptions[:_CAUSES]]
    description["at"] = _places(error.__traceback__)
    return description


def _causes(error: BaseException) -> list[BaseException]:
    chain = [error]
    while len(chain) <= _CAUSES:
        last = chain[-1]
        following = last.__cause__ or (None if last.__suppress_context__ else last.__context__)
        if following is None or following in chain:
            break
        chain.append(following)
    return chain


def _places(traceback: TracebackType | None) -> list[str]:
    """``module:line function`` of the innermost frames, outermost first; no source lines, no file paths."""
    places = []
    while traceback is not None:
        frame = traceback.tb_frame
        module = frame.f_globals.get("__name__", "?")
        places.append(f"{module}:{traceback.tb_lineno} {frame.f_code.co_qualname}")
        traceback = traceback.tb_next
    return places[-_FRAMES:]
