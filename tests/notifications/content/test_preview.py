"""Staff see what a notice says before it is sent, as text, as a web page and on paper."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.notifications.cli.notices import app
from services.notifications.domain.catalogue import CATALOGUE, samples
from tests.notifications.content.written import TEXTS

RUN = CliRunner()


def test_the_letter_shown_is_the_letter_as_it_would_be_sent() -> None:
    shown = RUN.invoke(app, ["preview", "DECISION_LETTER", "--role", "beneficiary", "--lang", "es"])
    golden = Path(__file__).parents[1] / "golden/DECISION_LETTER.beneficiary.es.txt"
    assert (shown.exit_code, shown.stdout) == (0, golden.read_text(encoding="utf-8"))


def test_a_letter_can_be_seen_as_a_web_page_and_on_paper(tmp_path: Path) -> None:
    page = RUN.invoke(app, ["preview", "story_thanks", "--format", "html"])
    assert page.stdout.startswith("<!DOCTYPE html>")
    paper = tmp_path / "letter.pdf"
    done = RUN.invoke(app, ["preview", "STORY_THANKS", "--format", "pdf", "--large-print", "--out", str(paper)])
    assert (done.exit_code, paper.read_bytes()[:5]) == (0, b"%PDF-")


def test_own_facts_are_shown_and_what_could_not_leave_is_refused_with_its_reason(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(samples.sample("DELIVERABLE_DUE") | {"task": "C.3.1"}), encoding="utf-8")
    shown = RUN.invoke(app, ["preview", "DELIVERABLE_DUE", "--facts", str(file)])
    assert "Task: C.3.1" in shown.stdout
    file.write_text("{}", encoding="utf-8")
    refused = RUN.invoke(app, ["preview", "DELIVERABLE_DUE", "--facts", str(file)])
    assert (refused.exit_code, "incomplete:contract" in refused.output) == (1, True)


@pytest.mark.parametrize("arguments", [["NO_SUCH"], ["WELCOME", "--role", "nobody"], ["WELCOME", "--lang", "english"]])
def test_an_unknown_type_role_or_language_is_a_wrong_call(arguments: list[str]) -> None:
    assert RUN.invoke(app, ["preview", *arguments]).exit_code == 2


def test_all_types_are_listed() -> None:
    listed = RUN.invoke(app, ["preview", "all"]).stdout
    assert [line.split()[0] for line in listed.splitlines()] == list(CATALOGUE)


@pytest.mark.parametrize(("kind", "role", "language"), TEXTS)
def test_there_are_sample_facts_for_everything_a_notice_may_say(kind: str, role: str, language: str) -> None:
    described = CATALOGUE[kind]
    assert set(samples.sample(kind, complete=True, language=language)) == {*described.mandatory, *described.optional}
    assert set(samples.sample(kind, language=language)) == set(described.mandatory)
    assert role in described.letters
