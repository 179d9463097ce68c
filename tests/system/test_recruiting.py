"""Recruiting many homes on real Kafka and PostgreSQL, and filling the lost schema again from what was said."""

import csv
import json
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest

from shared.cli.ask import Line
from shared.cli.many import IN_FLIGHT
from shared.cli.publish import FeedPublisher
from shared.contracts.catalog import TOPICS
from shared.contracts.feeds import NURSING_HOMES, NursingHomeListed
from shared.contracts.message import Command
from shared.contracts.recruitment import COMMANDS, REPLIES
from shared.contracts.recruitment.participants import FACILITIES
from shared.contracts.recruitment.pipeline import PIPELINE, EngagementMoved, FacilityRecruited
from shared.contracts.recruitment.steps import Stage
from shared.contracts.replies import CommandAccepted, CommandRejected
from tests.recruitment.support import define, enroll
from tests.support.operating import ended, lose_schema, qio
from tests.support.platform import Trial, distinct, header, running_platform, until_async

FEW: Final = 400
MANY: Final = 5_000
STATES: Final = ("MA", "FL", "CA", "OH", "TX", "PR", "HI")
_RECORDS: Final = "SELECT kind, id, state FROM record ORDER BY 1, 2"
_SEQUENCES: Final = """
    SELECT topic, key, last FROM stream_sequence WHERE topic NOT LIKE 'qio.notifications.%' ORDER BY 1, 2
"""


@pytest.fixture(scope="module")
def trial() -> Iterator[Trial]:
    with running_platform() as running:
        yield running


def home(number: int, as_of: str = "2014-08-01", **fields: object) -> NursingHomeListed:
    plain = {
        "ccn": f"{100_000 + number}",
        "as_of": as_of,
        "name": f"Home {number}",
        "address": f"{number} Road",
        "city": "Somewhere",
        "state": STATES[number % len(STATES)],
        "zip_code": "02139",
        "overall_rating": number % 5 + 1,
    }
    return NursingHomeListed.model_validate({**plain, **fields})


async def list_homes(trial: Trial, homes: Sequence[NursingHomeListed]) -> None:
    async with FeedPublisher(trial.settings) as publisher:
        for one in homes:
            await publisher.send(NURSING_HOMES.name, one.ccn, one.wire_type(), one.model_dump_json().encode())
    await trial.quiet()


def file_of(folder: Path, ccns: Sequence[str]) -> Path:
    path = folder / "homes.csv"
    path.write_text("\n".join(("ccn,recruited_on", *(f"{ccn},2015-03-06" for ccn in ccns))) + "\n")
    return path


def rejects_in(path: Path) -> dict[int, str]:
    """The code of each line's reason."""
    return {int(row["line"]): row["code"] for row in csv.DictReader(path.read_text().splitlines())}


async def told(trial: Trial, collaborative: str) -> tuple[Counter[str], Counter[str]]:
    """How often each home was said to be recruited, and to have come to that stage, in the topics."""
    records = distinct(await trial.records(FACILITIES.name, PIPELINE.name)).values()
    recruited: Counter[str] = Counter()
    moved: Counter[str] = Counter()
    for record in records:
        if header(record, "ce_type") == FacilityRecruited.wire_type():
            event = FacilityRecruited.model_validate_json(record.value)
            recruited[event.ccn] += event.collaborative == collaborative
        elif header(record, "ce_type") == EngagementMoved.wire_type():
            step = EngagementMoved.model_validate_json(record.value)
            moved[step.participant] += (step.collaborative, step.stage) == (collaborative, Stage.RECRUITED)
    return +recruited, +moved


async def test_bulk_recruiting_that_is_cut_off_goes_on_and_each_home_is_told_of_once(
    trial: Trial, tmp_path: Path
) -> None:
    """The service is away when it begins; the job is interrupted with all it may have on the way, and gone on with."""
    homes = [home(number) for number in range(FEW)]
    await list_homes(trial, homes)
    ccns = [one.ccn for one in homes]
    path = file_of(tmp_path, [*ccns, "999998", "12", ccns[0]])
    await trial.stop("recruitment")
    began = qio(trial, "recruit", "bulk", str(path), "--collaborative", "NNHQCC")

    async def on_the_way() -> bool:
        return len(await trial.records(COMMANDS.name)) >= IN_FLIGHT

    await until_async(on_the_way, "commands to be sent")
    began.send_signal(signal.SIGINT)
    status, _, errors = await ended(began)
    assert status == 130, errors
    job = errors.split()[-1]
    await trial.start("recruitment")
    await trial.ready("recruitment")
    status, out, errors = await ended(qio(trial, "recruit", "bulk", "--resume", job, "--json"))
    assert status == 1, errors
    summary = json.loads(out)
    assert (summary["rows"], summary["recruited"], summary["refused"]) == (FEW + 3, FEW, 3)
    assert summary["why"] == {"FACILITY_UNKNOWN": 1, "SCHEMA": 1, "ALREADY_MEMBER": 1}
    rejected = rejects_in(Path(summary["rejects_file"]))
    # Of a home that stands twice in the file either line may come first.
    assert rejected.keys() >= {FEW + 2, FEW + 3}
    assert set(rejected.values()) == set(summary["why"])
    await trial.quiet()
    assert await told(trial, "NNHQCC") == (Counter(ccns), Counter(ccns))
    assert list((trial.settings.data_dir / "bulk").iterdir()) == []
    status, _, errors = await ended(qio(trial, "recruit", "bulk", "--resume", job))
    assert (status, errors) == (2, f"There is no unfinished job {job}.\n")


async def test_the_first_targets_of_a_state_are_recruited_without_a_file(trial: Trial) -> None:
    asked = ("--targets", "20", "--state", "MA", "--collaborative", "PSPC", "--on", "2015-03-06", "--json")
    status, out, errors = await ended(qio(trial, "recruit", "bulk", *asked))
    assert status == 0, errors
    assert json.loads(out)["recruited"] == 20
    await trial.quiet()
    recruited, moved = await told(trial, "PSPC")
    assert recruited == moved
    assert sorted(recruited.values()) == [1] * 20
    assert {(int(ccn) - 100_000) % len(STATES) for ccn in recruited} == {STATES.index("MA")}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("homes.csv",), "Say into which --collaborative."),
        (("--collaborative", "NNHQCC"), "Give either a file or --targets"),
        (("no.csv", "--collaborative", "NNHQCC"), "no.csv cannot be read"),
        (("--targets", "5", "--resume", "0195b0de-0000-7000-8000-000000000001"), "no other option"),
        (("--targets", "5", "--collaborative", "CHOIR"), "There is no such collaborative."),
    ],
)
async def test_what_cannot_begin_is_a_sentence_and_a_status(trial: Trial, arguments: tuple[str, ...], why: str) -> None:
    status, out, errors = await ended(qio(trial, "recruit", "bulk", *arguments))
    assert status in (1, 2)
    assert why in errors
    assert (out, "Traceback" in errors) == ("", False)


async def ask(trial: Trial, *commands: Command) -> dict[UUID, tuple[Command, CommandAccepted | CommandRejected]]:
    """Send commands one after another; each with its answer, by its id."""
    answers = {}
    async with Line(trial.settings) as line:
        for command in commands:
            answer = await line.ask(command, "k")
            answers[answer.command_id] = (command, answer)
    return answers


async def ends(trial: Trial) -> dict[str, int]:
    """How many records each topic holds."""
    return dict(Counter(record.topic for record in await trial.records(*(topic.name for topic in TOPICS))))


async def rows(trial: Trial, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await trial.rows("recruitment", query)]


@pytest.mark.timeout(480)
async def test_a_lost_schema_is_filled_again_from_events_with_nothing_said_or_decided_twice(trial: Trial) -> None:
    homes = [home(number) for number in range(FEW)]
    await list_homes(trial, [*homes, *(home(n, "2014-09-01", overall_rating=5, name=f"New {n}") for n in range(50))])
    answers = await ask(
        trial,
        define("rebuilt", "zip:02139", "zip:02140"),
        define("rebuilt", "zip:02139"),
        define("rebuilt-too", "zip:99999"),
        define("rebuilt-too", "zip:02140"),
        enroll(ccn="100001", collaborative="PSPC", recruited_on="2015-03-07"),
        enroll(ccn="100001", collaborative="PSPC", recruited_on="2015-03-07"),
        enroll(ccn="999998"),
    )
    await trial.quiet()
    status, _, errors = await ended(qio(trial, "rebuild", "recruitment"))
    assert status == 1
    assert errors.endswith("Not rebuilt: the service is running; stop it first.\n"), errors
    await trial.stop("recruitment")
    status, _, errors = await ended(qio(trial, "rebuild", "recruitment"))
    assert status == 1
    assert "the schema is not empty (heads, " in errors
    records, sequences = await rows(trial, _RECORDS), await rows(trial, _SEQUENCES)
    before, mails = await ends(trial), len(trial.mails())

    await lose_schema(trial, "recruitment")
    status, out, errors = await ended(qio(trial, "rebuild", "recruitment", "--json"))
    assert status == 0, errors
    assert json.loads(out)["aggregates"] == len(records)
    assert await rows(trial, _RECORDS) == records
    assert await rows(trial, _SEQUENCES) == sequences
    assert await trial.value("recruitment", "SELECT count(*) FROM outbox") == 0

    await trial.start("recruitment")
    await trial.ready("recruitment")
    await trial.quiet()
    assert await ends(trial) == before
    assert await rows(trial, _RECORDS) == records
    assert len(trial.mails()) == mails

    async with Line(trial.settings) as line:
        for command_id, (command, answer) in answers.items():
            assert await line.ask(command, "k", command_id) == answer
    await trial.quiet()
    assert await rows(trial, _RECORDS) == records
    after = await ends(trial)
    assert {name: count - before.get(name, 0) for name, count in after.items() if count != before.get(name)} == {
        COMMANDS.name: len(answers),
        REPLIES.name: len(answers),
    }
    found = await trial.audit()
    assert (found.lost, found.waiting, found.dead_letters, found.notes) == (0, 0, 0, [])


async def test_a_rebuilt_service_goes_on_where_it_was(trial: Trial) -> None:
    """What comes afterwards is numbered on in a higher epoch."""
    await ask(trial, define("rebuilt", "zip:02139", "zip:02141"))
    await trial.quiet()
    said = [record for record in await trial.records("qio.recruitment.communities.v1") if record.key == b"rebuilt"]
    assert [header(record, "ce_sequence") for record in said] == ["1:1", "1:2", "2:3"]


@pytest.fixture
def own_trial() -> Iterator[Trial]:
    """A platform with no other homes."""
    with running_platform() as running:
        yield running


@pytest.mark.verify
@pytest.mark.timeout(900)
async def test_five_thousand_homes_are_recruited_while_the_service_dies_with_no_lost_event(
    own_trial: Trial, tmp_path: Path
) -> None:
    trial = own_trial
    homes = [home(number) for number in range(MANY)]
    await list_homes(trial, homes)
    ccns = [one.ccn for one in homes]
    arguments = ["recruit", "bulk", str(file_of(tmp_path, ccns)), "--collaborative", "NNHQCC", "--json"]
    process = qio(trial, *arguments)
    counted = "SELECT count(*) >= $1::integer FROM record WHERE kind = 'engagement'"

    async def under_way() -> bool:
        return await trial.holds("recruitment", counted, MANY // 4) or process.poll() is not None

    await until_async(under_way, "a quarter of the homes to be recruited")
    assert process.poll() is None
    await trial.kill("recruitment")
    await trial.start("recruitment")
    status, out, errors = await ended(process)
    while status == 3:  # not answered in time; what was sent is carried out all the same
        status, out, errors = await ended(qio(trial, "recruit", "bulk", "--resume", errors.split()[-1], "--json"))
    assert status == 0, errors
    summary = json.loads(out)
    print(json.dumps({**summary, "progress": "of 5,000 rows" in errors}))
    assert (summary["rows"], summary["recruited"], summary["refused"]) == (MANY, MANY, 0)
    await trial.quiet()
    assert await told(trial, "NNHQCC") == (Counter(ccns), Counter(ccns))
    found = await trial.audit()
    assert (found.lost, found.waiting, found.dead_letters, found.notes) == (0, 0, 0, [])
