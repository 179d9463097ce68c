"""qio rebuild: fills a service's empty schema again from the events it has published."""

import asyncio
from dataclasses import asdict
from typing import Annotated

import asyncpg
import typer
from aiokafka.errors import KafkaError

from shared.cli.output import as_json, fail, say
from shared.cli.services import load, opened
from shared.feeds.progress import Progress
from shared.messaging.rebuild.log import KafkaLog
from shared.messaging.rebuild.path import NotEmpty
from shared.messaging.rebuild.reading import Unfit
from shared.messaging.rebuild.rebuilding import Rebuild, Rebuilt
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.stack.errors import StackError


def rebuild(
    service: Annotated[str, typer.Argument(help="Which service; it must be stopped and its schema newly migrated.")],
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Fill a service's empty schema from its own events; nothing is published, no command decided again."""
    definition = load(service)
    if definition.book is None:
        fail(f"The schema of {service} cannot be rebuilt from events: restore its backup.")
    try:
        done = asyncio.run(rebuilt(Settings().with_stack(), definition))
    except (NotEmpty, Unfit) as error:
        fail(f"Not rebuilt: {error}.")
    except (StackError, ValueError) as error:
        fail(str(error), 2)
    except KafkaError as error:
        fail(f"Kafka cannot be read ({type(error).__name__}). Is the platform running? Try `qio up`.", 2)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        fail(f"The database of {service} cannot be used ({type(error).__name__}). Is it migrated?", 2)
    if json:
        as_json(asdict(done))
        return
    say(f"{done.aggregates} records from {done.events} events; {done.answers} answers to commands.")
    say(f"{done.streams} sequences go on in epoch {done.epoch}. Start the service now.")


async def rebuilt(settings: Settings, service: Service) -> Rebuilt:
    """Rebuild a service that can be."""
    assert service.book is not None
    with Progress() as progress:
        async with opened(service.name, settings) as context:
            work = Rebuild(service.name, service.subscriptions(context), service.book(context), progress.add)
            progress.begin(f"Reading what {service.name} has said")
            async with KafkaLog(settings, f"qio-{service.name}", work.topics) as log:
                return await work.run(context.pool, log, context.clock().date())
