"""qio case payments and qio case draw: dollars of payment reviews, and a draw on demand."""

import datetime as dt
from typing import Annotated

import typer

from shared.cli.output import as_json, fail, say

app = typer.Typer(help="Payment reviews.", no_args_is_help=True, add_completion=False)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


@app.callback()
def _payments() -> None:
    """Payment reviews: what was at stake, what came back."""


@app.command()
def totals(
    *,
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="First day on which the service ended.")],
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="Last day.")],
    json: Json = False,
) -> None:
    """Dollars at stake, determined, restored and recovered, by finding; settings of care found appropriate."""
    from shared.cli.read import get  # noqa: PLC0415
    from shared.runtime.purpose import Purpose  # noqa: PLC0415

    found = get("complaints", "/payments/totals", purpose=Purpose.OVERSIGHT, first=first, last=last)
    if json:
        as_json(found)
        return
    for one in found["findings"]:
        say(f"{one['finding']:<18}{one['cases']:>6} cases  at stake {one['at_stake']:>14}  determined "
            f"{one['determined']:>14}  restored {one['restored']:>14}  recovered {one['recovered']:>14}")  # fmt: skip
    for one in found["settings"]:
        say(f"{one['billed']} -> {one['appropriate']} ({one['basis']}): {one['cases']}")
    if not found["findings"]:
        say("No amounts in these days.")


def draw(
    month: Annotated[str, typer.Option(metavar="YYYY-MM", help="Month of discharge.")],
    json: Json = False,
) -> None:
    """Draw claims of a month for payment review now, and open their cases. Repeating it adds only what came since."""
    try:
        first = dt.date.fromisoformat(f"{month}-01")
    except ValueError:
        fail("Give the month as 2026-06.", 2)
    from services.complaints.payments import work  # noqa: PLC0415

    found = work.drawn(first)
    if json:
        as_json(found)
        return
    for what, count in found.items():
        say(f"{what}: {count}")
