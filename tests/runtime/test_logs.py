"""What logging writes, and above all what it never writes."""

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import structlog
from pydantic import BaseModel, ValidationError

from shared.messaging.handling import Reject
from shared.runtime import logs
from shared.runtime.redaction import Redaction, is_sensitive

SECRET = "s3cr3t-of-the-database"
MARY = "Mary Example 1EG4-TE5-MK73"


@pytest.fixture
def lines() -> Iterator["Lines"]:
    root = logging.getLogger()
    kept = root.handlers[:], root.level, logging.getLoggerClass(), sys.excepthook
    levels = {
        name: logging.getLogger(name).level for name in ("aiokafka", "httpx", "httpcore", "aiosmtpd", "uvicorn.access")
    }
    stream = io.StringIO()
    logs.configure("INFO", [SECRET], stream)
    yield Lines(stream)
    root.handlers[:], hook = kept[0], kept[3]
    root.setLevel(kept[1])
    logging.setLoggerClass(kept[2])
    logging.captureWarnings(capture=False)
    sys.excepthook = hook
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    structlog.reset_defaults()


@dataclass
class Lines:
    stream: io.StringIO

    @property
    def raw(self) -> str:
        return self.stream.getvalue()

    def only(self) -> dict[str, Any]:
        [line] = self.raw.splitlines()
        found: dict[str, Any] = json.loads(line)
        return found


def _fail(error: Exception, because: Exception | None = None) -> None:
    raise error from because


def test_an_event_is_one_json_line_with_level_time_and_its_fields(lines: Lines) -> None:
    structlog.get_logger("a.b").warning("relay stalled", service="measures", rows=3)
    line = lines.only()
    assert (line["event"], line["level"], line["logger"]) == ("relay stalled", "warning", "a.b")
    assert (line["service"], line["rows"]) == ("measures", 3)
    assert line["timestamp"].endswith("Z")


def test_what_is_below_the_level_is_not_written(lines: Lines) -> None:
    structlog.get_logger().debug("noise")
    logging.getLogger("some.library").debug("noise")
    assert lines.raw == ""


def test_a_known_secret_is_hidden_wherever_it_stands(lines: Lines) -> None:
    structlog.get_logger().info(f"connecting with {SECRET}", where=[{"x": f"a{SECRET}b"}])
    logging.getLogger("library").warning("tried %s", SECRET)
    assert SECRET not in lines.raw
    assert lines.raw.count("[hidden]") == 3


def test_passwords_in_addresses_and_tokens_are_hidden_without_being_known(lines: Lines) -> None:
    structlog.get_logger().info("to postgresql://app:hunter2@127.0.0.1/qio", seen="eyJhbGciOiJ9.eyJzdWIi.c2ln")
    assert "hunter2" not in lines.raw
    assert "eyJ" not in lines.raw


@pytest.mark.parametrize("key", ["smtp_password", "patientEmail", "facts", "payload", "Authorization", "ce-token"])
def test_a_sensitive_key_hides_whatever_it_holds(lines: Lines, key: str) -> None:
    structlog.get_logger().info("x", **{key: MARY}, nested={key: [MARY]})
    assert MARY not in lines.raw


def test_ordinary_keys_are_not_sensitive() -> None:
    assert not any(map(is_sensitive, ["topic", "partition", "offset", "service", "event_id", "reason", "count"]))


def test_objects_that_could_show_values_are_shown_by_class_only(lines: Lines) -> None:
    class Patient(BaseModel):
        who: str

    structlog.get_logger().info("x", a=Patient(who=MARY), b=MARY.encode(), c=ValueError(MARY))
    assert MARY not in lines.raw
    assert "Patient>" in lines.only()["a"]
    assert lines.only()["b"] == f"<{len(MARY)} bytes>"


def test_an_exception_is_its_type_and_place_without_its_text(lines: Lines) -> None:
    try:
        _fail(ValueError(MARY), because=KeyError(MARY))
    except ValueError:
        structlog.get_logger().exception("handler failed")
    assert MARY not in lines.raw
    found = lines.only()["exception"]
    assert found["type"] == "ValueError"
    assert found["caused_by"][0]["type"] == "KeyError"
    assert found["at"][-1].endswith(" _fail")


def test_an_exception_of_ours_that_is_free_of_values_keeps_its_text(lines: Lines) -> None:
    try:
        _fail(Reject("unknown-case", "case_id"))
    except Reject:
        structlog.get_logger().exception("refused")
    assert lines.only()["exception"]["text"] == "unknown-case"


def test_a_library_that_prints_the_exception_into_its_message_is_silenced(lines: Lines) -> None:
    try:
        _fail(ValueError(MARY))
    except ValueError as error:
        logging.getLogger("faststream").error("ValueError: %s", error)  # noqa: TRY400
        logging.getLogger("faststream").exception(f"ValueError: {error}")  # noqa: G004, TRY401
        logging.getLogger("asyncio").exception("Task exception was never retrieved\nfuture: <Task %r>", error)  # noqa: TRY401
        logging.getLogger("any").error(error)  # noqa: TRY400
    assert len(lines.raw.splitlines()) == 4
    assert MARY not in lines.raw


def test_pydantic_values_do_not_pass_through_a_library(lines: Lines) -> None:
    class Strict(BaseModel):
        n: int

    try:
        Strict.model_validate({"n": MARY})
    except ValidationError:
        logging.getLogger("fastapi").exception("bad request")
    assert MARY not in lines.raw


def test_a_library_cannot_open_an_output_of_its_own(lines: Lines) -> None:
    own = io.StringIO()
    logger = logging.getLogger("made.after.configure")
    logger.propagate = False
    logger.addHandler(logging.StreamHandler(own))
    logger.warning("hello")
    assert own.getvalue() == ""
    assert lines.only()["event"] == "hello"


def test_requests_are_not_logged_because_their_addresses_may_tell(lines: Lines) -> None:
    logging.getLogger("uvicorn.access").info('%s - "%s %s HTTP/%s" %d', "127.0.0.1:1", "GET", f"/x?q={MARY}", "1", 200)
    assert lines.raw == ""


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown log level"):
        logs.configure("LOUD")


def test_an_uncaught_exception_ends_the_process_without_showing_its_text() -> None:
    code = f"from shared.runtime import logs\nlogs.configure('INFO')\nraise RuntimeError({MARY!r})"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 1
    assert MARY not in ended.stderr
    assert json.loads(ended.stderr)["exception"]["type"] == "RuntimeError"


def test_a_circle_of_causes_ends() -> None:
    first, second = ValueError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    assert [cause["type"] for cause in Redaction().error(first)["caused_by"]] == ["KeyError"]
