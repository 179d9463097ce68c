"""Sends many commands, some at a time, and says how far it has come."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from aiokafka.errors import KafkaError

from shared.cli.ask import Line, NoAnswer
from shared.cli.output import fail
from shared.contracts.message import Command
from shared.contracts.replies import CommandRejected, Reason
from shared.feeds.progress import Progress
from shared.runtime.settings import Settings
from shared.stack.errors import StackError

CHUNK: Final = 200


@dataclass(slots=True)
class Outcome:
    """What became of the commands, by their keys."""

    made: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: dict[str, tuple[Reason, ...]] = field(default_factory=dict)


def send(label: str, asked: Sequence[tuple[str, Command]]) -> Outcome:
    """Send commands by key, a chunk after the other, with progress on standard error.

    Every command is one for itself: a refused one stops no other. Ends with status 2 or 3 where the platform does not
    answer; what was sent until then is carried out, and sending again does no harm where commands repeat harmlessly.
    """
    outcome = Outcome()
    try:
        settings = Settings().with_stack()
        with Progress() as progress:
            progress.begin(label, len(asked))
            asyncio.run(_send(settings, asked, outcome, progress.add))
    except (StackError, ValueError) as error:
        fail(str(error), 2)
    except KafkaError as error:
        fail(f"Kafka cannot be reached ({type(error).__name__}). Is the platform running? Try `qio up`.", 2)
    except NoAnswer as error:
        fail(f"{error} {len(outcome.made) + len(outcome.refused):,} of {len(asked):,} were answered before.", 3)
    return outcome


async def _send(
    settings: Settings, asked: Sequence[tuple[str, Command]], outcome: Outcome, tick: Callable[[int], None]
) -> None:
    async with Line(settings) as line:
        for start in range(0, len(asked), CHUNK):
            chunk = asked[start : start + CHUNK]
            replies = await asyncio.gather(*(line.ask(command, key) for key, command in chunk))
            for (key, _), reply in zip(chunk, replies, strict=True):
                if isinstance(reply, CommandRejected):
                    outcome.refused[key] = reply.reasons
                else:
                    outcome.made[key] = reply.made
            tick(len(chunk))
