"""qio measures calc points, excess, stars, composite: what payments and public ratings are made of."""

import datetime as dt
from typing import Annotated

import typer

from services.measures.commands.calc import given
from services.measures.commands.calc.answering import Json, Row, answer, rounded, shown
from services.measures.domain.methods import composite as nursing
from services.measures.domain.methods import points as scoring
from services.measures.domain.methods import stars as rating
from services.measures.domain.methods.excess import Readmissions
from services.measures.domain.methods.standards import Standard, standard

Number = Annotated[str, typer.Option(metavar="NUMBER")]
Maybe = Annotated[str | None, typer.Option(metavar="NUMBER")]
Stars = Annotated[str, typer.Option(metavar="STARS", help="1 to 5.")]


def points(
    performance: Number,
    baseline: Maybe = None,
    threshold: Maybe = None,
    benchmark: Maybe = None,
    measure: Annotated[str | None, typer.Option(help="Instead of threshold and benchmark: such as HAI-1.")] = None,
    year: Annotated[int | None, typer.Option(help="The fiscal year of its standard, such as 2024.")] = None,
    *,
    json: Json = False,
) -> None:
    """Points of hospital value-based purchasing for achievement and improvement."""

    def compute() -> Row:
        by = _standard(threshold, benchmark, measure, year)
        before = None if baseline is None else given.number(baseline, "baseline")
        found = scoring.score(by, given.number(performance, "performance"), before)
        return {
            "threshold": float(by.threshold),
            "benchmark": float(by.benchmark),
            "achievement": found.achievement,
            "improvement": found.improvement,
            "score": found.score,
        }

    def people(row: Row) -> str:
        return f"{row['score']} points: achievement {row['achievement']}, improvement {shown(row['improvement'], 0)}"

    answer(compute, people, json=json)


def excess(predicted: Number, expected: Number, *, json: Json = False) -> None:
    """Excess readmission ratio from the predicted and the expected rate in percent."""

    def compute() -> Row:
        found = Readmissions(given.number(predicted, "predicted"), given.number(expected, "expected"))
        return {"ratio": rounded(found.excess_ratio, 4), "excess": found.is_excess}

    def people(row: Row) -> str:
        return f"{row['ratio']:.4f}: {'more' if row['excess'] else 'not more'} readmissions than expected"

    answer(compute, people, json=json)


def stars(
    health_inspection: Stars,
    staffing: Stars,
    quality: Stars,
    on: Annotated[str, typer.Option(metavar="DAY", help="The day whose rule holds, such as 2022-08-01.")],
    special_focus: Annotated[bool, typer.Option("--special-focus", help="A special focus facility.")] = False,
    *,
    json: Json = False,
) -> None:
    """Overall rating of a nursing home by the rule in force on a day."""

    def compute() -> Row:
        ratings = rating.Ratings(
            given.whole(health_inspection, "health inspection"),
            given.whole(staffing, "staffing"),
            given.whole(quality, "quality"),
            special_focus,
        )
        return {"overall": rating.overall(ratings, _day(on)), "on": on}

    answer(compute, lambda row: f"{row['overall']} of 5 stars by the rule in force on {row['on']}", json=json)


def composite(
    measures: Annotated[
        list[str] | None,
        typer.Argument(metavar="MEASURE=NUMERATOR/DENOMINATOR...", help=f"Of {', '.join(nursing.MEASURES)}."),
    ] = None,
    *,
    json: Json = False,
) -> None:
    """Nursing-home composite; vaccines are given as vaccinated residents and reversed here."""

    def compute() -> Row:
        found = nursing.composite(nursing.Part(*one) for one in given.shares(measures))
        return {
            "composite": rounded(found.value, 2),
            "numerator": found.numerator,
            "denominator": found.denominator,
            "goal": float(nursing.GOAL),
            "fewer_needed": found.fewer,
            "missing": list(found.missing),
        }

    def people(row: Row) -> str:
        text = f"{row['composite']:.2f} ({row['numerator']} of {row['denominator']}); {row['fewer_needed']} fewer for "
        missing = f"; not given: {', '.join(row['missing'])}" if row["missing"] else ""
        return f"{text}{row['goal']:.2f}{missing}"

    answer(compute, people, json=json)


def _standard(threshold: str | None, benchmark: str | None, measure: str | None, year: int | None) -> Standard:
    own, published = (threshold, benchmark), (measure, year)
    if None not in own and published == (None, None):
        return Standard(given.number(str(threshold), "threshold"), given.number(str(benchmark), "benchmark"))
    if measure is not None and year is not None and own == (None, None):
        return standard(measure, year)
    raise ValueError("give either --threshold and --benchmark, or --measure and --year")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError("on must be a day such as 2022-08-01") from None
