"""Compares cells, however they were counted, with what a worked example expects."""

from collections import defaultdict
from collections.abc import Mapping

from tests.measures.examples import Example

Cells = Mapping[tuple[str, str, frozenset[str]], Mapping[str, int]]


def check(example: Example, cells: Cells) -> None:
    """Fails with what was found where it is not what the example says."""
    areas = {key: cell for key, cell in cells.items() if not key[0].startswith("ccn:")}
    found = sums_by_period(areas)
    for period, sums in example.sums.items():
        assert {name: found[period][name] for name in sums} == sums, example.source
    for flag, months in example.months.items():
        assert len({month for _, month, flags in areas if flag in flags}) == months, example.source
    for month, wanted in example.flags.items():
        (held,) = {flags for _, own, flags in areas if own == month}
        assert {flag: flag.lstrip("-") in held for flag in wanted} == {flag: flag[0] != "-" for flag in wanted}


def sums_by_period(cells: Cells) -> dict[str, dict[str, int]]:
    """Components by ``all`` and by quarter, over all units and strata."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (_, month, _), cell in cells.items():
        for period in ("all", f"{month[:4]}Q{(int(month[5:]) + 2) // 3}"):
            for name, amount in cell.items():
                sums[period][name] += amount
    return sums
