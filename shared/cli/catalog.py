"""qio catalog: what the platform says and hears, for people and for machines."""

from typing import Annotated

import typer

from shared.cli.output import as_json, fail, say
from shared.contracts import files
from shared.contracts.asyncapi import document
from shared.contracts.catalog import TOPICS, message_types
from shared.contracts.topic import OVERWRITTEN_DAYS
from shared.stack.plan import SERVICES

app = typer.Typer(help="The event catalog.", no_args_is_help=True, pretty_exceptions_enable=False)


@app.command("list")
def topics() -> None:
    """Every topic with its messages, key, partitions, retention and class."""
    for topic in TOPICS:
        kept = "for ever" if topic.history else f"{topic.retention_days} days"
        if topic.compacted:
            kept = f"for ever (last per key; what it overwrote {OVERWRITTEN_DAYS} days)"
        say(f"{topic.name}  [{topic.confidentiality}]  {topic.partitions} partitions, kept {kept}")
        say(f"    {topic.summary} Key: {topic.key}. Sequence gaps: {topic.gaps}.")
        say(f"    written by {', '.join(topic.writers)}; read by {', '.join(topic.readers)}")
        for message in topic.messages:
            say(f"      {message.wire_type()}")


@app.command()
def asyncapi(
    service: Annotated[str | None, typer.Option(help="Only what this service sends and receives.")] = None,
) -> None:
    """The AsyncAPI 3.0 document."""
    if service is not None and service not in SERVICES:
        fail(f"There is no service {service!r}; there are {', '.join(SERVICES)}.", 2)
    as_json(document(service))


@app.command()
def schemas() -> None:
    """Write the JSON Schema files that are committed; says which changed."""
    changed = files.write_schemas()
    say(f"{len(message_types())} messages, {len(changed)} schema files changed.")
    for path in changed:
        say(f"  {path.name}")
