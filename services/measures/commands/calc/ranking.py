"""qio measures calc tap, shrink, benchmark: where there is most to prevent, and what the best reach."""

from random import Random
from typing import Annotated

import typer

from services.measures.commands.calc import given
from services.measures.commands.calc.answering import Json, Row, answer, rounded, shown
from services.measures.domain.methods import benchmark as best
from services.measures.domain.methods import shrinkage
from services.measures.domain.methods import tap as assessment
from services.measures.domain.methods.sir import Infections
from services.measures.domain.methods.tap import Location, Ranked


def tap(
    locations: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FACILITY:]LOCATION=OBSERVED/PREDICTED[/DEVICE_DAYS[/PATIENT_DAYS]]...",
            help="Locations, such as 330001:ICU-A=8/5.2/1900/2600.",
        ),
    ] = None,
    *,
    goal: Annotated[str, typer.Option(metavar="NUMBER", help="The goal ratio.")],
    json: Json = False,
) -> None:
    """Rank locations and facilities by infections above the goal."""

    def compute() -> Row:
        rows, ratio = _locations(locations or []), given.number(goal, "goal")
        return {
            "goal": float(ratio),
            "locations": [_ranked(row) for row in assessment.locations(rows, ratio)],
            "facilities": [_ranked(row) for row in assessment.facilities(rows, ratio)],
        }

    def people(row: Row) -> str:
        return "\n".join(map(_line, [*row["facilities"], *row["locations"]]))

    answer(compute, people, json=json)


def shrink(
    units: given.Pairs = None,
    *,
    mean: Annotated[str, typer.Option(metavar="NUMBER", help="Mean rate of all units.")],
    benchmark: Annotated[str, typer.Option(metavar="NUMBER", help="The rate to reach.")],
    prior: Annotated[str, typer.Option(metavar="NUMBER", help="How many events the mean is worth.")] = "20",
    seed: Annotated[int, typer.Option(help="Of the draws that places are estimated from.")] = 1,
    json: Json = False,
) -> None:
    """Rank units by the events that could be prevented, rates drawn towards the mean."""

    def compute() -> Row:
        least = given.number(benchmark, "benchmark")
        belief = shrinkage.Belief(given.positive(mean, "mean"), given.positive(prior, "prior"), float(least))
        found = [shrinkage.Unit(name, events, float(of)) for name, events, of in given.pairs(units)]
        places = {one.name: one for one in shrinkage.ranks(found, belief, Random(seed))}  # noqa: S311 - no secret
        return {"seed": seed, "units": [_gap(gap, places[gap.name]) for gap in shrinkage.gaps(found, belief)]}

    def people(row: Row) -> str:
        return "\n".join(map(_sentence, row["units"]))

    answer(compute, people, json=json)


def benchmark(
    units: given.Pairs = None,
    *,
    lower: Annotated[bool, typer.Option("--lower", help="Lower is better.")] = False,
    json: Json = False,
) -> None:
    """Achievable benchmark: what the best units with a tenth of all patients reach."""

    def compute() -> Row:
        found = best.achievable(
            [best.Performer(*unit) for unit in given.shares(units)],
            higher_is_better=not lower,
        )
        return {"benchmark": rounded(found.value, 4), "units": list(found.units), "patients": found.patients}

    def people(row: Row) -> str:
        return f"{row['benchmark']:.4f} by {', '.join(row['units'])} with {row['patients']} patients"

    answer(compute, people, json=json)


def _locations(texts: list[str]) -> list[Location]:
    found = []
    for position, text in enumerate(texts, 1):
        name, parts = given.named(text, position)
        if not 2 <= len(parts) <= 4:
            raise ValueError(f"location {position} must look like ICU=OBSERVED/PREDICTED, such as ICU=8/5.2")
        facility, _, location = name.rpartition(":")
        counted = Infections(
            given.whole(parts[0], f"observed of {name}"), given.number(parts[1], f"predicted of {name}")
        )
        days = [given.whole(part, f"days of {name}") for part in parts[2:]]
        found.append(Location(facility or "all", location, counted, *days))
    return found


def _ranked(row: Ranked) -> Row:
    return {
        "place": row.place,
        "facility": row.facility,
        "location": row.location,
        "observed": row.infections.observed,
        "predicted": float(row.infections.predicted),
        "cad": rounded(row.cad, 2),
        "ratio": rounded(row.ratio, 3),
        "dur": rounded(row.use, 3),
        "rate_per_1000": rounded(row.rate, 2),
    }


def _line(row: Row) -> str:
    name = f"{row['facility']} {row['location'] or '(facility)'}"
    beside = f"SIR {shown(row['ratio'], 3)}, DUR {shown(row['dur'], 3)}, rate {shown(row['rate_per_1000'], 2)}"
    return f"{row['place']:>3}  {name:<28} CAD {row['cad']:>8.2f}  {beside}"


def _gap(gap: shrinkage.Gap, places: shrinkage.Ranks) -> Row:
    return {
        "place": gap.place,
        "name": gap.name,
        "crude": rounded(gap.crude, 6),
        "shrunk": rounded(gap.shrunk, 6),
        "preventable": rounded(gap.preventable, 2),
        "cautious": rounded(gap.cautious, 2),
        "chance": rounded(gap.chance, 4),
        "flagged": gap.flagged,
        "place_low": places.low,
        "place_high": places.high,
        "first": rounded(places.first, 3),
    }


def _sentence(row: Row) -> str:
    events = f"{row['preventable']:>10.2f} preventable (10th percentile {row['cautious']:.2f})"
    places = f"places {row['place_low']} to {row['place_high']}{', flagged' if row['flagged'] else ''}"
    return f"{row['place']:>3}  {row['name']:<20} {events}, P above the benchmark {row['chance']:.4f}, {places}"
