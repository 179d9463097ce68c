"""Calendar quarters, written ``2018Q1``."""

from datetime import date


def quarter_of(month: int) -> str:
    """The quarter of a month ``YYYYMM``."""
    return f"{month // 100:04d}Q{(month % 100 + 2) // 3}"


def months_of(period: str) -> tuple[int, int, int]:
    """The months ``YYYYMM`` of a quarter."""
    first = int(period[:4]) * 100 + int(period[5]) * 3 - 2
    return first, first + 1, first + 2


def days_in(period: str) -> int:
    """90, 91 or 92."""
    year, quarter = int(period[:4]), int(period[5])
    begin = date(year, quarter * 3 - 2, 1)
    end = date(year + 1, 1, 1) if quarter == 4 else date(year, quarter * 3 + 1, 1)
    return (end - begin).days
