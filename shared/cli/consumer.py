"""qio consumer: where every consumer is, and stopping and resuming one."""

from typing import Annotated, Any

import typer

from shared.cli.output import as_json, say
from shared.cli.services import rows, service_of, with_database
from shared.messaging import breaker
from shared.runtime.service import Context
from shared.stack.plan import SERVICES

app = typer.Typer(help="Consumers: where they are, stop, resume.", no_args_is_help=True, pretty_exceptions_enable=False)

_LIST = """
    SELECT o.consumer, sum(o.next) AS records, coalesce(s.stopped, false) AS stopped, s.reason, s.since,
           (SELECT count(*) FROM dead_letter d
            WHERE d.consumer = o.consumer AND d.discarded_at IS NULL) AS dead_letters,
           (SELECT count(*) FROM parked_key p WHERE p.consumer = o.consumer) AS parked_keys
    FROM consumer_offset o LEFT JOIN consumer_state s USING (consumer)
    GROUP BY o.consumer, s.stopped, s.reason, s.since ORDER BY o.consumer
"""


@app.command("list")
def show(json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """Every consumer of every service: records taken, state, dead letters."""
    found: list[dict[str, Any]] = []
    for service in SERVICES:
        found += with_database(service, _consumers)
    if json:
        as_json(found)
        return
    for row in found:
        state = f"STOPPED ({row['reason']}) since {row['since']:%Y-%m-%d %H:%M:%SZ}" if row["stopped"] else "running"
        letters = f"{row['dead_letters']} dead letters, {row['parked_keys']} parked keys"
        say(f"{row['consumer']:<48} {row['records']:>10} records  {letters}  {state}")


async def _consumers(context: Context) -> list[dict[str, Any]]:
    return rows(await context.pool.fetch(_LIST))


@app.command()
def stop(consumer: str) -> None:
    """Stop a consumer; it stays stopped over restarts until `qio consumer resume`."""

    async def work(context: Context) -> None:
        async with context.pool.acquire() as conn:
            await breaker.stop(conn, consumer, "operator", context.clock())

    with_database(service_of(consumer), work)
    say(f"{consumer} is stopped. It notices within a second.")


@app.command()
def resume(
    consumer: str,
    allow: Annotated[int, typer.Option(min=0, help="Let this many dead letters pass without counting.")] = 0,
) -> None:
    """Let a stopped consumer run again."""

    async def work(context: Context) -> None:
        async with context.pool.acquire() as conn:
            await breaker.resume(conn, consumer, context.clock(), allow)

    with_database(service_of(consumer), work)
    say(f"{consumer} may run again. It notices within a second.")
