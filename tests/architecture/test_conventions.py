"""Habits that keep the code readable and safe: said purpose, declared names, nothing swallowed, no addresses."""

import ast
import re
import subprocess
from collections.abc import Iterator

import pytest

from shared.runtime import metrics
from tests.architecture.source import ROOT, calls, modules

KINDS = {"Counter", "Gauge", "Histogram", "Summary", "Info", "Enum"}
MACHINE = re.compile(r"(?<![\w.])/(work|home|root|Users|mnt|tmp/[a-z]+)/[A-Za-z0-9_.-]+")
# ``except X: pass`` where the exception is itself the wanted state.
MAY_PASS = {
    ("shared/runtime/tokens.py", "FileExistsError"),  # another starter wrote the key first
    ("shared/feeds/reference.py", "FileExistsError"),  # the same for the reference key
}


def swallowed(tree: ast.Module) -> set[str]:
    """Exceptions that are caught and answered with nothing at all."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and all(_is_nothing(step) for step in node.body):
            found.add(ast.unparse(node.type) if node.type else "everything")
        if isinstance(node, ast.With | ast.AsyncWith):
            for item in node.items:
                text = ast.unparse(item.context_expr)
                if re.search(r"suppress\((Base)?Exception\)", text):
                    found.add(text)
    return found


def _is_nothing(step: ast.stmt) -> bool:
    return isinstance(step, ast.Pass) or (isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant))


def _tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    return listed.stdout.splitlines()


@pytest.mark.parametrize("path", modules("services", "shared", "benchmarks", "tests"))
def test_a_module_begins_with_one_sentence(path: str) -> None:
    tree = modules("services", "shared", "benchmarks", "tests")[path]
    if not tree.body and path.startswith("tests/"):
        return  # an empty marker of a package of tests
    text = ast.get_docstring(tree)
    assert text, "a module says in its first line what it is for"
    first = text.splitlines()[0]
    assert re.match(r"[A-Z\"'`0-9a-z]", first)
    assert len(text.splitlines()) == 1 or text.splitlines()[1] == "", "the first sentence stands on one line"


def test_nothing_is_swallowed_silently() -> None:
    found = {(path, kind) for path, tree in modules().items() for kind in swallowed(tree)}
    assert found <= MAY_PASS


@pytest.mark.parametrize(
    "code",
    ["try: f()\nexcept Exception: pass", "try: f()\nexcept: ...", "with suppress(Exception): f()"],
)
def test_the_check_sees_what_is_swallowed(code: str) -> None:
    assert swallowed(ast.parse(code))


def _declared(tree: ast.Module, function: str) -> Iterator[str]:
    for name, call in calls(tree):
        if name in {function, f"crash.{function}"}:
            for argument in call.args:
                assert isinstance(argument, ast.Constant), "a crash point is named by a literal"
                yield str(argument.value)


def test_every_crash_point_is_declared_in_its_module_and_every_declared_one_is_there() -> None:
    everywhere: list[str] = []
    for path, tree in modules().items():
        if path != "shared/messaging/crash.py":
            declared = set(_declared(tree, "declare"))
            assert set(_declared(tree, "point")) == declared, path
            everywhere += declared
    assert everywhere
    assert len(everywhere) == len(set(everywhere)), "a point is declared twice"
    assert all(re.fullmatch("[a-z]+(-[a-z]+)+", name) for name in everywhere)


CATALOGUE = {name: kind for name, kind in vars(metrics).items() if type(kind).__name__ in KINDS}


def _used_metrics() -> set[str]:
    found = set()
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "metrics":
                found.add(node.attr)
    return found


def test_every_metric_is_declared_in_the_catalogue_and_every_declared_one_is_used() -> None:
    assert _used_metrics() == set(CATALOGUE)


def test_metrics_are_made_nowhere_else() -> None:
    makers = {
        path
        for path, tree in modules().items()
        if any(name.rpartition(".")[2] in KINDS - {"Enum"} and _is_metric(call) for name, call in calls(tree))
    }
    assert makers == {"shared/runtime/metrics.py"}


def _is_metric(call: ast.Call) -> bool:
    return bool(call.args) and isinstance(call.args[0], ast.Constant) and str(call.args[0].value).startswith("qio_")


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_metric_has_a_unit_a_meaning_and_labels_that_name_no_one(name: str) -> None:
    metric = CATALOGUE[name]
    assert metric._name.startswith("qio_")
    assert len(metric._documentation) > 15
    allowed = {"consumer", "lane", "outcome", "reason", "service", "topic", "worker", "type", "category", "kind"}
    assert set(metric._labelnames) <= allowed


def test_lock_files_pin_by_hash_and_hold_no_address() -> None:
    locks = sorted((ROOT / "requirements").glob("*.lock"))
    assert locks
    for lock in locks:
        text = lock.read_text()
        assert "://" not in text, lock.name
        assert "--index-url" not in text, lock.name
        pins = [line for line in text.splitlines() if re.match(r"^[A-Za-z0-9]", line)]
        assert all(re.match(r"^[A-Za-z0-9._\[\]-]+==[^ ]+", line) for line in pins)
        assert text.count("--hash=sha256:") >= len(pins)


def test_no_file_holds_a_path_of_a_machine() -> None:
    tracked = _tracked()
    if not tracked:  # an archive without its history
        tracked = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("s*/**/*.py")]
    found = []
    for name in tracked:
        path = ROOT / name
        if path.suffix in {".py", ".toml", ".md", ".sql", ".yml", ".json", ".lock", ""} and path.is_file():
            found += [f"{name}: {hit.group()}" for hit in MACHINE.finditer(path.read_text(errors="replace"))]
    assert found == []
