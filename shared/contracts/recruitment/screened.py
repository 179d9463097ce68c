"""Free text that may not carry a password: what looks like one never becomes a command."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import AfterValidator, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.message import Command
from shared.contracts.recruitment.terms import Said

# To speak of a password at all is refused, because what stands around the word cannot be told from the password.
_MENTIONED: Final = re.compile(
    r"pass[\W_]*(?:wor[dt]|code|phrase|wd)|\b(?:pwd?|pws|pins?|passes|secrets?|credentials?|contrase.as?)\b"
)
# Letters with digits, letters with signs that no word has inside, or digits alone: nothing a sentence needs.
_SIGNS: Final = r"[!$%^&*@#=+~|\\<>{}\[\]:_]"
_TOKEN: Final = re.compile(rf"(?=\S*\d)(?=\S*[^\W\d_])\S{{5,}}|(?=\S*[^\W\d_])\S*[^\W_]{_SIGNS}+[^\W_]\S*|\d{{6,}}")
_TEXT: Final = (
    "looks as if it carried a password, or speaks of one. Passwords are never taken, seen or kept: say what is wrong "
    "as the kind of trouble, and leave user names, numbers and mixed letters and digits out"
)


def carries_password(text: str) -> bool:
    """Whether a text speaks of a password, or holds what could be one; a plain word by itself cannot be told."""
    plain = "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf").casefold()
    return bool(_MENTIONED.search(plain) or any(_TOKEN.search(one.strip(".,;:!?\"'()")) for one in plain.split()))


def _screened(text: str) -> str:
    if carries_password(text):
        raise PydanticCustomError("looks_like_a_password", _TEXT)
    return text


Screened = Annotated[Said, AfterValidator(_screened)]


def _screen(value: Any) -> None:
    """Raise for a name or text anywhere in a value that may carry a password."""
    if isinstance(value, str):
        _screened(value)
    elif isinstance(value, Mapping):
        for name, one in value.items():
            _screen(str(name).replace("_", " "))
            _screen(one)
    elif isinstance(value, list | tuple):
        for one in value:
            _screen(one)


class ScreenedCommand(Command):
    """A command of which nothing that may carry a password decodes, in a field that nobody knows either.

    Such a field of a newer writer is ignored, but whoever sets a failing command aside keeps it as it came.
    """

    @model_validator(mode="before")
    @classmethod
    def _nothing_besides(cls, given: Any) -> Any:
        if isinstance(given, Mapping):
            _screen({name: one for name, one in given.items() if name not in cls.model_fields})
        return given
