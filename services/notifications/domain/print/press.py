"""Sets a letter as tagged PDF for a window envelope, in standard or large print: always the same bytes."""

import datetime as dt
import json
import threading
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import typst

from services.notifications.domain.letters import Letter, NotSendable
from services.notifications.domain.print.lines import address_lines, breakable, printable
from services.notifications.domain.words import clean, in_words, one_line
from shared.contracts.notifications import Recipient
from shared.contracts.notifications.terms import Format, PostalAddress

NO_POSTAL_ADDRESS: Final = "no-postal-address"
UNPRINTABLE: Final = "unprintable-characters"
_PANICS: Final = ("address-too-long", "return-address-too-long", "line-too-long")
_WORDS: Final = {
    "en": {"date": "Date", "reference": "Reference", "page": "Page", "of": "of"},
    "es": {"date": "Fecha", "reference": "Referencia", "page": "Página", "of": "de"},
}


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes, and where returned mail goes."""

    name: str
    postal: PostalAddress


class Press:
    """Prints letters with one constant typst document, ``source``. May be used from several threads at once."""

    def __init__(self, source: str) -> None:
        self._source = source.encode()
        self._own = threading.local()  # a typst compiler serves one thread at a time

    def letter_pdf(
        self, letter: Letter, *, recipient: Recipient, office: Office, form: Format, notice_id: UUID, day: dt.date
    ) -> bytes:
        """The letter as PDF/UA-1 dated ``day``, with ``notice_id`` as its reference. Takes some 20 ms of one core.

        The same arguments give the same bytes. Nothing in the PDF's own data names a person. Raises NotSendable:
        ``no-postal-address``; ``address-too-long`` when the window cannot show all of the address; ``return-address-
        too-long``; ``unprintable-characters`` when no font at hand has a character, as in Chinese or emoji, since
        words of a notice must not vanish; ``line-too-long`` when a line would run off the page; ``not-printed`` for
        what else typst refuses.
        """
        data = letter_data(letter, recipient=recipient, office=office, form=form, notice_id=notice_id, day=day)
        inputs = {"letter": json.dumps(data)}
        try:
            made = self._compiler().compile(self._source, format="pdf", sys_inputs=inputs, pdf_standards="ua-1")
        except typst.TypstError as error:
            raise NotSendable(_code(error)) from None
        assert isinstance(made, bytes)
        return made

    def _compiler(self) -> typst.Compiler:
        compiler: typst.Compiler | None = getattr(self._own, "compiler", None)
        if compiler is None:
            compiler = self._own.compiler = typst.Compiler(ignore_system_fonts=True)
        return compiler


def letter_data(
    letter: Letter, *, recipient: Recipient, office: Office, form: Format, notice_id: UUID, day: dt.date
) -> dict[str, Any]:
    """What the typst document shows, as JSON values; raises NotSendable like ``letter_pdf``."""
    if recipient.postal is None:
        raise NotSendable(NO_POSTAL_ADDRESS)
    to = [address_lines(recipient.name, recipient.postal, name_lines) for name_lines in (2, 1)]
    at = office.postal
    sender = (office.name, *at.lines, f"{at.city}, {at.state} {at.zip_code}")
    said = (*to[0], *sender, *(text for part in letter.parts for text in part))
    if not all(printable(text) for text in said):
        raise NotSendable(UNPRINTABLE)
    return {
        "title": letter.title,
        "language": letter.language,
        "form": form.value,
        "day": {"year": day.year, "month": day.month, "day": day.day},
        "date": in_words(day.isoformat(), letter.language, "UTC"),
        "reference": str(notice_id),
        "words": _WORDS[letter.language],
        "from": [breakable(one_line(clean(line))) for line in sender],
        "to": [[breakable(line) for line in block] for block in to],
        "parts": [[kind, *(breakable(text) for text in texts)] for kind, *texts in letter.parts],
    }


def _code(error: typst.TypstError) -> str:
    """Why, without the compiler's own words: they quote the letter."""
    if "could not be displayed" in error.message:
        return UNPRINTABLE
    return next((code for code in _PANICS if f"qio:{code}" in error.message), "not-printed")
