"""qio measures purchasing: a hospital in Medicare's payment programs in a fiscal year."""

from typing import Annotated, Any

import typer

from shared.cli.output import as_json, say


def purchasing(
    ccn: Annotated[str, typer.Argument(help="CMS Certification Number of the hospital.")],
    *,
    year: Annotated[int, typer.Option(min=2011, max=2100, help="Federal fiscal year of payment.")],
    json: Annotated[bool, typer.Option("--json", help="JSON for machines.")] = False,
) -> None:
    """Points for achievement and improvement, readmission ratios, hospital-acquired conditions, and what is missing."""
    from shared.cli.read import get  # noqa: PLC0415

    found = get("measures", "/facilities/purchasing", ccn=ccn.upper(), fiscal_year=year)
    if json:
        as_json(found)
        return
    for line in lines(found):
        say(line)


def lines(found: dict[str, Any]) -> list[str]:
    """The view as people read it."""
    head = f"Hospital {found['ccn']}, fiscal year {found['fiscal_year']}: payments of discharges from "
    told = [f"{head}{found['pays_from']} to {found['pays_to']}."]
    told += ["", "Value-based purchasing, points (achievement of 10, improvement of 9, score: the better):"]
    told += [_measure(row) for row in found["measures"] if row["score"] is not None or row["performance"] is not None]
    told += ["", "Readmissions (above 1: more than expected):"]
    told += [_readmissions(row) for row in found["readmissions"] if row["missing"] is None]
    told += ["", "Hospital-acquired conditions (above 0: worse than average):", *_scores(found["harm"])]
    told += ["", "Performance scores, of 100:", *_scores(found["total"])]
    if found["missing"]:
        told += ["", "Missing, and counted nowhere as 0:", *(f"  {one}" for one in found["missing"])]
    return told


def _measure(row: dict[str, Any]) -> str:
    parts = [f"  {row['measure']:<13}"]
    parts.append(f"achievement {_told(row['achievement']):>2}  improvement {_told(row['improvement']):>2}")
    parts.append(f"  score {_told(row['score']):>2}")
    if row["performance"] is not None:
        parts.append(f"   {row['performance']} (baseline {_told(row['baseline'])}, threshold {row['threshold']},")
        parts.append(f" benchmark {row['benchmark']})")
    if row["agrees"] is False:
        parts.append(f"   computed: {row['computed_score']}, not as published")
    return "".join(parts)


def _readmissions(row: dict[str, Any]) -> str:
    more = "more than expected" if row["excess"] else "not more than expected"
    span = f"discharges {row['first']} to {row['last']}"
    return (
        f"  {row['condition']:<9} {row['computed_ratio']}  {more}  ({row['predicted']} / {row['expected']} %, {span})"
    )


def _scores(scores: dict[str, Any] | None) -> list[str]:
    told = [(name, value) for name, value in (scores or {}).items() if value is not None]
    return [f"  {name.replace('_', ' '):<18} {_word(value)}" for name, value in told] or ["  nothing was told"]


def _word(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _told(value: Any) -> str:
    return "-" if value is None else str(value)


COMMANDS = (purchasing,)
