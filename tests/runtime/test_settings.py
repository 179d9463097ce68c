"""Wrong settings stop a process at its start with the field and the rule, and never show a value."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from shared.runtime.settings import Settings
from shared.stack.errors import StackError

SECRET = "hunter2-of-the-database"


def _reasons(**values: object) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as refused:
        Settings(**values)  # type: ignore[arg-type]
    assert SECRET not in str(refused.value)
    return [(".".join(map(str, e["loc"])), e["type"]) for e in refused.value.errors(include_input=False)]


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("kafka_security", SECRET, "literal_error"),
        ("kafka_session_timeout_ms", 10, "greater_than_equal"),
        ("http_port", 70_000, "less_than_equal"),
        ("http_port", SECRET, "int_parsing"),
        ("drain_seconds", -1, "greater_than_equal"),
        ("kafka_session_timeout_ms", 1, "greater_than_equal"),
        ("log_level", SECRET, "literal_error"),
        ("instance", "a b/c", "string_pattern_mismatch"),
        ("postgres_dsn", f"postgresql://app:{SECRET}@127.0.0.1/qio", "value_error"),
    ],
)
def test_a_wrong_setting_is_named_with_its_rule_and_without_its_value(field: str, value: object, rule: str) -> None:
    assert _reasons(**{field: value}) == [(field, rule)]


def test_every_wrong_setting_is_named_at_once() -> None:
    assert {field for field, _ in _reasons(http_port=-1, drain_seconds=-1)} == {"http_port", "drain_seconds"}


def test_an_address_without_a_password_is_taken() -> None:
    assert Settings(postgres_dsn="postgresql://db.example:5432/qio").postgres_dsn == "postgresql://db.example:5432/qio"


def test_the_password_comes_from_a_file_and_is_quoted_into_the_address(tmp_path: Path) -> None:
    (tmp_path / "qio_measures_app").write_text("a/b@c:d\n")
    settings = Settings(postgres_dsn="postgresql://db.example:5432/qio?sslmode=verify-full", secrets_dir=tmp_path)
    wanted = "postgresql://qio_measures_app:a%2Fb%40c%3Ad@db.example:5432/qio?sslmode=verify-full"
    assert settings.dsn("qio_measures_app") == wanted


def test_a_missing_secret_is_named_by_its_file_alone(tmp_path: Path) -> None:
    settings = Settings(postgres_dsn="postgresql://db.example/qio", secrets_dir=tmp_path)
    with pytest.raises(ValueError, match=r"^secret qio_measures_app cannot be read") as refused:
        settings.dsn("qio_measures_app")
    assert str(tmp_path) not in str(refused.value)


def test_without_a_stack_and_addresses_the_process_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(StackError, match="No stack"):
        Settings(data_dir=tmp_path / "none").with_stack()


def test_addresses_that_are_given_need_no_stack(tmp_path: Path) -> None:
    given = Settings(
        data_dir=tmp_path, kafka_bootstrap="k:9092", postgres_dsn="postgresql://db/qio", secrets_dir=tmp_path
    )
    assert given.with_stack() is given


def _start(service: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("QIO_")}
    return subprocess.run(
        [sys.executable, "-m", f"services.{service}"],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_service_with_wrong_settings_ends_with_status_2_and_names_the_fields() -> None:
    ended = _start("notifications", QIO_HTTP_PORT=SECRET, QIO_POSTGRES_DSN=f"postgresql://a:{SECRET}@h/qio")
    assert ended.returncode == 2
    assert "http_port" in ended.stderr.lower()
    assert "postgres_dsn" in ended.stderr.lower()
    assert "secrets_dir" in ended.stderr
    assert SECRET not in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_service_without_a_stack_ends_with_status_2_and_a_sentence(tmp_path: Path) -> None:
    ended = _start("notifications", QIO_DATA_DIR=str(tmp_path / "none"))
    assert ended.returncode == 2
    assert "qio up" in ended.stderr
    assert "Traceback" not in ended.stderr
