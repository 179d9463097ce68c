"""A learning network end to end on real Kafka, PostgreSQL and SMTP, and its lost schema filled again from events."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from aiokafka import ConsumerRecord

from shared.cli.ask import Line
from shared.contracts.catalog import TOPICS
from shared.contracts.message import Command
from shared.contracts.recruitment import COMMANDS, REPLIES
from tests.support.operating import ended, lose_schema, qio
from tests.support.platform import header, running_platform
from tests.system.learning import files
from tests.system.learning.files import ELM, MEMBERS, OAK, OTHERS, TOWN
from tests.system.learning.story import COHORT, INVITED, MEASURE, Story

pytestmark = pytest.mark.timeout(480)
_CHARTS: Final = {"QIO_MEASURES_CHART_FIRST": "2014Q1", "QIO_MEASURES_CHART_LAST": "2015Q4"}
_RECORDS: Final = "SELECT kind, id, state FROM record ORDER BY 1, 2"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    with running_platform(_CHARTS) as trial:
        played = Story(trial, tmp_path_factory.mktemp("learning"))
        asyncio.run(played.play())
        yield played


async def test_a_home_of_one_star_is_invited_and_joins_the_collaborative_and_its_cohort(story: Story) -> None:
    home = await story.qio("facility", "show", ELM)
    assert home["overall_rating"] == 1
    engagement = await story.qio("recruit", "show", ELM, "--collaborative", "NNHQCC")
    assert [step["stage"] for step in engagement["steps"]] == ["INVITED", "INTERESTED", "COMMITTED", "RECRUITED"]
    assert (story.made["bulk"]["recruited"], story.made["joined"]["joined"]) == (len(MEMBERS) - 1, len(MEMBERS))
    cohort = await story.qio("network", "cohort", "show", COHORT)
    assert {one["participant"] for one in cohort["roster"]} == set(MEMBERS)


async def test_measures_see_the_intervention_of_the_coalition_and_its_goal_comes_back(story: Story) -> None:
    (held,) = await story.qio("community", "intervention", "list", "--community", TOWN.id)
    assert held["id"] == story.made["intervention"]["intervention"]
    (effect,) = held["effects"]
    assert effect["measure"] == "hospitalizations"
    assert "association" in effect["sentence"]
    coalition = await story.qio("community", "coalition", "show", TOWN.id)
    assert coalition["goals"]["hospitalizations"]["reached"] is True


async def test_a_peer_match_needs_the_consent_of_both(story: Story) -> None:
    assert [text.count("consent") for text in story.made["refused"]] == [2, 1]
    assert [one["participant"] for one in story.made["match"]["teachers"]] == [ELM]
    assert story.made["agreed"]["letters"] == 2


async def test_the_practice_spreads_from_the_first_home_to_the_second_and_both_do_better(story: Story) -> None:
    spread = await story.qio("network", "spread", "show", story.made["practice"])
    assert [(one["teacher"], one["participant"], one["status"]) for one in spread["links"]] == [
        (None, ELM, "ADOPTED"),
        (ELM, OAK, "ADOPTED"),
    ]
    for home, quarters in ((ELM, ("2014Q4", "2015Q4")), (OAK, ("2015Q4", "2016Q4"))):
        figures = await figures_of(story, home)
        before, after = (figures[quarter] for quarter in quarters)
        assert before == 50
        assert after > before + 20, figures


async def figures_of(story: Story, home: str) -> dict[str, float]:
    """A home's figures by period, as recruitment keeps them from what measures says."""
    query = "SELECT period, value::float8 AS value FROM facility_figure WHERE measure = $1 AND unit = $2"
    return {row["period"]: row["value"] for row in await story.trial.rows("recruitment", query, MEASURE, home)}


async def test_a_pack_has_a_page_with_figures_for_each_who_registered(story: Story) -> None:
    pack = story.made["pack"]
    assert (pack["participants"], pack["with_figures"], pack["measures_answered"]) == (2, 2, True)
    page, printed = map(Path, pack["files"])
    assert printed.read_bytes().startswith(b"%PDF")
    text = page.read_text()
    assert [text.count(word) > 0 for word in ("Elm Home", "Oak Home", "Who plans together stays.")] == [True] * 3


async def test_each_home_is_written_to_once_of_each_thing(story: Story) -> None:
    written = Counter((mail["to"][0], mail["subject"]) for mail in story.trial.mails())
    assert set(written.values()) == {1}
    by_subject = {subject: {to for to, one in written if one == subject} for _, subject in written}
    everyone = {files.address_of(home) for home in MEMBERS}
    assert by_subject[INVITED] == everyone
    assert by_subject["A practice to learn from"] == everyone - {files.address_of(ELM)}
    assert by_subject["A peer to learn with"] == {files.address_of(ELM), files.address_of(OAK)}
    assert [one["told"] for one in story.made["shared"]] == [len(MEMBERS) - 1, 0]


async def test_the_report_to_cms_tells_of_all_of_it(story: Story) -> None:
    report = await story.report()
    (recruited,) = report["recruitment"]
    assert (recruited["collaborative"], recruited["recruited"]) == ("NNHQCC", len(MEMBERS))
    assert [one["community"] for one in report["infrastructure"]["list"]] == [TOWN.id]
    learning = report["learning"]
    (sessions,) = learning["sessions"]
    assert (sessions["network"], sessions["held"], sessions["participants"], sessions["minutes"]) == (
        "nnhqcc",
        1,
        3,
        135,
    )
    (spread,) = learning["spread"]
    assert (spread["practice"], spread["adopted"], spread["states"]) == (story.made["practice"], 1, ["VA"])
    (moved,) = [one for one in learning["movement"] if one["measure"] == MEASURE]
    assert (moved["participants"], moved["comparable"]) == (len(MEMBERS), len(OTHERS))
    assert moved["said"].endswith("associated with better.")
    assert learning["movement_basis"].startswith("An association, not an effect")


async def ends(story: Story) -> dict[str, int]:
    """How many records each topic holds."""
    return dict(Counter(record.topic for record in await story.trial.records(*(topic.name for topic in TOPICS))))


async def test_a_lost_schema_is_filled_again_with_no_mail_sent_and_nothing_decided_twice(story: Story) -> None:
    trial = story.trial
    before, mails, report = await ends(story), len(trial.mails()), await story.report()
    await trial.stop("recruitment")
    records = [tuple(row) for row in await trial.rows("recruitment", _RECORDS)]
    await lose_schema(trial, "recruitment")
    status, out, errors = await ended(qio(trial, "rebuild", "recruitment", "--json"))
    assert status == 0, errors
    assert json.loads(out)["aggregates"] == len(records)
    assert [tuple(row) for row in await trial.rows("recruitment", _RECORDS)] == records
    await trial.start("recruitment")
    await trial.ready("recruitment")
    await trial.quiet()
    assert (await ends(story), len(trial.mails())) == (before, mails)
    assert await story.report() == report

    asked = await ask_all_again(story)
    assert asked > 40
    await trial.quiet()
    assert [tuple(row) for row in await trial.rows("recruitment", _RECORDS)] == records
    after = await ends(story)
    added = {name: count - before.get(name, 0) for name, count in after.items() if count != before.get(name)}
    assert added == {COMMANDS.name: asked, REPLIES.name: asked}
    assert len(trial.mails()) == mails
    found = await trial.audit()
    assert (found.lost, found.waiting, found.dead_letters, found.notes) == (0, 0, 0, [])


async def ask_all_again(story: Story) -> int:
    """Every command that recruitment was ever sent, once more: each is answered as it was; how many there are."""
    answers = {one["command_id"]: one for one in map(_json, await story.trial.records(REPLIES.name))}
    kinds = {kind.wire_type(): kind for kind in COMMANDS.messages if issubclass(kind, Command)}
    again = await story.trial.records(COMMANDS.name)
    async with Line(story.trial.settings) as line:
        for record in again:
            command = kinds[header(record, "ce_type")].model_validate_json(record.value)
            name = header(record, "ce_id")
            answer = await line.ask(command, record.key.decode(), UUID(name))
            assert json.loads(answer.model_dump_json()) == answers[name]
    return len(again)


def _json(record: ConsumerRecord) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(record.value)
    return found
