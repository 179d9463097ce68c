"""Models that predict infections: coefficients as CDC published them, by baseline, infection and kind of hospital.

Predicted = exp(intercept + sum of the estimates that hold) x exposure. What no model here covers, a kind of location or
of hospital, is not predicted; numbers of another baseline never stand for it.
"""

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from services.measures.domain.panel.counted import MILLION
from shared.contracts.infections import Baseline, HospitalKind, Infection

Covariate = Literal["stay", "icu_share"]
_EXACT: Final = Context(prec=28)


class Setting(NamedTuple):
    """What models look at: NHSN's code of the location, annual patient days per admission, share of beds in ICUs."""

    unit: str
    stay: Fraction
    icu_share: Fraction


@dataclass(frozen=True, slots=True)
class Term:
    """An estimate, and when it holds: in these locations (all, where none is named), with a covariate from
    ``at_least`` on and ``below``."""

    estimate: Decimal
    units: frozenset[str] = frozenset()
    outside: str | None = None
    covariate: Covariate = "stay"
    at_least: Fraction = Fraction(0)
    below: Fraction | None = None

    def holds(self, setting: Setting) -> bool:
        """Whether the estimate counts."""
        if self.units and setting.unit not in self.units:
            return False
        if self.outside is not None and within(setting.unit, self.outside):
            return False
        value = setting.stay if self.covariate == "stay" else setting.icu_share
        return self.at_least <= value and (self.below is None or value < self.below)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """``leaves_out`` is a group of locations that the model does not cover, but for those of its terms."""

    baseline: Baseline
    infection: Infection
    hospital: HospitalKind
    version: int
    intercept: Decimal
    terms: tuple[Term, ...]
    source: str
    leaves_out: str | None = None

    def covers(self, unit: str) -> bool:
        """Whether infections in such a location are predicted."""
        if self.leaves_out is None or not within(unit, self.leaves_out):
            return True
        return any(unit in term.units for term in self.terms)

    def rate(self, setting: Setting) -> Decimal:
        """Infections predicted for one day of exposure, to 28 digits."""
        return _rate(self.intercept + sum(term.estimate for term in self.terms if term.holds(setting)))


def within(unit: str, group: str) -> bool:
    """Whether a code is a group's own or begins with it."""
    return unit == group or unit.startswith(f"{group}:")


def model_for(baseline: Baseline, infection: Infection, hospital: HospitalKind) -> Model | None:
    """The newest version of the model; None where there is none."""
    wanted = (baseline, infection, hospital)
    found = [one for one in MODELS if (one.baseline, one.infection, one.hospital) == wanted]
    return max(found, key=lambda one: one.version, default=None)


def predicted(model: Model, setting: Setting, exposure: int) -> int:
    """Millionths of infections predicted, rounded half-even."""
    return int((model.rate(setting) * exposure * MILLION).to_integral_value(context=_EXACT))


@lru_cache(maxsize=1_000)
def _rate(exponent: Decimal) -> Decimal:
    return _EXACT.exp(exponent)


_EXPLORER: Final = "CDC, NHSN SIR Model Explorer, 2022 baseline"
_CRITICAL: Final = "IN:ACUTE:CC"
MODELS: Final = (
    Model(
        baseline="2022",
        infection="CLABSI",
        hospital="critical_access",
        version=1,
        intercept=Decimal("-9.029"),
        terms=(
            Term(Decimal("1.598"), units=frozenset(f"{_CRITICAL}:{kind}" for kind in ("C", "M", "MS"))),
            Term(Decimal("1.027"), outside=_CRITICAL, at_least=Fraction("8.9")),
        ),
        leaves_out=_CRITICAL,
        source=f"{_EXPLORER}, CLABSI Risk Adjustment (CAHs)",
    ),
    Model(
        baseline="2022",
        infection="CAUTI",
        hospital="long_term_acute",
        version=1,
        intercept=Decimal("-7.8086"),
        terms=(
            Term(Decimal("0.5783"), at_least=Fraction("22.2"), below=Fraction("27.8")),
            Term(Decimal("1.1001"), at_least=Fraction("27.8")),
            Term(Decimal("0.3579"), covariate="icu_share", below=Fraction("0.103")),
        ),
        source=f"{_EXPLORER}, CAUTI Risk Adjustment (LTACHs)",
    ),
)
