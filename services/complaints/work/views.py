"""Work as the read API shows it: what is next, by when, how urgent, what it waits for; no person of the case."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from services.complaints.domain import clock
from services.complaints.domain.reckoned import Desk
from services.complaints.domain.work.urgency import escalation
from shared.contracts.envelope import format_instant


def item(row: Any, waiting: Iterable[Any], desk: Desk, now: dt.datetime) -> dict[str, Any]:
    """One line of a queue."""
    return {
        **_work(row),
        "next_steps": list(row["steps"]),
        **_due(row, desk, now),
        "waiting_on": [_awaited(one, desk) for one in waiting],
    }


def act(row: Any, desk: Desk, now: dt.datetime) -> dict[str, Any]:
    """One act of the QIO, with who has the work of its case; ``done_at``: done, but too late."""
    return {
        **_work(row),
        "next_steps": list(row["steps"] or ()),
        **_due(row, desk, now),
        "status": row["status"],
        "done_at": None if row["met_at"] is None else format_instant(row["met_at"]),
    }


def count(row: Any) -> dict[str, Any]:
    """How much stands in one queue; role None: waits for others."""
    return {name: row[name] for name in ("role", "items", "unclaimed", "overdue")}


def _work(row: Any) -> dict[str, Any]:
    return {
        "case_id": str(row["case_id"]),
        "case_type": row["case_type"],
        "state": row["state"],
        "region": row["region"],
        "role": row["role"],
        "claimed_by": row["claimed_by"],
        "claimed_at": None if row["claimed_at"] is None else format_instant(row["claimed_at"]),
    }


def _due(row: Any, desk: Desk, now: dt.datetime) -> dict[str, Any]:
    if row["due_at"] is None:
        return {"due_at": None, "due_local": None, "rule": None, "owed": None, "citation": None, "escalation": 0}
    return {
        "due_at": format_instant(row["due_at"]),
        "due_local": clock.in_words(row["due_at"], row["zone"]),
        "rule": row["rule_id"],
        "owed": desk.book.version(row["rule_id"], row["rule_version"]).owed,
        "citation": row["citation"],
        "escalation": escalation(row["trigger_at"], row["due_at"], now),
    }


def _awaited(row: Any, desk: Desk) -> dict[str, Any]:
    return {
        "who": row["obligor"],
        "right": row["is_window"],
        "rule": row["rule_id"],
        "owed": desk.book.version(row["rule_id"], row["rule_version"]).owed,
        "due_at": format_instant(row["due_at"]),
        "due_local": clock.in_words(row["due_at"], row["zone"]),
    }
