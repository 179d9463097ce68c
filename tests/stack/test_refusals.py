"""What is broken, foreign or altered is refused with a sentence that says how to mend it."""

import base64
import hashlib
import hmac
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.stack import jars
from shared.stack.embedded import EmbeddedStack
from shared.stack.errors import StackError
from shared.stack.jars import Pins
from shared.stack.kafka_storage import prepare_storage
from shared.stack.layout import Layout, Marker
from shared.stack.ports import candidates, ephemeral_range, is_free
from shared.stack.postgres_cluster import prepare_cluster
from shared.stack.postgres_user import ServerUser, place_data
from shared.stack.scram import matches, verifier
from tests.support.stack import short_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    with short_folder() as made:
        yield made


def test_a_jar_that_differs_from_its_pin_is_refused_by_name(tmp_path: Path) -> None:
    good, altered = tmp_path / "good.jar", tmp_path / "altered.jar"
    good.write_bytes(b"as released")
    altered.write_bytes(b"as released")
    digest = hashlib.sha256(b"as released").hexdigest()
    pins = Pins("g:a:1", {"good.jar": digest, "altered.jar": digest})
    jars.verify(pins, [good, altered])

    altered.write_bytes(b"as released, and more")

    with pytest.raises(StackError, match=r"altered\.jar: not the file") as refusal:
        jars.verify(pins, [good, altered])
    assert "good.jar" not in str(refusal.value)


def test_an_altered_jar_in_the_cache_stops_the_start(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    held = Pins.load()
    wrong = Pins(held.endpoint, {**held.sha256, "kafka-clients-4.3.1.jar": "0" * 64})
    monkeypatch.setattr(Pins, "load", lambda: wrong)
    stack = EmbeddedStack(folder)
    with pytest.raises(StackError, match=r"kafka-clients-4\.3\.1\.jar: not the file this project was tested with"):
        stack.start()
    assert not stack.layout.stack_file.exists()


def test_servers_data_of_somebody_else_are_not_touched(tmp_path: Path) -> None:
    foreign = tmp_path / "postgres"
    foreign.mkdir()
    (foreign / "PG_VERSION").write_text("16")
    with pytest.raises(StackError, match="was not made by this project"):
        EmbeddedStack(tmp_path).start()
    assert [path.name for path in tmp_path.iterdir()] == ["postgres"]


def test_a_damaged_marker_is_named(tmp_path: Path) -> None:
    (tmp_path / "stack-marker.json").write_text("{")
    with pytest.raises(StackError, match=r"stack-marker\.json is damaged"):
        EmbeddedStack(tmp_path).start()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StackError, match="cannot be used"):
        EmbeddedStack(tmp_path / "file" / "data").start()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "meta.properties cannot be read"),
        ("cluster.id=", "meta.properties is incomplete"),
        ("version=1\ncluster.id=AAAAAAAAAAAAAAAAAAAAAA\nnode.id=1\n", "belongs to another cluster"),
    ],
)
def test_kafka_data_that_are_not_ours_or_broken_are_refused(tmp_path: Path, content: str | None, sentence: str) -> None:
    layout = Layout(tmp_path)
    data = layout.kafka / "data"
    data.mkdir(parents=True)
    if content is not None:
        (data / "meta.properties").write_text(content)
    with pytest.raises(StackError, match=sentence) as refusal:
        prepare_storage(layout, Marker.new(), "unused", [])
    assert f"remove {data} to begin with empty topics" in str(refusal.value)


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        (None, "PG_VERSION cannot be read"),
        ("17", "was made by version 17; this project runs version 18"),
        ("18", "pg_control is missing"),
    ],
)
def test_postgresql_data_of_another_version_or_broken_are_refused(
    tmp_path: Path, version: str | None, sentence: str
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    if version is not None:
        (data / "PG_VERSION").write_text(version + "\n")
    with pytest.raises(StackError, match=sentence):
        prepare_cluster(data, tmp_path, None, "unused")


def test_a_server_user_cannot_pass_a_closed_folder(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    inside = closed / "inside"
    inside.mkdir(parents=True)
    closed.chmod(0o700)
    stranger = ServerUser(uid=os.getuid() + 54_321, gid=os.getgid() + 54_321)
    assert stranger.may_pass(Path("/"))
    assert not stranger.may_pass(inside)


def test_an_ordinary_user_keeps_the_data_in_the_folder(tmp_path: Path) -> None:
    assert place_data(tmp_path / "postgres", "id", None) == tmp_path / "postgres"
    assert not (tmp_path / "postgres").is_symlink()


def test_servers_take_ports_that_no_outgoing_connection_gets() -> None:
    low, high = ephemeral_range()
    assert not set(candidates((low, high))) & set(range(low, high + 1))
    # A machine that lends low ports to connections: above them, if anything is left there.
    assert candidates((1_024, 60_999)) == range(61_000, 65_536)


def test_a_port_in_use_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert not is_free(server.getsockname()[1])


def test_the_verifier_is_that_of_rfc_7677() -> None:
    # The example of RFC 7677 section 3; its last message proves the server key.
    stored = verifier("pencil", base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096)
    server_key = base64.b64decode(stored.rpartition(":")[2])
    exchange = (
        "n=user,r=rOprNGfwEbeRWgbNEkqO,"
        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
    )
    signature = base64.b64encode(hmac.digest(server_key, exchange.encode(), "sha256")).decode()
    assert signature == "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
    assert matches(stored, "pencil")
    assert not matches(stored, "crayon")
