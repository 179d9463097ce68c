"""``qio network package``: change packages of networks."""

from pathlib import Path
from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson
from services.recruitment.cli.network_base import Network
from services.recruitment.cli.network_rows import drivers
from services.recruitment.cli.work_frame import Day, day, perform
from shared.cli.output import as_json, fail, say
from shared.cli.read import get
from shared.contracts.recruitment.change_packages import PublishChangePackage
from shared.feeds.rows import UnusableFile

app = typer.Typer(help="Change packages: drivers and changes, in versions that are kept.", **SETTINGS)


@app.command()
def publish(
    network: Network,
    title: Annotated[str, typer.Argument(help="What it is called.")],
    file: Annotated[Path, typer.Argument(help="CSV: driver, driver_source, change, source; a change a line.")],
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Publish the next version of a network's change package."""
    try:
        found = drivers(file)
    except UnusableFile as error:
        fail(str(error), 2)
    values: dict[str, Any] = {"network": network, "title": title, "drivers": found, "published_on": day(on)}
    perform(PublishChangePackage, values, network, "Version {version} has {changes} changes.", json=json)


@app.command("show")
def show(
    network: Network,
    version: Annotated[int | None, typer.Option(min=1, help="The latest when left out.")] = None,
    json: AsJson = False,
) -> None:
    """A version of a change package; changes are counted through it."""
    found = get("recruitment", f"/change-packages/{network}", version=version)
    if json:
        as_json(found)
        return
    say(f"{found['title']}, version {found['version']} of {found['published_on']}")
    number = 0
    for driver in found["drivers"]:
        say(f"\n{driver['name']} ({driver['source']})")
        for change in driver["changes"]:
            number += 1
            say(f"{number:>4}  {change['text']} ({change['source']})")
