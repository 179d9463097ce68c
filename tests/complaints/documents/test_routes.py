"""Documents over HTTP: kept sealed, opened only as they were kept, and every look audited."""

import base64
import hashlib
from uuid import UUID, uuid4

import pytest

from services.complaints.auditing import chain as audit
from services.complaints.documents.sealing import PIECE_BYTES
from services.complaints.documents.settings import DocumentSettings
from shared.contracts.complaints import CASES
from tests.complaints.documents.conftest import PDF, Room


def digest_of(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


async def test_a_document_is_read_as_it_was_sent(room: Room) -> None:
    sent = await room.send(headers={"content-digest": digest_of(PDF)})
    assert sent.status_code == 201
    assert sent.json()["bytes"] == len(PDF) > 2 * PIECE_BYTES
    read = await room.get(f"documents/{sent.json()['document_id']}")
    assert read.content == PDF
    assert read.headers["content-type"] == "application/pdf"
    assert read.headers["content-digest"] == digest_of(PDF)
    assert read.headers["cache-control"] == "no-store"


async def test_every_arrival_and_every_look_is_in_the_audit_of_the_case_with_its_purpose(room: Room) -> None:
    document = (await room.send()).json()["document_id"]
    await room.get("documents")
    await room.get(f"documents/{document}")
    await room.get("checklist")
    assert await room.lines() == [
        ("rec@example.org", f"document kept: MEDICAL_RECORD {document}", "case-work"),
        ("rec@example.org", "documents listed", "case-work"),
        ("rec@example.org", f"document read: MEDICAL_RECORD {document}", "case-work"),
        ("rec@example.org", "checklist read", "case-work"),
    ]
    async with room.pool.acquire() as conn:
        assert await audit.broken_at(conn, room.case_id) is None


async def test_others_hear_of_counts_alone(room: Room) -> None:
    await room.send()
    await room.send(PDF + b"more", query={"pages": 3})
    events = [row for row in await room.desk.events(CASES.name) if row["type"] == "complaints.DocumentsReceived.v1"]
    assert [row["key"] for row in events] == [str(room.case_id)] * 2
    assert '"documents": 2' in events[-1]["payload"]
    assert '"pages": 15' in events[-1]["payload"]


async def test_the_same_content_again_is_the_document_there_is(room: Room) -> None:
    first = await room.send()
    again = await room.send(query={"kind": "STATEMENT"})
    assert again.status_code == 200
    assert again.json() == first.json()
    assert await room.pool.fetchval("SELECT count(*) FROM document") == 1
    assert (await room.lines())[-1][1].startswith("document came again: MEDICAL_RECORD")
    other = await room.another_case()
    assert (await room.send(case_id=other)).status_code == 201


async def test_nothing_of_a_document_stands_in_clear_in_any_table(room: Room) -> None:
    await room.send()
    sha256 = hashlib.sha256(PDF).hexdigest()
    for table in await room.pool.fetch("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"):
        rows = await room.pool.fetch(f'SELECT t::text AS text FROM "{table["tablename"]}" AS t')
        clear = "".join(row["text"] for row in rows)
        for secret in (b"%PDF", b"chest pain", bytes(range(256))):
            assert secret.hex() not in clear, table["tablename"]
        assert sha256 not in clear
        assert "chest pain" not in clear


ALTERED = {
    "a piece is altered": "UPDATE document_piece SET sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) "
    "WHERE number = 0",
    "pieces are exchanged": "UPDATE document_piece SET sealed = (SELECT o.sealed FROM document_piece AS o "
    "WHERE o.document_id = document_piece.document_id AND o.number = 1) WHERE number = 0",
    "a piece is missing": "DELETE FROM document_piece WHERE number = 0",
    "the header is altered": "UPDATE document SET sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1)",
}


@pytest.mark.parametrize("how", ALTERED)
async def test_an_altered_document_does_not_open_and_the_audit_says_that_it_was_tried(room: Room, how: str) -> None:
    document = (await room.send()).json()["document_id"]
    await room.pool.execute(ALTERED[how])
    answer = await room.get(f"documents/{document}")
    assert (answer.status_code, answer.json()) == (500, {"code": "document-damaged"})
    assert (await room.lines())[-1][1] == f"document did not open: {document}"


async def test_a_document_moved_to_another_case_does_not_open_there(room: Room) -> None:
    document = (await room.send()).json()["document_id"]
    other = await room.another_case()
    await room.pool.execute("UPDATE document SET case_id = $1", other)
    assert (await room.get(f"documents/{document}")).status_code == 404
    room.case_id = other
    assert (await room.get(f"documents/{document}")).json() == {"code": "document-damaged"}


async def test_the_last_piece_cannot_be_cut_off_unnoticed(room: Room) -> None:
    document = (await room.send()).json()["document_id"]
    await room.pool.execute("DELETE FROM document_piece WHERE number = 2")
    with pytest.raises(Exception, match="missing"):
        await room.get(f"documents/{document}")


@pytest.mark.parametrize(
    ("content", "headers", "query", "status", "code"),
    [
        (b"", {}, {}, 422, "document-empty"),
        (b"GIF89a and so on", {}, {}, 415, "not-what-it-says"),
        (b"<html>", {"content-type": "text/html"}, {}, 415, "media-type"),
        (PDF, {"content-digest": digest_of(b"other")}, {}, 422, "digest-differs"),
        (PDF, {"content-digest": "sha-256=:no:"}, {}, 422, "digest-differs"),
        (PDF, {}, {"received_at": "2026-07-05T12:00:00Z"}, 422, "time-in-future"),
        (PDF, {}, {"received_at": "2026-07-05T01:00:00"}, 422, "time-without-zone"),
    ],
)
async def test_what_cannot_be_kept_is_refused_and_nothing_is_written(
    room: Room, content: bytes, headers: dict[str, str], query: dict[str, str], status: int, code: str
) -> None:
    answer = await room.send(content, headers=headers, query=query)
    assert (answer.status_code, answer.json()) == (status, {"code": code})
    assert await room.pool.fetchval("SELECT count(*) FROM document") == 0
    assert await room.lines() == []


@pytest.mark.parametrize("said", [True, False])
async def test_a_document_over_the_limit_is_refused_said_or_found(
    room: Room, monkeypatch: pytest.MonkeyPatch, *, said: bool
) -> None:
    monkeypatch.setenv("QIO_COMPLAINTS_DOCUMENTS_MOST_BYTES", str(PIECE_BYTES))
    assert DocumentSettings().most_bytes == PIECE_BYTES
    headers = {"content-length": str(len(PDF) if said else 10)}
    answer = await room.send(headers=headers)
    assert (answer.status_code, answer.json()) == (413, {"code": "document-too-large"})
    assert await room.pool.fetchval("SELECT count(*) FROM document") == 0


async def test_another_regions_reader_finds_neither_case_nor_documents(room: Room) -> None:
    document = (await room.send()).json()["document_id"]
    room.region = "Region 1"
    for path in ("documents", f"documents/{document}", "checklist"):
        assert (await room.get(path)).status_code == 404
    assert (await room.send()).status_code == 404
    assert (await room.send(case_id=UUID(str(uuid4())))).status_code == 404


async def test_the_checklist_tells_what_is_missing_and_whom_to_ask(room: Room) -> None:
    await room.send()
    found = (await room.get("checklist")).json()
    assert [(item["kind"], item["missing"]) for item in found["items"]] == [
        ("DISCHARGE_NOTICE", True),
        ("DETAILED_NOTICE", True),
        ("MEDICAL_RECORD", False),
    ]
    assert not found["complete"]
    assert found["against"]["code"] == "DOCUMENTS_MISSING"
    assert found["advice"][1] == "Ask the provider for DETAILED_NOTICE (42 CFR 405.1206(e)(1))."
