"""qio case consistency: rates with exact intervals, agreement of second reviews, local factors, second decisions."""

from typing import Annotated, Any
from uuid import UUID

import typer

from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.contracts.complaints import CaseType
from shared.contracts.reviewers import Profession, Specialty
from shared.contracts.second_reviews import RecordSecondReview
from shared.runtime.clock import utc_now

app = typer.Typer(help="How alike cases are decided.", no_args_is_help=True, add_completion=False)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
First = Annotated[str, typer.Option("--from", metavar="DAY", help="First day of decision (UTC).")]
Last = Annotated[str, typer.Option("--to", metavar="DAY", help="Last day of decision.")]
Type = Annotated[CaseType | None, typer.Option("--type", help="One case type only.", case_sensitive=False)]
By = Annotated[str, typer.Option(help="state, provider_type or reviewer_group.")]
Outside = Annotated[bool, typer.Option("--outside", help="Hide small numbers, for what leaves the QIO.")]


@app.command()
def rates(
    *,
    first: First,
    last: Last,
    measured: Annotated[str, typer.Option(help="overturned or on_time.")] = "overturned",
    by: By = "state",
    case_type: Type = None,
    outside: Outside = False,
    json: Json = False,
) -> None:
    """Shares by group with exact 95 % intervals; standing against the funnel of all."""
    found = _get("rates", first, last, dimension=by, measured=measured, case_type=case_type, outside=outside)
    if json:
        as_json(found)
        return
    _table(found)


@app.command()
def agreement(
    case_type: Annotated[CaseType, typer.Argument(metavar="TYPE", case_sensitive=False)],
    *,
    first: First,
    last: Last,
    group: Annotated[str | None, typer.Option(help="One reviewer group only.")] = None,
    share_only: Annotated[bool, typer.Option("--share-only", help="Leave out what was drawn for the minimum.")] = False,
    json: Json = False,
) -> None:
    """How far second reviews agree with first ones, beyond chance."""
    found = _get("agreement", first, last, case_type=case_type, reviewer_group=group, share_only=share_only)
    if json:
        as_json(found)
        return
    say(f"{found['pairs']} pairs, observed agreement {_share(found['observed'])}")
    say(f"kappa {_number(found['kappa'])} (error {_number(found['kappa_error'])}), AC1 {_number(found['ac1'])}")
    if found["undefined"]:
        say(found["undefined"])


@app.command("local-factors")
def local_factors(
    *, first: First, last: Last, by: By = "state", case_type: Type = None, outside: Outside = False, json: Json = False
) -> None:
    """In what share of the cases decided each local factor was recorded."""
    found = _get("local-factors", first, last, dimension=by, case_type=case_type, outside=outside)
    if json:
        as_json(found)
        return
    for factor in found:
        say(f"{factor['factor']}: {factor['meaning'] or ''}")
        _table(factor)
    if not found:
        say("No local factor was recorded.")


@app.command()
def waiting(json: Json = False) -> None:
    """Cases drawn for a second review that nobody has decided again."""
    from shared.cli.read import get  # noqa: PLC0415
    from shared.runtime.purpose import Purpose  # noqa: PLC0415

    found = get("complaints", "/consistency/second-reviews", purpose=Purpose.OVERSIGHT)
    if json:
        as_json(found)
        return
    for row in found:
        say(f"{row['case_id']}  {row['case_type']:<26}{row['month']}  {row['region']}")
    if not found:
        say("None waits.")


@app.command()
def record(
    case: Annotated[UUID, typer.Argument(metavar="CASE")],
    reviewer: Annotated[UUID, typer.Argument(help="Id of the second reviewer.")],
    outcome: Annotated[str, typer.Argument(help="What the second reviewer decided.")],
    *,
    no_conflict: Annotated[bool, typer.Option("--no-conflict", help="The reviewer attests it.")] = False,
    subject: Annotated[Profession, typer.Option(help="Profession of whoever gave the care.")] = Profession.MD,
    specialty: Annotated[Specialty | None, typer.Option(help="Specialty the case needs.")] = None,
    at: Annotated[str | None, typer.Option("--at", help="When, with zone. Now unless given.")] = None,
    json: Json = False,
) -> None:
    """Record a second decision; the first is not shown."""
    values = {
        "case_id": case,
        "at": at or utc_now(),
        "reviewer": reviewer,
        "outcome": outcome,
        "attested_no_conflict": no_conflict,
        "subject": subject,
        "specialty": specialty,
    }
    command = command_of(RecordSecondReview, values)
    made = ask(command, str(case))
    if json:
        as_json(made)
    else:
        say(f"Case {made['case_id']}: the second decision is recorded.")


def _get(path: str, first: str, last: str, **parameters: Any) -> Any:
    # Imported when asked: the HTTP side takes half a second to load, which a command must not pay for.
    from shared.cli.read import get  # noqa: PLC0415
    from shared.runtime.purpose import Purpose  # noqa: PLC0415

    return get("complaints", f"/consistency/{path}", purpose=Purpose.OVERSIGHT, first=first, last=last, **parameters)


def _table(found: dict[str, Any]) -> None:
    for rate in (*found["groups"], {**found["overall"], "group": "all"}):
        if rate["hidden"]:
            say(f"  {rate['group']:<24}hidden: small numbers")
            continue
        low, high = rate["interval_95"] or (None, None)
        interval = f"{_share(low)} to {_share(high)}"
        say(f"  {rate['group']:<24}{rate['events']:>7} of {rate['cases']:<7}{_share(rate['share']):>8}  {interval}"
            f"  {rate['standing'] or ''}".rstrip())  # fmt: skip


def _share(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f} %"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
