"""A request for help with an account goes its way; a password in it is refused, and kept and shown nowhere."""

import logging
from typing import Any, Final

import asyncpg
import pytest
import structlog
from pydantic import ValidationError
from typer.testing import CliRunner

from services.recruitment.cli import campaign, work_frame
from services.recruitment.domain.campaign.account_kind import ACCOUNT_REQUEST, AccountStage
from shared.contracts.message import Command
from shared.contracts.recruitment import COMMANDS
from shared.contracts.recruitment.account_requests import RequestAccountHelp
from shared.contracts.recruitment.screened import carries_password
from shared.contracts.replies import CommandRejected
from shared.messaging import dead_letters, gate
from tests.messaging.toy import record
from tests.recruitment.campaign.cast import HOME, HOSPITAL, again, ask, desk, drop, forward, reopen, solve
from tests.recruitment.desk import Desk
from tests.recruitment.support import commands_consumer
from tests.support.service import KEYRING

CANARY: Final = "Canary-hunter2!"
_PLAIN: Final = ask()


@pytest.fixture
def made() -> tuple[Desk, str]:
    """A desk with a request."""
    at = desk()
    return at, str(at.done(ask(about="Nobody can get in since Monday."))["request"])


def test_a_request_goes_from_desk_to_desk_to_its_end_and_is_taken_up_again(made: tuple[Desk, str]) -> None:
    at, request = made
    at.done(forward(request))
    at.done(forward(request, to="HOME_ADMINISTRATOR"))
    at.done(solve(request))
    at.done(reopen(request))
    at.done(drop(request, "2014-10-05"))
    held = at.held(ACCOUNT_REQUEST, request)
    assert held.stage is AccountStage.CLOSED
    assert [turn.to.value for turn in held.turns] == ["FORWARDED", "FORWARDED", "SOLVED", "RECEIVED", "CLOSED"]
    assert again(at) == at.records


def test_what_a_request_cannot_do_is_refused_with_its_reason(made: tuple[Desk, str]) -> None:
    at, request = made
    assert at.refused(reopen(request)) == [("STATE", "request")]
    assert at.refused(forward(request, "2014-09-30")) == [("OUT_OF_ORDER", "routed_on")]
    assert at.refused(solve(request, "2015-03-08")) == [("IN_THE_FUTURE", "solved_on")]
    at.done(solve(request))
    for asked in (forward(request), solve(request), drop(request)):
        assert at.refused(asked) == [("STATE", "request")]
    assert at.refused(solve("ae.000000000000")) == [("ACCOUNT_REQUEST_UNKNOWN", "request")]


def test_only_a_home_that_is_known_asks() -> None:
    assert desk().refused(ask(HOSPITAL)) == [("NOT_A_HOME", "home")]
    assert desk().refused(ask("999999")) == [("FACILITY_UNKNOWN", "home")]
    assert desk().refused(ask(on="2015-03-08")) == [("IN_THE_FUTURE", "received_on")]


SUSPECT: Final = (
    "The password is swordfish.",
    "pw: swordfish",
    "PASS WORD swordfish",
    "p\u200bassword swordfish",
    "\uff50assword swordfish",
    "Her passcode works no more.",
    "The PIN is wrong.",
    CANARY,
    "She types hunter2 and nothing happens.",
    "She types pa$$wort.",
    "P@ssw0rd",
    "sun$hine",
    "Try 48291374.",
    "User jane_doe is locked.",
    "Write to jane@example.org.",
)
SOUND: Final = (
    "Nobody can get in since 2014-11-03!",
    "The administrator left in May; the new one needs rights.",
    "Two people share one name, and the page says 404.",
    "Locked after three tries (C. difficile form).",
    "It isn't working: nothing shows.",
)


@pytest.mark.parametrize("text", SUSPECT)
def test_text_that_may_carry_a_password_never_becomes_a_command_and_is_not_repeated(text: str) -> None:
    assert carries_password(text)
    with pytest.raises(ValidationError) as refusal:
        ask(about=text)
    assert text not in str(refusal.value)
    assert "Passwords are never taken, seen or kept" in str(refusal.value)


@pytest.mark.parametrize("text", SOUND)
def test_plain_words_about_the_trouble_are_taken(text: str) -> None:
    assert not carries_password(text)
    desk().done(ask(about=text))


@pytest.mark.parametrize("of", [forward, solve, drop, reopen])
def test_no_step_takes_one_either(of: Any) -> None:
    whole = {**of("ae.000000000000").model_dump(), "note": CANARY}
    with pytest.raises(ValidationError) as refusal:
        type(of("ae.000000000000")).model_validate(whole)
    assert CANARY not in str(refusal.value)


def with_canary(field: str = "about") -> bytes:
    """The bytes of a request that carries one, as somebody without our command line could send them."""
    return _PLAIN.model_copy(update={"about": CANARY}).model_dump_json().replace('"about"', f'"{field}"').encode()


@pytest.mark.parametrize(("field", "told"), [("about", "about"), ("login", "value"), ("password", "value")])
def test_the_gate_refuses_it_in_a_field_nobody_knows_too(field: str, told: str) -> None:
    verdict = gate.admit(
        record(0, HOME, _PLAIN, value=with_canary(field), topic=COMMANDS.name),
        {RequestAccountHelp.wire_type(): RequestAccountHelp},
    )
    assert isinstance(verdict, gate.Refusal)
    assert verdict.reason == "schema"
    assert verdict.paths == (f"{told}: looks_like_a_password",)


def test_a_field_of_a_newer_writer_that_is_plain_is_ignored() -> None:
    whole = {**_PLAIN.model_dump(), "urgency": {"days": [2, "soon"]}}
    assert RequestAccountHelp.model_validate(whole) == _PLAIN
    for hidden in ({"urgency": {"days": [2, CANARY]}}, {"passphrase": "plain"}):
        with pytest.raises(ValidationError):
            RequestAccountHelp.model_validate({**whole, **hidden})


def test_the_command_line_refuses_it_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Command] = []
    monkeypatch.setattr(work_frame, "ask", lambda command, _: sent.append(command))
    for words in (("ask", HOME, "locked"), ("forward", "ae.000000000000", "state_lane"), ("solve", "ae.000000000000")):
        outcome = CliRunner().invoke(campaign.app, ["account", *words, "--note", CANARY])
        assert outcome.exit_code == 1
        assert "Passwords are never taken, seen or kept" in outcome.output
        assert CANARY not in outcome.output
    assert sent == []


async def test_nothing_of_it_is_kept_or_logged_however_it_comes(
    pool: asyncpg.Pool, caplog: pytest.LogCaptureFixture
) -> None:
    """Refused by its schema, by its bytes, and by its key: answered or set aside without what was in it."""
    caplog.set_level(logging.DEBUG)
    consumer = await commands_consumer(pool)
    value = with_canary()
    records = [
        record(0, HOME, _PLAIN, value=value, topic=COMMANDS.name),
        record(1, HOME, _PLAIN, value=value.replace(b"Canary", b"Canary\\u0000"), topic=COMMANDS.name),
        record(2, HOME, _PLAIN, value=value, headers=[], topic=COMMANDS.name),
        record(3, HOME, _PLAIN, value=value + b" " * gate.MAX_VALUE_BYTES, topic=COMMANDS.name),
    ]
    with structlog.testing.capture_logs() as logs:
        await consumer.handle(records)
    (answer,) = await pool.fetch("SELECT payload FROM outbox")
    reply = CommandRejected.model_validate_json(answer["payload"])
    assert [(one.code, one.field) for one in reply.reasons] == [("schema.looks_like_a_password", "about")]
    letters = await pool.fetch("SELECT id, reason, sealed FROM dead_letter ORDER BY position")
    assert [row["reason"] for row in letters] == ["nul", "header", "oversize"]
    opened = [dead_letters.unseal(KEYRING, row["id"], row["sealed"]) for row in letters]
    assert [one["value"] for one in opened] == [None] * 3
    kept = [str(opened), str(logs), caplog.text]
    for table in await pool.fetch("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"):
        rows = await pool.fetch(f'SELECT t::text AS row FROM "{table["tablename"]}" t')
        # bytea shows as hexadecimal
        kept += [row["row"] for row in rows]
    whole = "".join(kept)
    assert "hunter2" not in whole
    assert b"hunter2".hex() not in whole
