"""Exact arithmetic of published values: integers in, decimal text out, no floating point."""

from fractions import Fraction

from services.measures.domain.periods import days_in, quarters_in

PLACES = 10_000


def beneficiary_quarters(eligible_days: int, period: str) -> Fraction:
    """Person-time: how many beneficiaries, eligible for one quarter each, these days amount to."""
    return Fraction(eligible_days, days_in(period)) * quarters_in(period)


def relative_improvement(baseline: Fraction, current: Fraction) -> Fraction | None:
    """Relative improvement rate where lower is better: (baseline - current) / baseline; None from a baseline of 0."""
    return (baseline - current) / baseline if baseline else None


def percent(share: Fraction) -> str:
    """A share as percent with two places, rounded half-even."""
    scaled = round(share * PLACES)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{abs(scaled) // 100}.{abs(scaled) % 100:02d}"


def decimal(value: Fraction) -> str:
    """Four places, rounded half-even."""
    scaled = round(value * PLACES)  # Fraction rounds half to even
    sign = "-" if scaled < 0 else ""
    return f"{sign}{abs(scaled) // PLACES}.{abs(scaled) % PLACES:04d}"
