"""qio case documents: send in, list, read and check the documents of a case."""

import base64
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from services.complaints.domain.documents.kinds import BEGINNINGS, Kind, is_what_it_says
from shared.cli.output import as_json, fail, say
from shared.contracts.complaints import Channel, Role

app = typer.Typer(help="Documents of a case.", no_args_is_help=True, add_completion=False)

_PART = 256 * 1024
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
CaseId = Annotated[UUID, typer.Argument(metavar="CASE", help="Id of the case.")]


@app.command()
def add(
    case: CaseId,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="PDF, TIFF, PNG or JPEG.")],
    *,
    kind: Annotated[Kind, typer.Option(help="What it is.", case_sensitive=False)],
    pages: Annotated[int, typer.Option(min=1, help="How many pages it has.")],
    sender: Annotated[Role, typer.Option(help="Who sent it.")] = Role.PROVIDER,
    channel: Annotated[Channel, typer.Option(help="How it came.", case_sensitive=False)] = Channel.PORTAL,
    received: Annotated[str | None, typer.Option(help="When it reached the QIO, with zone. Now unless given.")] = None,
    json: Json = False,
) -> None:
    """Send a document in; it is kept encrypted, and what arrives is compared with what was sent."""
    from shared.cli.talk import calling, checked  # noqa: PLC0415 - half a second to load

    media_type, digest = _looked_at(file)
    query = {"kind": kind.value, "sender": sender.value, "channel": channel.value, "pages": pages}
    headers = {
        "content-type": media_type,
        "content-digest": f"sha-256=:{base64.b64encode(digest).decode()}:",
        "content-length": str(file.stat().st_size),
    }
    with calling("complaints") as client:
        answer = client.post(
            f"/cases/{case}/documents",
            params=query | ({"received_at": received} if received is not None else {}),
            content=_parts(file),
            headers=headers,
        )
        made = checked(answer).json()
    if json:
        as_json(made)
    else:
        again = "" if answer.status_code == 201 else " (the case had it already)"
        say(f"Document {made['document_id']}  {made['kind']}  {made['pages']} pages{again}")


@app.command("list")
def list_documents(case: CaseId, *, json: Json = False) -> None:
    """What documents a case has; the look is audited."""
    rows = _read(f"/cases/{case}/documents")
    if json:
        as_json(rows)
        return
    for row in rows:
        what = f"{row['kind']:<22} {row['pages']:>5} pages  from {row['sender']:<14} {row['received_at']}"
        say(f"{row['document_id']}  {what}")
    say(f"{len(rows)} documents")


@app.command()
def show(
    case: CaseId,
    document: Annotated[UUID, typer.Argument(help="Id of the document.")],
    target: Annotated[Path, typer.Argument(help="Where to write it; must not exist.")],
) -> None:
    """Write a document to a file only you can read; that it was read is audited."""
    from shared.cli.talk import calling, checked  # noqa: PLC0415

    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        fail(f"{target.name} cannot be written ({error.strerror}).", 2)
    whole = False
    path = f"/cases/{case}/documents/{document}"
    try:
        with os.fdopen(handle, "wb") as out, calling("complaints") as client, client.stream("GET", path) as answer:
            if not answer.is_success:
                answer.read()
            for part in checked(answer).iter_bytes(_PART):
                out.write(part)
        whole = True
    finally:
        if not whole:
            target.unlink()
    say(f"Written to {target}.")


@app.command()
def checklist(case: CaseId, *, json: Json = False) -> None:
    """Which documents the case asks for, which are there, and what to do about the others."""
    found = _read(f"/cases/{case}/checklist")
    if json:
        as_json(found)
        return
    for item in found["items"]:
        there = "missing" if item["missing"] else f"{item['documents']} with {item['pages']} pages"
        say(f"{item['kind']:<22} of {item['of']:<14} {there:<24} {item['citation']}")
    for sentence in found["advice"]:
        say(sentence)


def _looked_at(file: Path) -> tuple[str, bytes]:
    """Media type by how it begins, and SHA-256; ends the command for a form that is not kept."""
    with file.open("rb") as source:
        beginning = source.read(16)
        source.seek(0)
        digest = hashlib.file_digest(source, "sha256").digest()
    media_type = next((known for known in BEGINNINGS if is_what_it_says(known, beginning)), None)
    if media_type is None:
        fail(f"{file.name} is neither PDF, TIFF, PNG nor JPEG.")
    return media_type, digest


def _parts(file: Path) -> Iterator[bytes]:
    with file.open("rb") as source:
        while part := source.read(_PART):
            yield part


def _read(path: str) -> Any:
    # Imported when asked: the HTTP side takes half a second to load.
    from shared.cli.read import get  # noqa: PLC0415
    from shared.runtime.purpose import Purpose  # noqa: PLC0415

    return get("complaints", path, purpose=Purpose.CASE_WORK)
