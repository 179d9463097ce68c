"""What the made-up hospitals and homes tell of themselves is read without a rejection and makes figures."""

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import pytest

from services.measures.domain.counts.kind import HOME_COUNTS, HOSPITAL_COUNTS
from services.measures.domain.infections.kind import INFECTIONS
from services.measures.domain.panel.figures import TOO_FEW, figure
from services.measures.domain.panel.kind import Kind
from services.measures.domain.scores.kind import SCORES
from shared.feeds import counts
from shared.feeds.infections.files import open_infections
from shared.feeds.rows import Outcome, Row
from shared.feeds.sample import files
from shared.feeds.sample.plan import Plan
from shared.feeds.scores.files import open_scores
from tests.feeds.support import sorted_out
from tests.measures.harm.pure import of_rows, sums

PLAN: Final = Plan(seed=1, beneficiaries=0, homes=60)
TODAY: Final = PLAN.last_day + dt.timedelta(days=200)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sample")
    files.write(PLAN, made)
    return made


def rows(read: Callable[[], Iterable[Outcome]]) -> list[Row]:
    told, rejections, folded, _ = sorted_out(read())
    assert not rejections
    assert not folded
    return told


def reasons(kind: Kind, told: list[Row]) -> dict[str, set[str | None]]:
    """Why the figures of each measure cannot be computed; None where one can."""
    found: dict[str, set[str | None]] = {}
    for amounts in sums(kind, of_rows(told)).values():
        for measure in kind.measures:
            one = figure(measure, [amounts])
            if one.numerator or one.denominator:
                found.setdefault(measure.id, set()).add(one.reason)
    return found


def test_infections_and_surveys_make_ratios_rates_and_use_of_devices(folder: Path) -> None:
    told = rows(open_infections(folder / files.INFECTIONS, None, TODAY))
    told += rows(open_infections(folder / files.SURVEYS, None, TODAY))
    found = reasons(INFECTIONS, told)
    for name in ("clabsi", "cauti", "ssi-colon", "mrsa", "cdi"):
        assert found[f"{name}-sir-2006-08"] - {TOO_FEW} == {None}, name
        assert found[f"{name}-rate"] == {None}, name
    first = [row for row in told if b'"version":1' in row.value]
    assert any("incomplete" in (reason or "") for reason in reasons(INFECTIONS, first)["clabsi-rate"])
    assert found["clabsi-sir-2022"] == {TOO_FEW}  # a critical access hospital has too few days, as real ones do
    assert None in found["central-line-device-use"]


def test_readmission_scores_and_entered_counts_make_figures(folder: Path) -> None:
    assert reasons(SCORES, rows(open_scores(folder / files.READMISSIONS, TODAY)))["excess-readmission-hf"] == {None}
    told = rows(lambda: counts.read(counts.open_counts(folder / files.COUNTS), TODAY))
    for kind, name in ((HOSPITAL_COUNTS, "entered-tracked-harms"), (HOME_COUNTS, "entered-staff-stability")):
        own = [row for row in told if row.wire_type in kind.facts]
        assert reasons(kind, own)[name] == {None}
    assert len({row.value for row in told}) == len(told)
    assert any(b'"version":2' in row.value for row in told)
