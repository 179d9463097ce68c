"""``qio network session-pack`` writes what it was asked for, says where, and goes on without measures."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from services.recruitment.cli import network, network_pack, pack_figures
from services.recruitment.domain.packs.gathered import Gathered
from services.recruitment.domain.packs.pack import UNREACHABLE
from shared.cli.read import NotRunning
from shared.runtime.settings import Settings
from tests.recruitment.packs.cast import busy, known
from tests.recruitment.packs.test_packs import answer


class Services:
    """Recruitment and measures, as far as a pack asks them."""

    def __init__(self, found: Gathered) -> None:
        self.found = found
        self.running = True

    def get(self, service: str, path: str) -> Any:
        assert (service, path) == ("recruitment", f"/learning-sessions/{self.found.session}/pack")
        return json.loads(network_pack.GATHERED.dump_json(self.found))

    def fetch(self, settings: Settings, service: str, path: str, **given: Any) -> Any:
        del settings
        if not self.running:
            raise NotRunning(service)
        assert service == "measures"
        return answer(path, **given)


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Services:
    found = Services(known(*busy()))
    monkeypatch.setattr(network_pack, "get", found.get)
    monkeypatch.setattr(pack_figures, "fetch", found.fetch)
    monkeypatch.setattr(Settings, "with_stack", lambda self: self)
    return found


def run(there: Services, *words: str, code: int = 0) -> str:
    outcome = CliRunner().invoke(network.app, ("session-pack", there.found.session, *words))
    assert outcome.exit_code == code, outcome.output
    return outcome.output


def test_both_are_written_into_a_folder_that_is_made(there: Services, tmp_path: Path) -> None:
    out = tmp_path / "packs" / "march"
    said = run(there, "-o", str(out))
    assert said.startswith("3 participants, 2 with figures: see ")
    name = there.found.session
    assert (out / f"{name}.pdf").read_bytes().startswith(b"%PDF-")
    assert "Falls &amp; nights" in (out / f"{name}.html").read_text()


def test_one_is_written_where_one_is_asked_for(there: Services, tmp_path: Path) -> None:
    for option, suffix in (("--html", ".html"), ("--pdf", ".pdf")):
        out = tmp_path / option.strip("-")
        told = json.loads(run(there, "-o", str(out), option, "--json"))
        assert told["files"] == [str(out / f"{there.found.session}{suffix}")]
        assert (told["participants"], told["with_figures"], told["measures_answered"]) == (3, 2, True)
        assert [one.suffix for one in out.iterdir()] == [suffix]


def test_without_measures_a_pack_is_made_and_says_so(there: Services, tmp_path: Path) -> None:
    there.running = False
    said = run(there, "-o", str(tmp_path), "--html")
    assert UNREACHABLE in said
    assert "0 with figures" in said
    assert UNREACHABLE in (tmp_path / f"{there.found.session}.html").read_text()


def test_what_cannot_be_written_or_printed_is_said_in_a_sentence(there: Services, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert "cannot be written to" in run(there, "-o", str(file / "deeper"), "--html", code=1)
    there.found = known(*busy())
    there.found = type(there.found)(**{**_fields(there.found), "title": "\u4e2d\u6587"})
    assert "in no font at hand" in run(there, "-o", str(tmp_path), "--pdf", code=1)


def _fields(found: Gathered) -> dict[str, Any]:
    return {name: getattr(found, name) for name in found.__dataclass_fields__}
