"""qio measures calc funnel, overdispersion: how far units may lie from a target by chance, and whether they do."""

import math
from typing import Annotated

import typer

from services.measures.commands.calc import given
from services.measures.commands.calc.answering import Json, Row, answer, rounded
from services.measures.domain.methods import funnel as method
from services.measures.domain.methods import overdispersion as dispersal
from services.measures.domain.methods.funnel import Limit

Target = Annotated[str, typer.Option(metavar="NUMBER", help="The share, or rate, of all.")]
Rate = Annotated[bool, typer.Option("--rate", help="Events per exposure (Poisson) instead of a share (binomial).")]


def funnel(
    target: Target,
    size: Annotated[list[str], typer.Option(metavar="NUMBER", help="Trials or exposure; give it again for each.")],
    rate: Rate = False,
    phi: Annotated[str, typer.Option(metavar="NUMBER", help="Over-dispersion that widens the limits.")] = "1",
    *,
    json: Json = False,
) -> None:
    """Limits of a funnel plot, exact and interpolated, at 0.1, 2.5, 97.5 and 99.9 percent."""

    def compute() -> Row:
        middle, factor = given.positive(target, "target"), math.sqrt(given.positive(phi, "phi"))
        rows = []
        for one in size:
            limits = _limits(middle, one, rate=rate)
            wide = method.stretched(limits, middle, max(1.0, factor), most=None if rate else 1.0)
            values = {str(limit.chance): rounded(limit.value, 6) for limit in wide}
            rows.append({"size": given.positive(one, "size"), "limits": values})
        return {"target": middle, "sizes": rows}

    def people(row: Row) -> str:
        return "\n".join(
            f"{one['size']:>12g}  " + "  ".join(f"{value:.4f}" for value in one["limits"].values())
            for one in row["sizes"]
        )

    answer(compute, people, json=json)


def overdispersion(
    units: given.Pairs = None,
    *,
    target: Target,
    rate: Rate = False,
    trim: Annotated[str, typer.Option(metavar="NUMBER", help="Part drawn in on either side.")] = "0.1",
    json: Json = False,
) -> None:
    """Whether units differ by more than chance: phi, and the variance between them."""

    def compute() -> Row:
        middle = given.positive(target, "target")
        if rate:
            found = [dispersal.of_rate(events, float(of), middle) for _, events, of in given.pairs(units)]
        else:
            found = [dispersal.of_share(events, of, middle) for _, events, of in given.shares(units)]
        spread = dispersal.dispersion(found, given.number(trim, "trim"))
        return {
            "deviates": [rounded(one.deviate, 3) for one in found],
            "phi": rounded(spread.phi, 2),
            "phi_unwinsorised": rounded(spread.raw, 2),
            "tau2": spread.between,
            "factor": rounded(spread.factor, 3),
        }

    def people(row: Row) -> str:
        between = f"tau2 {row['tau2']:.3g}; limits times {row['factor']:.3f}"
        return f"phi {row['phi']:.2f} ({row['phi_unwinsorised']:.2f} not winsorised), {between}"

    answer(compute, people, json=json)


def _limits(target: float, size: str, *, rate: bool) -> list[Limit]:
    if rate:
        return method.rate(target, given.positive(size, "size"))
    return method.share(target, given.whole(size, "size"))
