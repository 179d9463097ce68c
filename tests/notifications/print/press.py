"""Letters to print in tests, and the PDF that comes of them."""

import dataclasses
import datetime as dt
from uuid import UUID

from services.notifications.domain.letters import Letter
from services.notifications.domain.print import Office
from services.notifications.letters import load_press
from shared.contracts.notifications import Recipient
from shared.contracts.notifications.terms import Format, PostalAddress
from tests.notifications.print.pdf import Pdf
from tests.notifications.support import FACTS, LETTERS

PRESS = load_press()
NOTICE = UUID("5b0e3f1c-0000-5000-8000-000000000001")
DAY = dt.date(2014, 8, 7)
OFFICE = Office(
    "BFCC-QIO Area 1",
    PostalAddress(lines=("100 W. Example Blvd., Suite 900",), city="Tampa", state="FL", zip_code="33609-1812"),
)
HOME = PostalAddress(lines=("123 N. Main St., Apt. 4",), city="San José", state="CA", zip_code="95112-0001")


def recipient(
    role: str = "beneficiary", language: str = "en", name: str = "María Example", postal: PostalAddress | None = HOME
) -> Recipient:
    """Somebody who gets a letter."""
    return Recipient.model_validate(
        {"role": role, "name": name, "language": language, "time_zone": "America/New_York", "postal": postal}
    )


def written(to: Recipient, kind: str = "DECISION_LETTER", **facts: str) -> Letter:
    """A letter with the usual facts, some of them others."""
    return LETTERS.write(kind, to, FACTS[kind] | facts)


def with_parts(letter: Letter, *parts: tuple[str, ...]) -> Letter:
    """The letter with these parts in place of what its template makes of the facts."""
    other = dataclasses.replace(letter)
    other.__dict__["parts"] = parts
    return other


def printed(letter: Letter, to: Recipient, form: Format = Format.STANDARD, office: Office = OFFICE) -> bytes:
    """The letter's PDF."""
    return PRESS.letter_pdf(letter, recipient=to, office=office, form=form, notice_id=NOTICE, day=DAY)


def read(
    kind: str = "DECISION_LETTER",
    role: str = "beneficiary",
    language: str = "en",
    form: Format = Format.STANDARD,
    name: str = "María Example",
    postal: PostalAddress | None = HOME,
    **facts: str,
) -> Pdf:
    """The PDF of a letter, read again."""
    to = recipient(role, language, name, postal)
    return Pdf(printed(written(to, kind, **facts), to, form))
