"""Dollars of one payment review: at stake, determined, restored on reconsideration, recovered by the MAC."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

from services.complaints.domain.clock import months_after
from services.complaints.domain.refusal import Refusal
from shared.contracts.replies import Reason

ZERO: Final = Decimal("0.00")
CENT: Final = Decimal("0.01")
_LIMIT: Final = Decimal(1_000_000_000)
RETENTION_YEARS: Final = 6


class Finding(StrEnum):
    """What is wrong with the payment."""

    DENIAL = "DENIAL"  # admission or days not necessary (42 CFR 476.83)
    DRG_CHANGE = "DRG_CHANGE"  # the difference of two DRGs (476.84)
    TECHNICAL_DENIAL = "TECHNICAL_DENIAL"  # no records (476.90)


class Stage(StrEnum):
    """How far an amount has come.

    PROPOSED before the opportunity to discuss (476.93), DETERMINED in the notice (476.94), RESTORED on
    reconsideration (478), ADJUSTED by the MAC: taken back, or paid where negative.
    """

    PROPOSED = "PROPOSED"
    DETERMINED = "DETERMINED"
    RESTORED = "RESTORED"
    ADJUSTED = "ADJUSTED"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the account, in dollars; negative is in the provider's favour (a DRG that weighs more)."""

    at: dt.datetime
    stage: Stage
    finding: Finding
    dollars: Decimal


class Booking(NamedTuple):
    """A line to be entered, in cents; without ``cents`` all that is left to restore or to adjust."""

    at: dt.datetime
    stage: Stage
    finding: Finding
    cents: int | None


@dataclass(frozen=True, slots=True)
class Account:
    """The amounts of one case in the order they were entered; ``paid`` is what Medicare paid for the claim.

    ``at_stake`` is the last amount proposed, ``determined`` the last determined (0.00 when the claim was approved in
    the end), ``restored`` and ``recovered`` are sums, and ``outstanding`` is what the MAC has still to adjust.
    Always ``outstanding + recovered + restored == determined``.
    """

    paid: Decimal
    entries: tuple[Entry, ...] = ()

    @property
    def at_stake(self) -> Decimal:
        """The last amount proposed, also after it was determined."""
        return self._last(Stage.PROPOSED)

    @property
    def determined(self) -> Decimal:
        """The last amount determined."""
        return self._last(Stage.DETERMINED)

    @property
    def restored(self) -> Decimal:
        """Given back on reconsideration or above."""
        return self._sum(Stage.RESTORED)

    @property
    def recovered(self) -> Decimal:
        """What the MAC took back, less what it paid out again."""
        return self._sum(Stage.ADJUSTED)

    @property
    def outstanding(self) -> Decimal:
        """What the MAC has still to take back, or to pay where negative."""
        return self.determined - self.restored - self.recovered

    def enter(self, entry: Entry) -> "Account":
        """The account with this line; raises Refusal for one that cannot be."""
        _check_dollars(entry.dollars)
        if entry.stage in {Stage.PROPOSED, Stage.DETERMINED}:
            self._check_finding(entry)
        elif not any(held.stage is Stage.DETERMINED for held in self.entries):
            raise _refused("NOTHING_DETERMINED", "stage", "Nothing is restored or adjusted before a determination.")
        if entry.stage is Stage.RESTORED and not _within(self.restored + entry.dollars, self.determined):
            raise _refused("MORE_THAN_DETERMINED", "dollars", "More would be restored than was determined.")
        return replace(self, entries=(*self.entries, entry))

    def _check_finding(self, entry: Entry) -> None:
        if self.restored:
            raise _refused("ALREADY_RESTORED", "stage", "What was restored is not determined anew in the same case.")
        if entry.finding is not Finding.DRG_CHANGE and entry.dollars < 0:
            raise _refused("NEGATIVE_DENIAL", "dollars", "A denial is not negative.")
        if entry.dollars > max(self.paid, ZERO):
            raise _refused("MORE_THAN_PAID", "dollars", "The amount is more than was paid for the claim.")
        technical = entry.finding is Finding.TECHNICAL_DENIAL
        if technical and entry.dollars not in {ZERO, max(self.paid, ZERO)}:
            raise _refused("NOT_WHOLE", "dollars", "A technical denial is of the whole payment.", "42 CFR 476.90(b)")

    def _last(self, stage: Stage) -> Decimal:
        return next((entry.dollars for entry in reversed(self.entries) if entry.stage is stage), ZERO)

    def _sum(self, stage: Stage) -> Decimal:
        return sum((entry.dollars for entry in self.entries if entry.stage is stage), ZERO)


def retained_until(service_ended: dt.date) -> dt.date:
    """The last day a determination is kept: six years from the date of service (42 CFR 476.94(e))."""
    return months_after(service_ended, 12 * RETENTION_YEARS)


def first_retained(today: dt.date) -> dt.date:
    """The earliest day of service whose determinations are still kept."""
    day = months_after(today, -12 * RETENTION_YEARS) - dt.timedelta(days=2)
    while retained_until(day) < today:
        day += dt.timedelta(days=1)
    return day


def cents(dollars: Decimal) -> int:
    """Whole cents; raises Refusal for parts of a cent."""
    _check_dollars(dollars)
    return int(dollars.scaleb(2))


def dollars(cents_: int) -> Decimal:
    """Dollars with two places."""
    return Decimal(cents_).scaleb(-2)


def _check_dollars(amount: Decimal) -> None:
    if not amount.is_finite() or abs(amount) >= _LIMIT or amount != amount.quantize(CENT):
        raise _refused(
            "NOT_DOLLARS", "dollars", "Amounts are dollars with at most two decimal places, below a billion."
        )


def _within(amount: Decimal, limit: Decimal) -> bool:
    return min(limit, ZERO) <= amount <= max(limit, ZERO)


def _refused(code: str, field: str, text: str, citation: str = "42 CFR 476.94") -> Refusal:
    return Refusal(Reason(code=code, field=field, text=text, citation=citation))
