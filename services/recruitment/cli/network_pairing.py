"""``qio network pairing``: who learns from whom, from proposal to what came of it."""

from typing import Annotated, Any, Literal

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, words
from services.recruitment.cli.network_base import OfNetwork
from services.recruitment.cli.network_match import ForNetwork, OnTopic
from services.recruitment.cli.steps import participant_id
from services.recruitment.cli.work_frame import Day, Limit, Reason, day, listing, perform, showing
from services.recruitment.domain.peers.pairing_kind import PairingStatus
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.recruitment.pairings import (
    AcceptPairing,
    DeclinePairing,
    EndPairing,
    ProposePairing,
    RecordPeerMeeting,
)
from shared.contracts.recruitment.peer_terms import Helped

app = typer.Typer(help="Who learns from whom.", **SETTINGS)

Pairing = Annotated[str, typer.Argument(metavar="PAIRING", help="As the list shows it: 225009.225010.FALLS.")]


@app.command()
def propose(
    learner: Annotated[str, typer.Argument(metavar="LEARNER")],
    teacher: Annotated[str, typer.Argument(metavar="TEACHER")],
    why: Annotated[str, typer.Argument(help="Why staff think that they fit, naming no person.")],
    *,
    topic: OnTopic,
    office: Annotated[str, typer.Option(help="The office that both can ask.")],
    phone: Annotated[str, typer.Option(help="Its telephone; no person's own.")],
    network: ForNetwork = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Propose a pairing that staff judge to be right; `qio network match` proposes by figures."""
    name = participant_id(learner)
    values = {
        "learner": name,
        "teacher": participant_id(teacher),
        "topic": topic,
        "network": network,
        "reasons": [{"why": "JUDGED", "words": why}],
        "office": office,
        "phone": phone,
        "proposed_on": day(on),
    }
    sentence = "{learner} could learn from {teacher}: {pairing} is proposed."
    perform(ProposePairing, values, name, sentence, json=json)


@app.command()
def agree(
    pairing: Pairing,
    next_step: Annotated[str, typer.Argument(metavar="NEXT-STEP", help="What both are told comes next.")],
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record that both agreed; each gets a letter about the other."""
    name = _id(pairing)
    values = {"pairing": name, "agreed_on": day(on), "next_step": next_step}
    perform(AcceptPairing, values, name, "Both agreed on {agreed_on}; letters asked for: {letters}.", json=json)


@app.command()
def decline(
    pairing: Pairing,
    reason: Reason,
    by: Annotated[Literal["learner", "teacher", "qio"], typer.Option(help="Who said no.")],
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record that a proposed pairing will not be."""
    name = _id(pairing)
    values = {"pairing": name, "declined_by": by.upper(), "declined_on": day(on), "reason": reason}
    perform(DeclinePairing, values, name, "{pairing} was declined.", json=json)


@app.command()
def meeting(
    pairing: Pairing,
    about: Annotated[str, typer.Argument(help="What they spoke about, naming no person.")],
    minutes: Annotated[int, typer.Option(help="How long it took.")],
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record that the two met."""
    name = _id(pairing)
    values = {"pairing": name, "held_on": day(on), "minutes": minutes, "about": about}
    perform(RecordPeerMeeting, values, name, "Meetings: {meetings}.", json=json)


@app.command()
def end(
    pairing: Pairing,
    reason: Reason,
    helped: Annotated[Helped, typer.Option(case_sensitive=False, help="Whether it was helpful.")],
    taken_over: Annotated[str | None, typer.Option("--taken-over", help="What the learner took over.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """End a pairing, and say what came of it."""
    name = _id(pairing)
    values = {
        "pairing": name,
        "ended_on": day(on),
        "helped": helped,
        "taken_over": taken_over,
        "reason": reason,
    }
    perform(EndPairing, values, name, "{pairing} ended after {meetings} meetings: {helped}.", json=json)


@app.command("list")
def list_pairings(
    *,
    network: OfNetwork = None,
    participant: Annotated[str | None, typer.Option(help="Only those in which it learns or teaches.")] = None,
    topic: Annotated[Topic | None, typer.Option(case_sensitive=False)] = None,
    status: Annotated[PairingStatus | None, typer.Option(case_sensitive=False)] = None,
    after: Annotated[str | None, typer.Option(help="The last id of the page before.")] = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Who learns from whom."""
    filters = {"network": network, "topic": topic, "status": status}
    who = {"participant": participant and participant_id(participant)}
    listing("/pairings", _line, json=json, **filters, **who, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    helped = f", {words(row['helped'])}" if row["helped"] else ""
    between = f"{row['learner']} learns from {row['teacher']}"
    return f"{row['id']:<30}  {row['status']:<8}  {between} ({len(row['meetings'])} meetings{helped})"


@app.command("show")
def show(pairing: Pairing, json: AsJson = False) -> None:
    """One pairing with its meetings, what came of it, and the times before."""
    showing(f"/pairings/{_id(pairing)}", json=json)


def _id(pairing: str) -> str:
    """The id as it is kept: the two as participants are, the topic in capitals."""
    *two, topic = pairing.split(".")
    return ".".join((*map(participant_id, two), topic.upper()))
