"""Exact arithmetic of published values: integers in, decimal text out, no floating point."""

from fractions import Fraction

PLACES = 10_000


def per_thousand(numerator: int, eligible_days: int, days_in_period: int) -> str | None:
    """Events per 1,000 beneficiary-quarters, rounded half-even to four places; None without eligible days."""
    if eligible_days == 0:
        return None
    return _decimal(Fraction(numerator * 1000 * days_in_period, eligible_days))


def relative_improvement(baseline: Fraction, current: Fraction) -> Fraction | None:
    """Relative improvement rate where lower is better: (baseline - current) / baseline; None from a baseline of 0."""
    return (baseline - current) / baseline if baseline else None


def percent(share: Fraction) -> str:
    """A share as percent with two places, rounded half-even."""
    scaled = round(share * PLACES)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{abs(scaled) // 100}.{abs(scaled) % 100:02d}"


def _decimal(value: Fraction) -> str:
    scaled = round(value * PLACES)  # Fraction rounds half to even
    return f"{scaled // PLACES}.{scaled % PLACES:04d}"
