"""Networks themselves, part of ``qio network``: established, changed, ended, shown."""

from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import AsJson, listed, split
from services.recruitment.cli.work_frame import Day, Limit, Reason, day, listing, perform, showing
from services.recruitment.domain.networks.known import KNOWN, Known
from services.recruitment.domain.networks.state import Phase
from shared.cli.output import fail
from shared.cli.read import get
from shared.contracts.recruitment.learning_networks import (
    ChangeNetwork,
    EndLearningNetwork,
    EstablishNetwork,
    NetworkKind,
)
from shared.contracts.recruitment.learning_terms import Topic

Network = Annotated[str, typer.Argument(metavar="NETWORK", help="The network's id, for example nnhqcc.")]
OfNetwork = Annotated[str | None, typer.Option("--network", help="Only of this network.")]
Kind = Annotated[NetworkKind | None, typer.Option(case_sensitive=False)]
Topics = Annotated[list[str] | None, typer.Option("--topic", help="Repeated or with commas, the first one first.")]
States = Annotated[list[str] | None, typer.Option("--state", help="Postal codes, repeated or with commas.")]
Settings = Annotated[list[str] | None, typer.Option("--setting", help="Repeated or with commas.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    for function in (establish, change, end, topics, known):
        app.command()(function)
    app.command("list")(list_networks)
    app.command("show")(show_network)


def establish(
    network: Annotated[str | None, typer.Argument(metavar="[NETWORK]", help="The id; of --as when left out.")] = None,
    *,
    named: Annotated[str | None, typer.Option("--as", help="As one the program names: `qio network known`.")] = None,
    name: str | None = None,
    kind: Kind = None,
    collaborative: Annotated[str | None, typer.Option(help="Into which one takes part after recruiting.")] = None,
    task: Annotated[str | None, typer.Option(help="The task of the statement of work, as C.2.")] = None,
    topics: Topics = None,
    states: States = None,
    settings: Settings = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Establish a learning network; what is not said is as --as proposes."""
    values = {
        **(_proposed(named, on) if named is not None else {}),
        **_given(network=network, name=name, kind=kind, task=task),
        **_given(collaborative=collaborative and collaborative.upper()),
        **_given(topics=_upper(topics), states=_upper(states), settings=_upper(settings)),
        "started_on": day(on),
    }
    if missing := [one for one in ("network", "name", "kind", "task", "topics") if one not in values]:
        fail(f"Say --as, or also: {', '.join(missing)}.")
    perform(EstablishNetwork, values, values["network"], "{name} ({network}) began on {started_on}.", json=json)


def _proposed(named: str, on: Any) -> dict[str, Any]:
    found = KNOWN.get(named)
    if found is None:
        fail(f"No network of that name is known; there are {', '.join(KNOWN)}.")
    return {
        "network": found.id,
        "name": found.name,
        "kind": found.kind,
        "collaborative": found.collaborative,
        "task": found.task_on(day(on)),
        "topics": found.topics,
        "settings": found.settings,
    }


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _upper(values: list[str] | None) -> list[str]:
    return [one.upper() for one in split(values)]


def change(
    network: Network,
    reason: Reason,
    *,
    name: str | None = None,
    topics: Topics = None,
    states: States = None,
    everywhere: Annotated[bool, typer.Option("--everywhere", help="In all states from now on.")] = False,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Change what a network is called, works on, or where; what is left out stays."""
    values = {
        "network": network,
        "changed_on": day(on),
        "reason": reason,
        **_given(name=name, topics=_upper(topics), states=_upper(states)),
        **({"states": []} if everywhere else {}),
    }
    perform(ChangeNetwork, values, network, "{network}: changed {changed}.", json=json)


def end(network: Network, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """End a network whose cohorts are closed."""
    values = {"network": network, "ended_on": day(on), "reason": reason}
    perform(EndLearningNetwork, values, network, "{network} ended on {ended_on}.", json=json)


def list_networks(
    *,
    kind: Kind = None,
    phase: Annotated[Phase | None, typer.Option(case_sensitive=False)] = None,
    topic: Annotated[Topic | None, typer.Option(case_sensitive=False)] = None,
    collaborative: str | None = None,
    after: Annotated[str | None, typer.Option(help="The last id of the page before.")] = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Networks by id."""
    code = collaborative and collaborative.upper()
    filters = {"kind": kind, "phase": phase, "topic": topic, "collaborative": code}
    listing("/learning-networks", _line, json=json, **filters, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    where = ",".join(row["states"]) or "everywhere"
    span = f"since {row['started_on']}" if row["ended_on"] is None else f"{row['started_on']} to {row['ended_on']}"
    return f"{row['id']:<24}  {span:<24}  {where:<12}  {row['name']}: {', '.join(row['topics'])}"


def show_network(network: Network, json: AsJson = False) -> None:
    """One network with its cohorts and the measures that show its topics."""
    showing(f"/learning-networks/{network}", json=json)


def topics(json: AsJson = False) -> None:
    """What networks work on, and the measures that show it."""
    listed(get("recruitment", "/learning-topics"), _topic, "topics", json=json)


def _topic(row: dict[str, Any]) -> str:
    measures = ", ".join((*row["facility_measures"], *row["community_measures"]))
    return f"{row['topic']:<22}  {row['words']}: {measures or row['missing']}"


def known(json: AsJson = False) -> None:
    """The networks that the program names, with their sources."""
    rows = [_row(one) for one in KNOWN.values()]
    listed(rows, lambda row: f"{row['id']:<20}  {row['name']} ({row['source']})", "networks", json=json)


def _row(one: Known) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "collaborative": one.collaborative,
        "topics": list(one.topics),
        "source": one.source,
    }
