"""The questions of the survey after a closed case, by version, in plain English and Spanish.

A version is never changed once it was sent: answers are counted by what people were asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Question:
    """One question by language; ``scored``: answered from 1 (no, not at all) to 5 (yes, fully), else in words."""

    id: str
    text: Mapping[str, str]
    scored: bool = True


def _asked(name: str, english: str, spanish: str, *, scored: bool = True) -> Question:
    return Question(name, MappingProxyType({"en": english, "es": spanish}), scored)


SURVEYS: Final[Mapping[str, tuple[Question, ...]]] = MappingProxyType(
    {
        "1": (
            _asked("reached", "Was it easy to reach us?", "¿Fue fácil comunicarse con nosotros?"),
            _asked("listened", "Did we listen to you?", "¿Le escuchamos?"),
            _asked(
                "explained", "Did we tell you in clear words what we do?", "¿Le explicamos con claridad lo que hacemos?"
            ),
            _asked("in-time", "Did you hear from us soon enough?", "¿Tuvo noticias nuestras a tiempo?"),
            _asked("respected", "Did we treat you with respect?", "¿Le tratamos con respeto?"),
            _asked("again", "Would you call us again?", "¿Nos llamaría otra vez?"),
            _asked("better", "What can we do better?", "¿Qué podemos hacer mejor?", scored=False),
        )
    }
)
CURRENT: Final = "1"
