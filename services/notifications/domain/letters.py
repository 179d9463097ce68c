"""Letters from templates: one body, set as text, as HTML and as parts for print; facts are never template code."""

import json
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from jinja2 import DictLoader, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from services.notifications.domain.catalogue import CATALOGUE, NoticeType, UnknownOutcome, outcome_in_words
from services.notifications.domain.languages import LANGUAGES
from services.notifications.domain.notice import Channel
from services.notifications.domain.words import clean, in_words, isolated, number, one_line, web_address
from shared.contracts.notifications import Recipient

_WIDTH: Final = 76


class NotSendable(Exception):  # noqa: N818 - a verdict about the notice
    """The notice must not leave as it is; ``code`` says why and holds no value of it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


Forms = tuple[Template, Template, Template]  # as text, as HTML, in parts for print


@dataclass(frozen=True)
class Letter:
    """A letter, or the script of a call; ``name`` is template, language and version, as kept.

    It is set in a form when that is first asked for: a mail needs no parts for print, paper no HTML.
    """

    name: str
    title: str
    language: str
    by: Channel
    values: Mapping[str, str] = field(repr=False)
    forms: Forms = field(repr=False, compare=False)

    @cached_property
    def text(self) -> str:
        """As plain text."""
        return _wrapped(self.forms[0].render(self.values))

    @cached_property
    def html(self) -> str:
        """As one page of HTML."""
        return self.forms[1].render(self.values)

    @cached_property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """What is printed, in order: ``("p", text)``, ``("heading", text)``, ``("row", label, value)``,
        ``("quote", *lines)``, ``("items", *lines)`` and last ``("mark", text)``, the redisclosure mark.
        """
        return _parts(self.forms[2].render(self.values))


class Letters:
    """All templates, compiled once. ``sources`` maps file names to their text."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._text = _environment(sources, "txt", escape=False)
        self._html = _environment(sources, "html", escape=True)
        self._print = _environment(sources, "json", escape=False)
        names = [
            f"{kind}.{letter}.{language}"
            for kind, described in CATALOGUE.items()
            for letter, language in described.titles
        ]
        self._letters: dict[str, Forms] = {
            name: (self._text.get_template(name), self._html.get_template(name), self._print.get_template(name))
            for name in names
        }

    def write(self, kind: str, recipient: Recipient, facts: Mapping[str, str]) -> Letter:
        """The letter of one notice; the same facts always give the same letter.

        Raises NotSendable with ``unknown-type``, ``no-letter:<role>``, ``incomplete:<element>`` or ``unknown-outcome``.
        """
        described = CATALOGUE.get(kind)
        if described is None:
            raise NotSendable("unknown-type")
        letter = described.letter(recipient.role)
        if letter is None:
            raise NotSendable(f"no-letter:{recipient.role}")
        cleaned = {name: clean(value) for name, value in facts.items()}
        missing = described.missing(cleaned)
        if missing is not None:
            raise NotSendable(f"incomplete:{missing}")
        language = described.language(letter, recipient.language)
        title = _title(described, letter, language, cleaned)
        values = _values(described, recipient, cleaned, language) | {"title": title}
        return Letter(
            name=f"{kind}.{letter}.{language}.{described.version}",
            title=title,
            language=language,
            by=described.by,
            values=values,
            forms=self._letters[f"{kind}.{letter}.{language}"],
        )


def _environment(sources: Mapping[str, str], form: str, *, escape: bool) -> SandboxedEnvironment:
    bodies = {name.removesuffix(".j2"): source for name, source in sources.items()}
    aliases = {"page": bodies[f"page.{form}"], "parts": bodies[f"parts.{form}"]}
    # The plain text part is not HTML: escaping would show people "&amp;".
    environment = SandboxedEnvironment(
        loader=DictLoader({**bodies, **aliases}),
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"one_line": one_line, "isolated": isolated, "number": number}
    environment.tests |= {"web_address": web_address}
    return environment


def _title(described: NoticeType, letter: str, language: str, cleaned: Mapping[str, str]) -> str:
    """The subject line: the type's own, or the one its writers gave all its readers."""
    return one_line(cleaned[described.headline]) if described.headline else described.titles[letter, language]


def _values(described: NoticeType, recipient: Recipient, cleaned: Mapping[str, str], language: str) -> dict[str, str]:
    known = (*described.mandatory, *described.optional)
    values = {name: in_words(cleaned.get(name, ""), language, recipient.time_zone) for name in known}
    if "outcome" in values:
        values["outcome"] = values.get("outcome_words") or _told(values["outcome"], language)
    written = LANGUAGES[language]
    return values | {
        "recipient_name": one_line(clean(recipient.name)),
        "recipient_phone": one_line(clean(recipient.phone or "")),
        "interpreter": one_line(clean(recipient.interpreter or "")),
        "tty": "yes" if recipient.tty else "",
        "role": recipient.role,
        "language": language,
        "direction": written.direction,
        "redisclosure": written.shareable if described.shareable else written.redisclosure,
    }


def _parts(lines: str) -> tuple[tuple[str, ...], ...]:
    """The parts of a letter from JSON, one a line; words of a template outside of its macros are a mistake of ours."""
    return tuple(tuple(json.loads(line)) for line in lines.split("\n") if line.strip())


def _told(outcome: str, language: str) -> str:
    try:
        return outcome_in_words(outcome, language)
    except UnknownOutcome:
        raise NotSendable("unknown-outcome") from None


def _wrapped(text: str) -> str:
    """Lines of at most 76 characters where words allow it, and never two empty lines in a row."""
    lines: list[str] = []
    for line in text.splitlines():
        if not line.strip():
            if lines and lines[-1]:
                lines.append("")
            continue
        indent = line[: len(line) - len(line.lstrip())]
        if len(line) <= _WIDTH:
            lines.append(line)
        else:
            lines += textwrap.wrap(
                line, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
            )
    return "\n".join(lines).strip() + "\n"
