"""Free text that may not carry a password: what looks like one never becomes a command."""

import re
import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

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
        raise PydanticCustomError("looks_like_a_password", _TEXT)  # type: ignore[arg-type]
    return text


Screened = Annotated[Said, AfterValidator(_screened)]
