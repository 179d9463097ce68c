"""What staff say in the interview, in the caller's language."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from zoneinfo import ZoneInfo

from services.complaints.domain.intake.script.english import CHOICES as CHOICES_EN
from services.complaints.domain.intake.script.english import QUESTIONS as QUESTIONS_EN
from services.complaints.domain.intake.script.english import SAID as SAID_EN
from services.complaints.domain.intake.script.spanish import CHOICES as CHOICES_ES
from services.complaints.domain.intake.script.spanish import QUESTIONS as QUESTIONS_ES
from services.complaints.domain.intake.script.spanish import SAID as SAID_ES

LANGUAGES = ("en", "es")
QUESTIONS: Mapping[str, Mapping[str, str]] = MappingProxyType({"en": QUESTIONS_EN, "es": QUESTIONS_ES})
CHOICES: Mapping[str, Mapping[str, str]] = MappingProxyType({"en": CHOICES_EN, "es": CHOICES_ES})
SAID: Mapping[str, Mapping[str, str]] = MappingProxyType({"en": SAID_EN, "es": SAID_ES})
_DAYS_ES = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_MONTHS_ES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip


def question(name: str, language: str) -> str:
    """The words of a question."""
    return QUESTIONS[language][name]


def choice(name: str, value: str, language: str) -> str:
    """The words of a choice; where none are fixed, the code itself, which staff put in words."""
    known = CHOICES[language]
    return known.get(f"{name}.{value}") or known.get(value) or value


def said(name: str, language: str, **values: str) -> str:
    """A sentence of the interview with its values."""
    return SAID[language][name].format(**values)


def knows(name: str) -> bool:
    """Whether there is a sentence of that name."""
    return name in SAID_EN


def when(at: dt.datetime, zone: str, language: str) -> str:
    """An instant on the facility's clock, as people say it."""
    local = at.astimezone(ZoneInfo(zone))
    if language == "es":
        day = f"{_DAYS_ES[local.weekday()]} {local.day} de {_MONTHS_ES[local.month - 1]} de {local.year}"
        return f"el {day} a las {local:%H:%M} ({local:%Z})"
    hour = f"{local:%I:%M %p}".lstrip("0")
    return f"{local:%A, %B} {local.day}, {local.year} at {hour} {local:%Z}"
