"""What happens in the story: homes listed and recruited, claims streamed, communities measured, appeals decided."""

import asyncio
import csv
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shared.cli.ask import Line, actor
from shared.cli.publish import FeedPublisher
from shared.cli.read import fetch
from shared.contracts.message import Command
from shared.contracts.recruitment.communities import DefineCommunity
from shared.contracts.recruitment.pipeline_commands import EnrollFacility
from shared.contracts.replies import CommandRejected
from shared.feeds import commands, whole_sample
from shared.feeds.commands import Part
from shared.feeds.load import Rejects, load
from shared.feeds.nursing_homes import DEFAULT_AS_OF
from shared.feeds.rows import UnusableFile
from shared.feeds.sample import files
from shared.feeds.sample.plan import Plan
from shared.program.ssa import CODE_BY_STATE, areas_of_state
from shared.program.states import STATES
from shared.runtime.clock import utc_now
from shared.runtime.settings import Settings
from shared.story import appeals

COLLABORATIVE: Final = "NNHQCC"
RECRUITED: Final = 25
SAMPLE_PLAN: Final = Plan(beneficiaries=2_000, homes=600)

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the story's facts come from: files of CMS, or a sample of our own."""

    homes: Path
    parts: list[Part]
    communities: list[DefineCommunity]


def real_files(data: Path, settings: Settings, samples: list[int]) -> Source:
    """Nursing Home Compare and DE-SynPUF as found below ``data``; raises UnusableFile."""
    homes = next(
        iter(sorted(data.rglob("nh_provider_info*.csv*")) or sorted(data.rglob("NH_ProviderInfo*.csv*"))), None
    )
    claims = next((found.parent for found in sorted(data.rglob("DE1_0_2008_Beneficiary_Summary_File_Sample_*"))), None)
    if homes is None or claims is None:
        raise UnusableFile(f"{data} has no nursing-home provider file or no DE-SynPUF samples below it.")
    parts = commands.desynpuf_parts(claims, samples, commands.reference_of(settings))
    communities = [
        DefineCommunity(
            actor=actor(), community=f"state-{state.lower()}", name=STATES[state].name, areas=areas_of_state(code)
        )
        for state, code in CODE_BY_STATE.items()
    ]
    return Source(homes, parts, communities)


def own_sample(settings: Settings, plan: Plan) -> Source:
    """A generated sample, written as files and read like any other."""
    folder = settings.data_dir / "sample"
    files.write(plan, folder)
    areas: dict[tuple[str, str], list[str]] = {}
    with (folder / files.COMMUNITIES).open(newline="") as stream:
        for row in csv.DictReader(stream):
            areas.setdefault((row["community"], row["name"]), []).append(f"zip:{row['zip_code']}")
    communities = [
        DefineCommunity(actor=actor(), community=identifier, name=name, areas=tuple(zips))
        for (identifier, name), zips in areas.items()
    ]
    parts = whole_sample.sample(folder, commands.reference_of(settings), utc_now().date())
    return Source(folder / files.HOMES, parts, communities)


async def play(settings: Settings, source: Source, say: Say) -> Mapping[str, int]:
    """Everything, in the order in which it would happen; returns what was sent, by part."""
    now = utc_now()
    sent: dict[str, int] = {}
    async with Line(settings) as line, FeedPublisher(settings) as publisher:
        with Rejects(settings.data_dir / "rejects" / "run.csv") as rejects:
            say("Nursing homes are listed")
            for part in commands.nursing_home_parts(source.homes, DEFAULT_AS_OF):
                sent[part.name] = (await load(part.rows(), publisher, rejects, _nothing)).records
            await publisher.flush()
            say(f"{len(source.communities)} communities are defined")
            await _all(line, [(command, command.community) for command in source.communities])
            appealed = asyncio.create_task(_appeals(line, settings, now, say))
            for part in source.parts:
                say(f"{part.label} streams in")
                counts = await load(part.rows(), publisher, rejects, _nothing)
                sent[part.name] = sent.get(part.name, 0) + counts.records
            await publisher.flush()
        say(f"One-Star homes are recruited into {COLLABORATIVE}")
        await _recruit(line, settings, now)
        await appealed
    return sent


async def _appeals(line: Line, settings: Settings, now: dt.datetime, say: Say) -> None:
    # Another seed each time, so that a second run brings new cases and does not join the old ones.
    plan = Plan(seed=int(now.timestamp()), beneficiaries=10_000, homes=0)
    filed = await appeals.play(line, plan, commands.reference_of(settings), now)
    say(f"{filed} discharge appeals were filed")


async def _recruit(line: Line, settings: Settings, now: dt.datetime) -> None:
    targets = await asyncio.to_thread(
        fetch, settings, "recruitment", "/targets", collaborative=COLLABORATIVE, limit=RECRUITED
    )
    asked: list[tuple[Command, str]] = [
        (
            EnrollFacility(
                actor=actor(),
                ccn=target["ccn"],
                collaborative=COLLABORATIVE,
                recruited_on=now.date(),
                contact_name="Administrator",
                contact_email=f"administrator@{target['ccn'].lower()}.example",
            ),
            target["ccn"],
        )
        for target in targets
    ]
    await _all(line, asked)


async def _all(line: Line, asked: list[tuple[Command, str]]) -> None:
    """Ask all at once; a refusal ends the story, because it would be a defect of ours."""
    replies = await asyncio.gather(*(line.ask(command, key) for command, key in asked))
    refused = [reply for reply in replies if isinstance(reply, CommandRejected)]
    if refused:
        raise appeals.Refusal(f"{len(refused)} refused, first: {refused[0].reasons[0].text}")


def _nothing(_rows: int) -> None:
    """The board shows the progress."""
