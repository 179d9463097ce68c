"""What is wrong with one chain of the audit, found line by line with constant memory."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.complaints.auditing.chain import GENESIS, Line, hash_of

_FURTHEST = 10_000  # how far a displaced line is looked for


class Kind(StrEnum):
    """How the audit differs from what was written."""

    ALTERED = "ALTERED"
    MISSING = "MISSING"
    OUT_OF_ORDER = "OUT_OF_ORDER"
    ADDED = "ADDED"  # behind the recorded end
    HEAD_ALTERED = "HEAD_ALTERED"  # the recorded end does not fit the line it names
    ANCHOR_ALTERED = "ANCHOR_ALTERED"
    ANCHOR_MISSING = "ANCHOR_MISSING"


@dataclass(frozen=True, slots=True)
class Finding:
    """The first line of a case that is not what was written, or the number of an anchor (``case_id`` is None).

    ``until``: the difference lies between ``line`` and this line, and nothing tells where exactly.
    """

    kind: Kind
    case_id: UUID | None
    line: int
    until: int | None = None


class Chain:
    """One case's lines, fed in the order of their numbers. What follows the first finding is not judged."""

    def __init__(self, case_id: UUID, head: tuple[int, bytes] | None) -> None:
        self.case_id = case_id
        self.found: Finding | None = None
        self._head = head
        self._last = 0
        self._hash = GENESIS
        self._head_fits = True

    def feed(self, row: Any) -> None:
        """Judge the next line."""
        if self.found is None:
            self.found = self._judge(row)
        self._last, self._hash = row["number"], row["hash"]
        if self._head is not None and self._head[0] == row["number"]:
            self._head_fits = self._head[1] == row["hash"]

    def end(self) -> Finding | None:
        """The first finding of the chain, its recorded end included; None when all is as written."""
        if self.found is not None:
            return self.found
        if self._head is None:
            return self._finding(Kind.HEAD_ALTERED, self._last)
        number = self._head[0]
        if number > self._last:
            return self._finding(Kind.MISSING, self._last + 1)
        if not self._head_fits or number < 1:
            return self._finding(Kind.HEAD_ALTERED, number)
        return self._finding(Kind.ADDED, number + 1) if number < self._last else None

    def _judge(self, row: Any) -> Finding | None:
        number, expected = row["number"], self._last + 1
        line = Line(self.case_id, row["at"], row["actor"], row["action"], row["purpose"])
        if number > expected:
            return self._finding(Kind.MISSING, expected)
        whole = hash_of(line, number, row["previous"]) == row["hash"]
        if whole and row["previous"] == self._hash:
            return None
        if whole:
            return self._rewritten(number)
        furthest = min(self._head[0] if self._head is not None else number, _FURTHEST) + 1
        others = (other for other in range(1, furthest + 1) if other != number)
        displaced = any(hash_of(line, other, row["previous"]) == row["hash"] for other in others)
        return self._finding(Kind.OUT_OF_ORDER if displaced else Kind.ALTERED, number)

    def _rewritten(self, number: int) -> Finding:
        """This line is whole and continues another: the one before it was rewritten, unless this one was put there."""
        if self._head is not None and number > self._head[0]:
            return self._finding(Kind.ADDED, self._head[0] + 1)
        return self._finding(Kind.ALTERED, max(number - 1, 1))

    def _finding(self, kind: Kind, line: int) -> Finding:
        return Finding(kind, self.case_id, line)
