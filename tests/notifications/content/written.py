"""Every letter there is, written from sample facts, without a server."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from services.notifications.domain.catalogue import CATALOGUE, samples
from services.notifications.domain.letters import Letter
from services.notifications.letters import load_letters
from shared.contracts.notifications import Recipient

LETTERS: Final = load_letters()


def _places() -> Iterator[tuple[str, str, str]]:
    for kind, described in CATALOGUE.items():
        for role, letter in described.letters.items():
            yield from ((kind, role, language) for place, language in described.titles if place == letter)


def _first() -> Iterator[tuple[str, str, str]]:
    seen = set()
    for kind, role, language in PLACES:
        letter = (kind, CATALOGUE[kind].letters[role], language)
        if letter not in seen:
            seen.add(letter)
            yield kind, role, language


# Type, role and language of every notice somebody can get; and one role for each text there is.
PLACES: Final = tuple(_places())
TEXTS: Final = tuple(_first())


def recipient(role: str, language: str = "en", **changed: Any) -> Recipient:
    """Somebody in a role, in New York."""
    known = {"role": role, "name": "María Example", "language": language, "time_zone": "America/New_York"}
    return Recipient.model_validate(known | changed)


def write(kind: str, role: str, language: str = "en", facts: Mapping[str, str] | None = None, **changed: Any) -> Letter:
    """The letter from the given facts or, without, from all sample facts a type may have."""
    known = samples.sample(kind, complete=True, language=language) if facts is None else facts
    return LETTERS.write(kind, recipient(role, language, **changed), known)


def read(letter: Letter) -> str:
    """Its words on one line."""
    return " ".join(letter.text.split())
