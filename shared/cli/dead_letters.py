"""qio dead-letters: see, replay or discard what could not be handled. Content is never shown."""

from typing import Annotated, Any
from uuid import UUID

import typer

from shared.cli.output import as_json, fail, say
from shared.cli.services import load, rows, service_of, with_database
from shared.messaging.batch import batch_for, consumer_name
from shared.messaging.replay import Outcome
from shared.messaging.replay import discard as discard_letter
from shared.messaging.replay import replay as replay_letters
from shared.runtime.service import Context
from shared.stack.plan import SERVICES

app = typer.Typer(help="Dead letters: list, replay, discard.", no_args_is_help=True, pretty_exceptions_enable=False)

_LIST = """
    SELECT id, consumer, topic, partition, "offset", key, type, reason, paths, recorded_at
    FROM dead_letter WHERE discarded_at IS NULL ORDER BY consumer, topic, partition, "offset" LIMIT $1
"""
_GROUPS = """
    SELECT consumer, reason, type, count(*) AS letters, min(recorded_at) AS first, max(recorded_at) AS last
    FROM dead_letter WHERE discarded_at IS NULL GROUP BY consumer, reason, type ORDER BY consumer, letters DESC
"""


@app.command("list")
def show(
    each: Annotated[bool, typer.Option("--each", help="One line a letter instead of one a reason.")] = False,
    limit: Annotated[int, typer.Option(min=1)] = 1000,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Dead letters of every service by reason, or each of them with its fields and rules."""

    async def work(context: Context) -> list[dict[str, Any]]:
        return rows(await (context.pool.fetch(_LIST, limit) if each else context.pool.fetch(_GROUPS)))

    found = [row for service in SERVICES for row in with_database(service, work)]
    if json:
        as_json(found)
    elif not found:
        say("No dead letters.")
    for row in [] if json else found:
        if each:
            where = f"{row['topic']}[{row['partition']}]@{row['offset']}"
            say(f"{row['id']}  {where}  {row['type'] or '-'}  {row['reason']}  {'; '.join(row['paths'])}")
        else:
            say(f"{row['consumer']:<48} {row['reason']:<16} {row['type'] or '-':<44} {row['letters']:>8}")


@app.command()
def replay(
    consumer: str, key: Annotated[str | None, typer.Option(help="Only this aggregate's letters.")] = None
) -> None:
    """Handle letters again, per key in order; exit status 1 when some still fail."""
    name = service_of(consumer)

    async def work(context: Context) -> Outcome:
        subscriptions = load(name).subscriptions(context)
        chosen = next((s for s in subscriptions if consumer_name(name, s.topic) == consumer), None)
        if chosen is None:
            fail(f"{consumer!r} is no consumer of {name}.", 2)
        batch = batch_for(consumer, chosen, context.keyring)
        async with context.pool.acquire() as conn:
            return await replay_letters(conn, batch, context.keyring, consumer, key, context.clock())

    outcome = with_database(name, work)
    say(f"{outcome.replayed} handled.")
    for stuck, code in (outcome.stuck or {}).items():
        say(f"{stuck}: still fails ({code})")
    if outcome.stuck:
        raise SystemExit(1)


@app.command()
def discard(consumer: str, letter: UUID) -> None:
    """Give one letter up for good; later messages of its key can then be replayed."""

    async def work(context: Context) -> bool:
        async with context.pool.acquire() as conn:
            return await discard_letter(conn, consumer, letter, context.clock())

    if not with_database(service_of(consumer), work):
        fail(f"{consumer} has no dead letter {letter}.")
    say("Discarded.")
