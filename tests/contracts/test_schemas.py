"""The committed schemas say what the models say, and break nothing that was released."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from shared.contracts import files
from shared.contracts.asyncapi import schema
from shared.contracts.catalog import message_types
from shared.contracts.files import BreakingRelease

REPAIR = "run `qio catalog schemas` and commit"


def test_the_committed_schemas_are_those_of_the_models() -> None:
    wanted = {f"{name}.json": files.render(schema(message)) for name, message in message_types().items()}
    found = {path.name: path.read_text() for path in files.FOLDER.glob("*.json")}
    assert sorted(found) == sorted(wanted), REPAIR
    assert [name for name in wanted if found[name] != wanted[name]] == [], REPAIR


@pytest.mark.parametrize("name", sorted(message_types()))
def test_a_schema_is_valid_and_names_itself_as_the_envelope_does(name: str) -> None:
    document = schema(message_types()[name])
    Draft202012Validator.check_schema(document)
    assert document["$id"] == f"qio:schemas/{name}.json"


def test_nothing_that_was_released_is_broken() -> None:
    assert files.breaks(files.current()) == []


def test_the_ledger_of_releases_is_not_empty() -> None:
    assert {name for _, name, _ in files.released()} != set()


def test_writing_schemas_replaces_what_is_old_and_removes_what_is_gone(tmp_path: Path) -> None:
    assert len(files.write_schemas(tmp_path)) == len(message_types())
    assert files.write_schemas(tmp_path) == []
    some = next(tmp_path.glob("*.json"))
    some.write_text("{}")
    (tmp_path / "gone.Gone.v1.json").write_text("{}")
    assert sorted(files.write_schemas(tmp_path)) == sorted([some, tmp_path / "gone.Gone.v1.json"])
    assert files.write_schemas(tmp_path) == []


OLD = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}
WIDER = {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "string"}}, "required": ["a"]}
BROKEN = {"type": "object", "properties": {"b": {"type": "string"}}}


def _write(folder: Path, **documents: object) -> None:
    for path in folder.glob("*.json"):
        path.unlink()
    for name, document in documents.items():
        (folder / f"{name}.json").write_text(json.dumps(document))


def test_a_release_adds_to_the_ledger_only_what_is_new_or_changed(tmp_path: Path) -> None:
    _write(tmp_path, x=OLD, y=OLD)
    assert [path.name for path in files.release("0.9.0", tmp_path)] == ["x.json", "y.json"]
    _write(tmp_path, x=WIDER, y=OLD, z=OLD)
    written = files.release("0.10.0", tmp_path)
    assert [str(path.relative_to(tmp_path)) for path in written] == ["released/0.10.0/x.json", "released/0.10.0/z.json"]
    order = [(version, name) for version, name, _ in files.released(tmp_path / "released")]
    assert order == [("0.9.0", "x"), ("0.9.0", "y"), ("0.10.0", "x"), ("0.10.0", "z")]


def test_a_release_that_breaks_one_before_is_refused_and_writes_nothing(tmp_path: Path) -> None:
    _write(tmp_path, x=OLD)
    files.release("1.0.0", tmp_path)
    _write(tmp_path, x=BROKEN)
    with pytest.raises(BreakingRelease, match="x: a: removed"):
        files.release("1.0.1", tmp_path)
    _write(tmp_path)
    with pytest.raises(BreakingRelease, match="x: gone"):
        files.release("1.0.1", tmp_path)
    assert not (tmp_path / "released" / "1.0.1").exists()


def test_a_version_that_is_not_out_yet_may_be_released_again(tmp_path: Path) -> None:
    _write(tmp_path, x=OLD)
    files.release("1.0.0", tmp_path)
    _write(tmp_path, x=BROKEN)
    files.release("1.0.0", tmp_path)
    assert files.breaks({"x": BROKEN}, tmp_path / "released") == []


def test_a_break_and_a_missing_message_show_with_the_version_they_break(tmp_path: Path) -> None:
    _write(tmp_path, x=OLD, y=OLD)
    files.release("1.0.0", tmp_path)
    found = files.breaks({"x": BROKEN}, tmp_path / "released")
    assert found == ["x of 1.0.0: a: removed", "y of 1.0.0: gone"]


def test_a_version_is_numbers_and_points(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="latest"):
        files.release("latest", tmp_path)
