"""Asking the running platform for changes: answers with deadlines, refusals with reasons, silence with a sentence."""

import asyncio
import datetime as dt
import json
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from shared.cli import ask as asking
from shared.contracts.complaints import WithdrawCase
from tests.cli.conftest import Qio
from tests.support.platform import Trial, until_async

ZONE = ZoneInfo("America/New_York")
PATIENT, PHYSICIAN = "Pat Unmistakable", "Robin Unmistakable"


def appeal(**changes: str) -> list[str]:
    """A request that came ten minutes ago on the hospital's clock."""
    received = dt.datetime.now(ZONE) - dt.timedelta(minutes=10)
    values = {
        "ccn": "210001",
        "provider": "Sample General Hospital",
        "state": "MD",
        "zip": "21201",
        "received": received.isoformat(timespec="minutes"),
        "patient": PATIENT,
        "practitioner": PHYSICIAN,
        **changes,
    }
    dates = {
        "admitted": (received.date() - dt.timedelta(days=3)).isoformat(),
        "discharge_date": received.date().isoformat(),
    }
    return [
        "case",
        "file",
        "HOSP_DISCHARGE_FFS",
        *(part for name, value in values.items() for part in (f"--{name}", value)),
        *(part for name, value in dates.items() for part in ("--fact", f"{name}={value}")),
    ]


def test_an_accepted_appeal_is_printed_with_its_deadlines_in_the_hospitals_time(qio: Qio) -> None:
    ended = qio(*appeal())
    assert ended.returncode == 0, ended.stderr
    assert re.search(r"^Case [0-9a-f-]{36}  \w+  \w+  TIMELY", ended.stdout, re.MULTILINE)
    assert "clock of America/New_York" in ended.stdout
    deadlines = [line for line in ended.stdout.splitlines() if re.match(r"^  \S", line)]
    assert deadlines
    assert all(re.search(r"\b(EST|EDT)\b", line) for line in deadlines)
    assert "42 CFR 405.1206" in ended.stdout
    assert PATIENT not in ended.stdout


def test_local_times_and_utc_of_the_json_name_the_same_instants(qio: Qio) -> None:
    made = json.loads(qio(*appeal(), "--json").stdout)
    assert made["zone"] == "America/New_York"
    for deadline in made["deadlines"]:
        local = dt.datetime.fromisoformat(deadline["due_at"]).astimezone(ZONE)
        assert f"{local:%H:%M}" in deadline["due_local"] or f"{local:%I:%M}".lstrip("0") in deadline["due_local"]
        assert str(local.day) in deadline["due_local"]


def test_the_case_can_be_read_and_is_in_the_list(qio: Qio) -> None:
    made = json.loads(qio(*appeal(), "--json").stdout)
    shown = qio("case", "show", made["case_id"])
    assert shown.returncode == 0, shown.stderr
    assert made["case_id"] in shown.stdout
    assert made["case_id"] in qio("case", "list").stdout


@pytest.mark.parametrize(
    ("changes", "field", "source"),
    [
        ({"ccn": "330001"}, "state", "42 CFR 476.71"),
        ({"received": "2199-01-01T00:00-05:00"}, "received_at", "42 CFR 476.71"),
    ],
)
def test_a_refused_appeal_prints_the_reasons_and_ends_with_1(
    qio: Qio, changes: dict[str, str], field: str, source: str
) -> None:
    refused = qio(*appeal(**changes))
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert refused.stderr.startswith(f"Refused: {field}: ")
    assert source in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_command_for_a_case_there_is_not_is_refused_with_1(qio: Qio) -> None:
    refused = qio("case", "withdraw", "00000000-0000-4000-8000-000000000000")
    assert refused.returncode == 1
    assert refused.stderr == "Refused: case_id: There is no such case.\n"


def test_a_value_that_cannot_be_is_refused_before_it_is_sent_and_not_shown(qio: Qio) -> None:
    refused = qio(*appeal(ccn="nonsense-ccn"))
    assert refused.returncode == 1
    assert "facility_ccn" in refused.stderr
    assert "nonsense-ccn" not in refused.stderr


def test_a_facility_that_is_not_listed_cannot_be_enrolled(qio: Qio) -> None:
    refused = qio("recruit", "enroll", "999999", "--collaborative", "NNHQCC")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Refused: ")


def test_consumers_are_listed_stopped_and_resumed(qio: Qio) -> None:
    qio(*appeal())
    name = "qio-complaints.complaints.commands.v1"
    assert name in {row["consumer"] for row in json.loads(qio("consumer", "list", "--json").stdout)}
    assert qio("consumer", "stop", name).returncode == 0
    assert re.search(rf"{re.escape(name)}.*STOPPED \(operator\)", qio("consumer", "list").stdout)
    assert qio("consumer", "resume", name).returncode == 0
    assert "STOPPED" not in qio("consumer", "list").stdout
    assert qio(*appeal()).returncode == 0


def test_a_healthy_platform_has_no_dead_letters(qio: Qio) -> None:
    assert qio("dead-letters", "list").stdout == "No dead letters.\n"


def test_a_consumer_there_cannot_be_is_refused(qio: Qio) -> None:
    assert qio("consumer", "stop", "somebody.else").returncode == 2


async def test_a_command_without_an_answer_ends_with_3_and_is_carried_out_when_the_service_runs_again(
    trial: Trial, qio: Qio, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = json.loads(qio(*appeal(), "--json").stdout)
    await trial.kill("complaints")
    try:
        monkeypatch.setattr(asking, "ANSWER_SECONDS", 1.0)
        monkeypatch.setenv("QIO_DATA_DIR", str(trial.settings.data_dir))
        status = await asyncio.to_thread(_status, lambda: _withdraw(made["case_id"]))
        said = capsys.readouterr().err
    finally:
        await trial.start("complaints")
    assert status == 3
    assert "stored and will be carried out" in said
    assert "Traceback" not in said
    await trial.ready("complaints")

    async def withdrawn() -> bool:
        shown = await asyncio.to_thread(qio, "case", "show", made["case_id"], "--json")
        return shown.returncode == 0 and json.loads(shown.stdout)["state"] == "WITHDRAWN"

    await until_async(withdrawn, "the stored command to be carried out")


def _withdraw(case_id: str) -> None:
    """The command in this process, where its patience can be shortened."""
    command = WithdrawCase.model_validate({"actor": "test", "case_id": case_id, "at": dt.datetime.now(dt.UTC)})
    asking.ask(command, case_id)


def _status(work: Callable[[], None]) -> int:
    with pytest.raises(SystemExit) as ended:
        work()
    assert isinstance(ended.value.code, int)
    return ended.value.code
