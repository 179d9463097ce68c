"""SQL is fixed text with parameters, used, and names no schema."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, calls, modules

METHODS = {"execute", "executemany", "fetch", "fetchval", "fetchrow", "prepare", "cursor", "run_script"}
STATEMENT = re.compile(r"^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|TRUNCATE|CREATE|ALTER|COPY|LOCK)\b")
SCHEMA = re.compile(
    r"\b(FROM|JOIN|INTO|UPDATE|TABLE)\s+(recruitment|measures|complaints|notifications)\.", re.IGNORECASE
)
# Data definition cannot take parameters; these quote identifiers of the project's own by the server or a checked form.
MAY_COMPOSE = {"shared/stack/provision.py", "shared/stack/postgres_cluster.py", "shared/postgres/alembic/env.py"}
SQL_FILES = sorted(path for package in ("services", "shared") for path in (ROOT / package).rglob("*.sql"))
MIGRATIONS = sorted((ROOT / "services").glob("*/migrations/versions/0*.py"))


def composed(tree: ast.Module) -> list[int]:
    """Lines on which a statement is put together instead of written down."""
    fixed = {name: node for name, node in _constants(tree).items() if not _is_fixed(node, tree)}
    found = [node.lineno for node in fixed.values() if _looks_like_sql(node)]
    for name, call in calls(tree):
        if name.rpartition(".")[2] in METHODS and call.args and "." in name:
            text = call.args[0]
            if isinstance(text, ast.JoinedStr | ast.BinOp) or (isinstance(text, ast.Call) and _formats(text)):
                found.append(call.lineno)
    return found


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    """Every name that is given a value anywhere in the module."""
    found: dict[str, ast.expr] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            found[node.target.id] = node.value
    return found


def _is_fixed(node: ast.expr, tree: ast.Module) -> bool:
    """Whether a text is made of literals and of module constants only."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _is_fixed(node.left, tree) and _is_fixed(node.right, tree)
    if isinstance(node, ast.JoinedStr):
        parts = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        return all(isinstance(part, ast.Name) and part.id.isupper() for part in parts)
    return isinstance(node, ast.Name) and node.id.isupper()


def _looks_like_sql(node: ast.expr) -> bool:
    if (isinstance(node, ast.Call) and not _formats(node)) or isinstance(node, ast.Await):
        return False
    texts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return bool(texts) and bool(STATEMENT.match(texts[0]))


def _formats(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in {"format", "join", "replace", "format_map"}


def unused(tree: ast.Module) -> set[str]:
    """Statements that are written down and never sent."""
    statements = {
        name for name, node in _constants(tree).items() if isinstance(node, ast.Constant) and _looks_like_sql(node)
    }
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return {name for name in statements - used if name.startswith("_")}


def test_no_statement_is_put_together_from_values() -> None:
    found = {path: lines for path, tree in modules().items() if (lines := composed(tree)) and path not in MAY_COMPOSE}
    assert found == {}


def test_every_statement_is_used() -> None:
    assert {path: names for path, tree in modules().items() if (names := unused(tree))} == {}


def read_by_name(reader: Path) -> list[str]:
    """The SQL files that a module names, alone or in a tuple of scripts that it runs in that order."""
    texts = (node.value for node in ast.walk(ast.parse(reader.read_text())) if isinstance(node, ast.Constant))
    return [text for text in texts if isinstance(text, str) and text.endswith(".sql")]


def _readers(path: Path) -> list[Path]:
    """Of a migration the versions beside it, of the tables of the message path the migrations' common part."""
    service = "migrations" in path.parts
    return sorted(path.parents[1].glob("versions/*.py") if service else (ROOT / "shared/postgres").glob("*.py"))


@pytest.mark.parametrize("path", SQL_FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_sql_file_is_read_by_name_and_once(path: Path) -> None:
    assert [name for reader in _readers(path) for name in read_by_name(reader)].count(path.name) == 1


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_scripts_of_a_migration_exist_and_run_in_the_order_of_their_names(path: Path) -> None:
    scripts = read_by_name(path)
    assert scripts == sorted(scripts)
    assert [name for name in scripts if not (path.parents[1] / "sql" / name).is_file()] == []


def test_no_statement_names_a_schema() -> None:
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not SCHEMA.search(node.value), f"{path}:{node.lineno}"
    for sql in SQL_FILES:
        assert not SCHEMA.search(sql.read_text()), sql.name


@pytest.mark.parametrize(
    "line",
    [
        "await conn.execute(f'SELECT {x}')",
        "await conn.fetch('SELECT ' + x)",
        "await conn.fetchval('SELECT %s' % x)",
        "await conn.fetchrow('SELECT {}'.format(x))",
        "await conn.execute(','.join(parts))",
        "sql = f'SELECT * FROM t WHERE a = {x}'",
        "sql = 'SELECT * FROM t WHERE a = ' + x",
        "_SQL = 'DELETE FROM {}'.format(t)",
    ],
)
def test_the_check_finds_composed_sql(line: str) -> None:
    assert composed(ast.parse(f"async def f(conn, x, t, parts):\n    {line}"))


def test_the_check_allows_fixed_text_and_finds_unused_statements() -> None:
    good = "COLUMNS = 'a, b'\n_ALL = f'SELECT {COLUMNS} FROM t'\n_ONE = 'SELECT 1'\nx = _ALL"
    assert composed(ast.parse(good)) == []
    assert unused(ast.parse(good)) == {"_ONE"}
