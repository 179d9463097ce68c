"""What Medicare's payment programs say of a hospital in a fiscal year, worked out beside what CMS published.

Effective-dated: everything is of the one fiscal year that is asked for, its payments run from October to September, and
standards of another year are never taken. What was not told is named with the reason, never counted as 0.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, get_args

from services.measures.domain.methods import points
from services.measures.domain.methods.excess import Readmissions
from services.measures.domain.methods.points import Points
from services.measures.domain.methods.standards import Standard, standard
from services.measures.domain.scores.count import Fact
from shared.contracts.compiled_scores import HarmScored, PurchasingScored, PurchasingTotalled, ReadmissionsScored
from shared.contracts.scores import Condition, Purchased

NOT_TOLD: Final = "no score was told"
NO_PERFORMANCE: Final = "no performance was told"
NO_BASELINE: Final = "no baseline was told, so that there are no points for improvement"
PARTS_ONLY: Final = "CMS tells its score alone"
NO_RATIO: Final = "no ratio was told: too few discharges, or not in the program"
NO_HARM: Final = "no total score was told"
NO_TOTAL: Final = "no total performance score was told"
_COMBINED: Final = "SSI"


@dataclass(frozen=True, slots=True)
class Scored:
    """A measure of value-based purchasing: what CMS published, and the points by 42 CFR 412.165 from the same numbers.

    ``missing`` says what was not told, ``computed`` is None then unless the baseline alone is missing; ``agrees``
    whether the published score is the computed one, None where one of them is missing.
    """

    measure: str
    standard: Standard | None
    told: PurchasingScored | None
    computed: Points | None
    missing: str | None

    @property
    def agrees(self) -> bool | None:
        """Whether the published score is the better of the computed points."""
        if self.computed is None or self.told is None or self.told.score is None:
            return None
        return self.computed.score == self.told.score


@dataclass(frozen=True, slots=True)
class Readmitted:
    """A condition of the readmissions program; ``computed`` has the excess ratio of the published rates."""

    condition: str
    told: ReadmissionsScored | None
    computed: Readmissions | None
    missing: str | None


@dataclass(frozen=True, slots=True)
class Purchasing:
    """A hospital in a fiscal year; ``missing`` names every part of which nothing was told."""

    fiscal_year: int
    pays_from: dt.date
    pays_to: dt.date
    measures: tuple[Scored, ...]
    readmissions: tuple[Readmitted, ...]
    harm: HarmScored | None
    total: PurchasingTotalled | None

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing, by part, in the order of the programs."""
        parts = [(one.measure, one.missing) for one in self.measures]
        parts += [(one.condition, one.missing) for one in self.readmissions]
        parts.append(("hospital-acquired conditions", None if self.harm and self.harm.total is not None else NO_HARM))
        parts.append(("total performance", None if self.total and self.total.total is not None else NO_TOTAL))
        return tuple(f"{name}: {reason}" for name, reason in parts if reason is not None)


def view(facts: Iterable[Fact], fiscal_year: int) -> Purchasing:
    """The view of the facts that hold, of which those of another year are passed over."""
    own = [fact for fact in facts if fact.fiscal_year == fiscal_year]
    scored = {fact.measure: fact for fact in own if isinstance(fact, PurchasingScored)}
    readmitted = {fact.condition: fact for fact in own if isinstance(fact, ReadmissionsScored)}
    return Purchasing(
        fiscal_year=fiscal_year,
        pays_from=dt.date(fiscal_year - 1, 10, 1),
        pays_to=dt.date(fiscal_year, 9, 30),
        measures=tuple(_scored(measure, scored.get(measure), fiscal_year) for measure in get_args(Purchased)),
        readmissions=tuple(_readmitted(condition, readmitted.get(condition)) for condition in get_args(Condition)),
        harm=next((fact for fact in own if isinstance(fact, HarmScored)), None),
        total=next((fact for fact in own if isinstance(fact, PurchasingTotalled)), None),
    )


def _scored(measure: str, told: PurchasingScored | None, fiscal_year: int) -> Scored:
    if measure == _COMBINED:
        return Scored(measure, None, told, None, NOT_TOLD if told is None else PARTS_ONLY)
    try:
        by = _standard(measure, told, fiscal_year)
    except ValueError as error:
        return Scored(measure, None, told, None, str(error))
    if told is None:
        return Scored(measure, by, None, None, NOT_TOLD)
    if told.performance is None:
        return Scored(measure, by, told, None, NO_PERFORMANCE)
    baseline = None if told.baseline is None else Fraction(told.baseline)
    computed = points.score(by, Fraction(told.performance), baseline)
    return Scored(measure, by, told, computed, NO_BASELINE if baseline is None else None)


def _standard(measure: str, told: PurchasingScored | None, fiscal_year: int) -> Standard:
    """The standard told with the score, which is that of its year; else the published one of the year."""
    if told is not None and told.threshold is not None and told.benchmark is not None:
        return Standard(Fraction(told.threshold), Fraction(told.benchmark))
    return standard(measure, fiscal_year)


def _readmitted(condition: str, told: ReadmissionsScored | None) -> Readmitted:
    if told is None or told.predicted is None or told.expected is None:
        return Readmitted(condition, told, None, NO_RATIO)
    return Readmitted(condition, told, Readmissions(Fraction(told.predicted), Fraction(told.expected)), None)
