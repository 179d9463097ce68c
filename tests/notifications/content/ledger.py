"""Which wording each version of a letter stood for: ``python -m tests.notifications.content.ledger`` adds new ones.

A letter names its version and its words are sealed as sent, so what somebody got can always be shown. The ledger sees
to it that one version never stands for two wordings: it is appended to and never edited.
"""

import hashlib
import json
from pathlib import Path
from typing import Final

from jinja2 import Environment
from jinja2.meta import find_referenced_templates

from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.languages import LANGUAGES

_TEMPLATES: Final = Path(__file__).parents[3] / "services/notifications/templates"
LEDGER: Final = _TEMPLATES / "ledger.json"
# How words are set, in text and HTML, may change without a new version: words alone make one.
_SETTING: Final = frozenset({"page", "parts"})


def wordings() -> dict[str, str]:
    """The wording, as a hash, of every letter in its present version."""
    return {
        f"{kind}.{letter}.{language}.{described.version}": _hash(kind, letter, language, title)
        for kind, described in CATALOGUE.items()
        for (letter, language), title in described.titles.items()
    }


def kept() -> dict[str, str]:
    """The ledger as committed."""
    return dict(json.loads(LEDGER.read_text(encoding="utf-8"))) if LEDGER.exists() else {}


def _hash(kind: str, letter: str, language: str, title: str) -> str:
    described, written = CATALOGUE[kind], LANGUAGES[language]
    foot = written.shareable if described.shareable else written.redisclosure
    words = [title, foot, *_sources(f"{kind}.{letter}.{language}")]
    return hashlib.sha256("\0".join(words).encode()).hexdigest()


def _sources(name: str) -> list[str]:
    """A template's text and that of those it is made of, which all hold words."""
    source = (_TEMPLATES / f"{name}.j2").read_text(encoding="utf-8")
    referred = sorted(str(other) for other in find_referenced_templates(Environment(autoescape=True).parse(source)))
    return [source, *(text for other in referred if other not in _SETTING for text in _sources(other))]


if __name__ == "__main__":
    ledger = kept()
    ledger |= {name: wording for name, wording in wordings().items() if name not in ledger}
    LEDGER.write_text(json.dumps(ledger, indent=1, sort_keys=True) + "\n", encoding="utf-8")
