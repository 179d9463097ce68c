"""qio notices preview: what a notice says, from sample facts or facts of a file, without sending anything."""

import datetime as dt
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final
from uuid import UUID

import typer

_NOTICE: Final = UUID("00000000-0000-5000-8000-000000000000")
_DAY: Final = dt.date(2014, 8, 6)


class Form(StrEnum):
    """How the notice is set."""

    TXT = "txt"
    HTML = "html"
    PDF = "pdf"


def preview(
    notice_type: Annotated[str, typer.Argument(metavar="TYPE", help="Such as DECISION_LETTER; 'all' lists them.")],
    role: Annotated[str | None, typer.Option(help="Who gets it; left out, the first role it is for.")] = None,
    lang: Annotated[str, typer.Option(help="Language, such as en or es.")] = "en",
    form: Annotated[Form, typer.Option("--format", help="Plain text, HTML or PDF.")] = Form.TXT,
    facts: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="JSON object of texts; left out, made-up facts.")
    ] = None,
    least: Annotated[bool, typer.Option("--least", help="Leave out whatever may be left out.")] = False,
    large_print: Annotated[bool, typer.Option("--large-print", help="The PDF for who reads large print.")] = False,
    out: Annotated[Path | None, typer.Option(dir_okay=False, help="File to write to.")] = None,
) -> None:
    """Show what a notice says in a role, a language and a form. Nothing is sent or kept.

    Ends with 1 and the code of what is wrong when the notice could not leave, as with a mandatory element missing.
    """
    from services.notifications.domain.catalogue import CATALOGUE, samples  # noqa: PLC0415 - keeps others quick
    from services.notifications.domain.letters import NotSendable  # noqa: PLC0415

    if notice_type == "all":
        _list()
        return
    described = CATALOGUE.get(notice_type.upper())
    if described is None:
        raise typer.BadParameter("There is no such notice; 'all' lists them.", param_hint="TYPE")
    to = role or next(iter(described.letters))
    known = _read(facts) if facts else samples.sample(notice_type.upper(), complete=not least, language=lang)
    try:
        content = _content(notice_type.upper(), to, lang, form, known, large_print=large_print)
    except NotSendable as verdict:
        typer.echo(f"This notice could not leave: {verdict.code}.", err=True)
        raise typer.Exit(1) from None
    if out:
        out.write_bytes(content)
    elif form is Form.PDF and sys.stdout.isatty():
        raise typer.BadParameter("A PDF needs a file: --out letter.pdf.", param_hint="--format")
    else:
        sys.stdout.buffer.write(content)


def _list() -> None:
    from services.notifications.domain.catalogue import CATALOGUE  # noqa: PLC0415
    from shared.cli.output import say  # noqa: PLC0415

    for kind, described in CATALOGUE.items():
        languages = "/".join(sorted({language for _, language in described.titles}))
        roles = " ".join(described.letters)
        say(f"{kind:<26}{described.category:<9}{languages:<6}version {described.version:<3}{roles}")


def _read(path: Path) -> dict[str, str]:
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise typer.BadParameter("The file must hold one JSON object of texts.", param_hint="--facts")
    return found


def _content(kind: str, role: str, lang: str, form: Form, facts: dict[str, str], *, large_print: bool) -> bytes:
    """The notice to somebody made up, in the form asked for."""
    from pydantic import ValidationError  # noqa: PLC0415

    from services.notifications.domain.print import Office  # noqa: PLC0415
    from services.notifications.letters import load_letters, load_press  # noqa: PLC0415
    from shared.contracts.notifications import Recipient  # noqa: PLC0415
    from shared.contracts.notifications.terms import Format, PostalAddress  # noqa: PLC0415

    postal = PostalAddress(lines=("12 Main Street",), city="Lincoln", state="NE", zip_code="68508")
    known = {"role": role, "name": "María Example", "language": lang, "time_zone": "America/New_York"}
    try:
        recipient = Recipient.model_validate({**known, "postal": postal})
    except ValidationError:
        raise typer.BadParameter("There is no such role or language.", param_hint="--role, --lang") from None
    letter = load_letters().write(kind, recipient, facts)
    if form is not Form.PDF:
        return (letter.text if form is Form.TXT else letter.html).encode()
    office = Office(facts.get("qio_name", "Quality Improvement Organization"), postal)
    size = Format.LARGE_PRINT if large_print else Format.STANDARD
    return load_press().letter_pdf(letter, recipient=recipient, office=office, form=size, notice_id=_NOTICE, day=_DAY)
