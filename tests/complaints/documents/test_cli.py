"""qio case documents: what is sent, what is written, and that nothing half is left."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from services.complaints.documents import cli
from shared.cli import talk as http_talk
from tests.complaints.cases import CASE
from tests.complaints.documents.conftest import PDF

DOCUMENT = "5c1c7a52-3f0e-4d6b-9a77-1d2c3b4a5f61"
Answer = Callable[[httpx.Request], httpx.Response]


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer], None]:
    """Let the service answer like this."""

    def like(answer: Answer) -> None:
        @contextmanager
        def calling(service: str) -> Iterator[httpx.Client]:
            with httpx.Client(transport=httpx.MockTransport(answer), base_url=f"http://{service}/api") as client:
                yield client

        monkeypatch.setattr(http_talk, "calling", calling)

    return like


def run(*words: str, status: int = 0) -> str:
    result = CliRunner().invoke(cli.app, words)
    assert result.exit_code == status, result.output
    return result.output


def test_a_file_is_sent_whole_with_its_form_and_digest(answering: Callable[[Answer], None], tmp_path: Path) -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        request.read()
        sent.append(request)
        return httpx.Response(201, json={"document_id": DOCUMENT, "kind": "MEDICAL_RECORD", "pages": 12})

    answering(answer)
    file = tmp_path / "record"
    file.write_bytes(PDF)
    said = run("add", str(CASE), str(file), "--kind", "medical_record", "--pages", "12", "--channel", "fax")
    assert said == f"Document {DOCUMENT}  MEDICAL_RECORD  12 pages\n"
    (request,) = sent
    assert request.content == PDF
    assert request.headers["content-type"] == "application/pdf"
    digest = base64.b64encode(hashlib.sha256(PDF).digest()).decode()
    assert request.headers["content-digest"] == f"sha-256=:{digest}:"
    assert dict(request.url.params) == {
        "kind": "MEDICAL_RECORD",
        "sender": "provider",
        "channel": "FAX",
        "pages": "12",
    }


def test_a_file_of_another_form_is_not_sent(answering: Callable[[Answer], None], tmp_path: Path) -> None:
    answering(lambda _request: pytest.fail("sent"))
    file = tmp_path / "page.html"
    file.write_text("<html>")
    assert "neither PDF" in run("add", str(CASE), str(file), "--kind", "STATEMENT", "--pages", "1", status=1)


def test_a_document_is_written_for_its_reader_alone_and_never_over_another_file(
    answering: Callable[[Answer], None], tmp_path: Path
) -> None:
    answering(lambda _request: httpx.Response(200, content=PDF))
    target = tmp_path / "record.pdf"
    run("show", str(CASE), DOCUMENT, str(target))
    assert target.read_bytes() == PDF
    assert target.stat().st_mode & 0o777 == 0o600
    run("show", str(CASE), DOCUMENT, str(target), status=2)


def test_a_refusal_is_a_sentence_and_leaves_no_file(answering: Callable[[Answer], None], tmp_path: Path) -> None:
    problem = {"title": "There is no such document.", "code": "not-found"}
    answering(lambda _request: httpx.Response(404, json=problem))
    target = tmp_path / "record.pdf"
    assert "There is no such document. (not-found)" in run("show", str(CASE), DOCUMENT, str(target), status=1)
    assert not target.exists()
