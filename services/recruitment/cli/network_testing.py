"""``qio network test``: small tests of change, from plan to act."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, date
from services.recruitment.cli.network_base import OfNetwork
from services.recruitment.cli.network_cohort import Participant
from services.recruitment.cli.steps import participant_id
from services.recruitment.cli.work_frame import After, Day, Id, Limit, Reason, day, listing, perform, showing
from services.recruitment.domain.practices.testing_state import TestPhase
from shared.cli.output import fail
from shared.contracts.recruitment.change_test_commands import (
    ActOnChangeTest,
    CarryOutChangeTest,
    CorrectChangeTest,
    Decision,
    PlanChangeTest,
    RecordSharingWish,
    StudyChangeTest,
)
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.recruitment.steps import Signatory

app = typer.Typer(help="Small tests of change: plan, do, study, act.", **SETTINGS)
Cohort = Annotated[str, typer.Argument(metavar="COHORT", help="For example nnhqcc.c1.")]
Prediction = Annotated[str | None, typer.Option(help="What is expected, in a sentence.")]
Value = Annotated[
    list[str] | None,
    typer.Option("--value", metavar="WHAT=NUMBER", help="A measure's name, or words of your own; repeated."),
]
SaidBy = Annotated[Signatory, typer.Option(case_sensitive=False, help="In what office the wish was said.")]
On = Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="YYYY-MM-DD.")]


@app.command()
def plan(
    cohort: Cohort,
    participant: Participant,
    topic: Annotated[Topic, typer.Argument(case_sensitive=False)],
    *,
    aim: Annotated[str, typer.Option(help="What it is for, in a sentence.")],
    prediction: Annotated[str, typer.Option(help="What is expected, in a sentence.")],
    change: Annotated[
        str | None, typer.Option(metavar="VERSION.NUMBER", help="Of the change package: `qio network package show`.")
    ] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Plan a test of a participant in a cohort."""
    named: dict[str, str] = {}
    if change is not None:
        version, _, number = change.partition(".")
        named = {"version": version, "change": number}
    values: dict[str, Any] = {"cohort": cohort, "participant": participant_id(participant), "topic": topic, "aim": aim}
    values |= {"prediction": prediction, "planned_on": day(on), **named}
    perform(PlanChangeTest, values, cohort, "{test} is planned.", json=json)


@app.command()
def do(
    test: Id, done: Annotated[str, typer.Argument(help="What was done.")], on: Day = None, json: AsJson = False
) -> None:
    """Record what was done in the cycle that is planned."""
    values = {"test": test, "done": done, "done_on": day(on)}
    perform(CarryOutChangeTest, values, test, "{test}, cycle {cycle}: carried out.", json=json)


@app.command()
def study(
    test: Id,
    learned: Annotated[str, typer.Argument(help="What was learned.")],
    values: Value = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record what was learned, with the values that were seen."""
    given = {"test": test, "learned": learned, "studied_on": day(on), "values": _values(values)}
    perform(StudyChangeTest, given, test, "{test}, cycle {cycle}: studied.", json=json)


def _values(given: list[str] | None) -> list[dict[str, str]]:
    found = []
    for one in given or ():
        what, separated, number = one.rpartition("=")
        if not separated:
            fail("A value is WHAT=NUMBER, for example nursing-home-falls=3.2 or 'falls a week=2'.", 2)
        name = "measure" if what == what.lower() and "-" in what and " " not in what else "unit"
        found.append({name: what, "value": number})
    return found


@app.command()
def act(
    test: Id,
    decision: Annotated[Decision, typer.Argument(case_sensitive=False)],
    reason: Reason,
    prediction: Prediction = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Adopt the change, try it otherwise in a next cycle with a prediction, or give it up."""
    values = {"test": test, "decision": decision, "reason": reason, "prediction": prediction, "acted_on": day(on)}
    perform(ActOnChangeTest, values, test, "{test}: {decision}, cycle {cycle}.", json=json)


@app.command()
def share(
    test: Id,
    said_by: SaidBy,
    *,
    keep_back: Annotated[bool, typer.Option("--keep-back", help="It is not to be shared.")] = False,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record that the participant wants the test shared with the network, or kept back."""
    values = {"test": test, "shared": not keep_back, "said_by": said_by, "said_on": day(on)}
    perform(RecordSharingWish, values, test, "{test}: shared {shared}.", json=json)


@app.command()
def correct(
    test: Id,
    because: Annotated[str, typer.Option("--because", help="Why.")],
    *,
    cycle: Annotated[int, typer.Option(min=1, help="Which cycle, from 1.")] = 1,
    aim: str | None = None,
    prediction: Prediction = None,
    planned_on: On = None,
    done: str | None = None,
    done_on: On = None,
    learned: str | None = None,
    values: Value = None,
    studied_on: On = None,
    reason: Annotated[str | None, typer.Option(help="Of the decision.")] = None,
    acted_on: On = None,
    json: AsJson = False,
) -> None:
    """Correct what is recorded of a test or a cycle; what is left out stays."""
    texts = {"aim": aim, "prediction": prediction, "done": done, "learned": learned, "reason": reason}
    days = {"planned_on": planned_on, "done_on": done_on, "studied_on": studied_on, "acted_on": acted_on}
    given = {"test": test, "cycle": cycle, "because": because, "values": _values(values) if values else None}
    perform(CorrectChangeTest, {**given, **texts, **days}, test, "{test}: changed {changed}.", json=json)


@app.command("list")
def list_tests(
    *,
    network: OfNetwork = None,
    cohort: Annotated[str | None, typer.Option(help="Only of this cohort.")] = None,
    participant: Annotated[str | None, typer.Option(help="Only of this participant.")] = None,
    topic: Annotated[Topic | None, typer.Option(case_sensitive=False)] = None,
    phase: Annotated[TestPhase | None, typer.Option(case_sensitive=False)] = None,
    shared: Annotated[bool | None, typer.Option("--shared/--kept-back", help="As the participants wish.")] = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Tests of change by id."""
    filters = {"network": network, "cohort": cohort, "topic": topic, "phase": phase, "shared": shared}
    filters["participant"] = participant and participant_id(participant)
    listing("/change-tests", _line, json=json, **filters, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    cycles = len(row["cycles"])
    kept = "shared" if row["shared"] else "kept back"
    return f"{row['id']:<40}  {row['phase']:<11}  cycle {cycles}, {kept}  {row['participant']}: {row['aim']}"


@app.command("show")
def show(test: Id, json: AsJson = False) -> None:
    """One test with its cycles and corrections."""
    showing(f"/change-tests/{test}", json=json)
