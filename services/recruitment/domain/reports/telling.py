"""What is told of maps and reports: plain values for JSON, and rows for a table of comma-separated values."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from services.recruitment.domain.reports import telling_learning
from services.recruitment.domain.reports.participation import Participation, percent
from services.recruitment.domain.reports.tasks import (
    CoalitionReport,
    DeliverableReport,
    Recruitment,
    by_status,
)
from services.recruitment.domain.targets.coverage import Coverage
from shared.contracts.recruitment.coalition_terms import Item

Row = dict[str, Any]
BASIS: Final = (
    "As of the last day of the report, or of the coalition's own last day where it ended before, by effective days as "
    "they are known now. The name is the coalition's; what was corrected since counts as corrected."
)
COLUMNS: Final = ("section", "item", "name", "area", "asked", "done", "status", "from", "to", "source")


def participation(found: Participation) -> Row:
    """Participation by state and network, with the sums."""
    return {
        "collaborative": found.collaborative,
        "as_of": found.as_of.isoformat(),
        "eligible": found.eligible,
        "recruited": found.recruited,
        "percent": percent(found.recruited, found.eligible),
        "states": [asdict(one) for one in found.states],
        "regions": [{**asdict(one), "percent": percent(one.recruited, one.eligible)} for one in found.regions],
        "unknown_because": found.unknown_because,
    }


def recruitment(found: Recruitment) -> Row:
    """One collaborative."""
    return {
        "collaborative": found.collaborative,
        "eligible": sum(one.eligible for one in found.states),
        "members": sum(one.members for one in found.states),
        "recruited": sum(one.recruited for one in found.states),
        "states": [asdict(one) for one in found.states],
        "targets": [_target(one) for one in found.targets],
    }


def _target(one: Coverage) -> Row:
    return {
        "area": one.target.area,
        "starts_on": one.version.starts_on.isoformat(),
        "ends_on": one.version.ends_on.isoformat(),
        "wanted": one.wanted,
        "recruited": one.recruited,
        "missing": one.missing,
        "met": one.missing == 0,
        "source": one.version.source,
    }


def infrastructure(found: Sequence[CoalitionReport]) -> Row:
    """All coalitions; how many were at work on the last day, had done each item by then, and ended before."""
    at_work = [one for one in found if one.ended_on is None]
    return {
        "coalitions": len(at_work),
        "ended": len(found) - len(at_work),
        "complete": sum(one.complete for one in at_work),
        "items": {item.value: sum(item in one.done for one in at_work) for item in Item},
        "basis": BASIS,
        "list": [
            {
                "community": one.community,
                "number": one.number,
                "name": one.name,
                "states": list(one.states),
                "formed_on": one.formed_on.isoformat(),
                "ended_on": one.ended_on and one.ended_on.isoformat(),
                "members": one.members,
                "done": [item.value for item in one.done],
                "missing": [item.value for item in Item if item not in one.done],
                "kept": one.kept,
            }
            for one in found
        ],
    }


def deliverables(found: Sequence[DeliverableReport]) -> Row:
    """All deliverables, with how many had each status."""
    listed = [{**asdict(one), "due_on": one.due_on.isoformat(), "status": one.status.value} for one in found]
    return {"due": len(found), "by_status": by_status(found), "list": listed}


def csv_of(report: Row) -> str:
    """The whole report as one table, a line for each target, state, coalition's item and deliverable."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_lines(report))
    return out.getvalue()


def _lines(report: Row) -> Iterator[Row]:
    for one in report["recruitment"]:
        what = one["collaborative"]
        for target in one["targets"]:
            yield {
                "section": "target", "item": what, "area": target["area"], "asked": target["wanted"],
                "done": target["recruited"], "status": "MET" if target["met"] else "OPEN",
                "from": target["starts_on"], "to": target["ends_on"], "source": target["source"],
            }  # fmt: skip
        for state in one["states"]:
            yield {
                "section": "recruited", "item": what, "area": state["state"], "asked": state["eligible"],
                "done": state["recruited"], "from": report["from"], "to": report["to"],
            }  # fmt: skip
    for coalition in report["infrastructure"]["list"]:
        for item in Item if coalition["kept"] else ():
            done = item.value in coalition["done"]
            yield {
                "section": "infrastructure", "item": item.value, "name": coalition["name"],
                "area": " ".join(coalition["states"]), "asked": 1, "done": int(done),
                "status": "DONE" if done else "OPEN", "from": coalition["formed_on"],
                "to": coalition["ended_on"] or report["to"],
            }  # fmt: skip
    for one in report["deliverables"]["list"]:
        yield {
            "section": "deliverable", "item": f"{one['contract']} {one['deliverable']}", "name": one["title"],
            "area": one["qio"], "asked": 1, "done": int(one["status"] in {"MET", "MET_LATE"}),
            "status": one["status"], "to": one["due_on"], "source": one["source"],
        }  # fmt: skip
    yield from telling_learning.lines(report["learning"], report["from"], report["to"])
