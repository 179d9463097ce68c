"""Each import rule of pyproject.toml is kept, and fails when it is broken."""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

RULES = [
    rule["name"] for rule in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
]
# One line for each rule that breaks it, and where it is put.
BREAKING = {
    "services never import each other": ("services/recruitment/app.py", "import services.measures.app"),
    "shared never imports a service": ("shared/program/states.py", "import services.measures.domain.periods"),
    "domain does no I/O": ("services/measures/domain/periods.py", "import asyncio"),
    "contracts import nothing of ours and do no I/O": ("shared/contracts/topic.py", "import shared.program.states"),
    "one direction inside a service": ("services/complaints/domain/refusal.py", "import services.complaints.handlers"),
    "the independent recomputation knows nothing of the engine": (
        "tests/measures/independent/__init__.py",
        "import services.measures.domain.periods",
    ),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A scratch copy of everything the rules speak of."""
    folder = tmp_path_factory.mktemp("rules")
    for package in ("services", "shared", "tests", "benchmarks"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "golden"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    yield folder
    shutil.rmtree(folder)


def _verdicts(folder: Path) -> tuple[int, dict[str, str]]:
    """The exit status and the verdict on each rule."""
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-logo",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    found = {}
    for line in ended.stdout.splitlines():
        name, _, verdict = line.strip().rpartition(" ")
        if verdict in {"KEPT", "BROKEN"}:
            found[name] = verdict
    return ended.returncode, found


def test_every_rule_is_kept(copy: Path) -> None:
    assert _verdicts(copy) == (0, dict.fromkeys(RULES, "KEPT"))


def test_every_rule_has_a_line_that_breaks_it() -> None:
    assert set(BREAKING) == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_fails_when_it_is_broken(copy: Path, rule: str) -> None:
    where, line = BREAKING[rule]
    path = copy / where
    before = path.read_text()
    path.write_text(f"{before}\n\n{line}\n")
    try:
        status, verdicts = _verdicts(copy)
    finally:
        path.write_text(before)
    assert status == 1
    assert verdicts[rule] == "BROKEN"
