"""What a hospital's infections of a year add to months, quarters, the year, or the span a file tells."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from services.measures.domain import periods
from services.measures.domain.infections import held, models
from services.measures.domain.infections.models import Setting
from services.measures.domain.panel.counted import MILLION, Counted
from shared.contracts.compiled_infections import HospitalSurveyed, InfectionCount
from shared.contracts.infections import DEVICES

Fact = InfectionCount | HospitalSurveyed
NO_DENOMINATOR: Final = "incomplete"
NO_MODEL: Final = "unpredicted"


def count(facts: Collection[Fact], _today: dt.date) -> Counted:
    """``facts``: those of one hospital that belong to one year, in any order. Time alone changes nothing."""
    records = [fact for fact in facts if isinstance(fact, InfectionCount)]
    survey = next((fact for fact in facts if isinstance(fact, HospitalSurveyed)), None)
    amounts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (infection, period, baseline), own in held.by_model(records).items():
        for one in own:
            for name, amount in _compared(one, survey):
                _add(amounts, period, f"{infection}_{baseline}_{name}", amount)
    for (infection, period), own in held.for_rates(records).items():
        for one in own:
            for name, amount in _exposed(one):
                _add(amounts, period, f"{infection}_{name}", amount)
    return Counted({period: dict(own) for period, own in amounts.items()})


def predicted(record: InfectionCount, survey: HospitalSurveyed | None) -> int | None:
    """Millionths predicted: as told, else by the model of the baseline; None where there is none."""
    if record.predicted is not None:
        return int(Decimal(record.predicted) * MILLION)
    if record.exposure == 0:
        return 0
    if record.exposure is None or survey is None or record.unit is None:
        return None
    model = models.model_for(record.baseline, record.infection, survey.kind)
    if model is None or not model.covers(record.unit):
        return None
    stay, share = Fraction(survey.patient_days, survey.admissions), Fraction(survey.icu_beds, survey.beds)
    return models.predicted(model, Setting(record.unit, stay, share), record.exposure)


def _compared(record: InfectionCount, survey: HospitalSurveyed | None) -> Iterator[tuple[str, int]]:
    yield "observed", record.observed or 0
    millionths = predicted(record, survey)
    if millionths is not None:
        yield "predicted", millionths
    else:
        yield NO_DENOMINATOR if record.exposure is None else NO_MODEL, 1


def _exposed(record: InfectionCount) -> Iterator[tuple[str, int]]:
    yield "events", record.observed or 0
    if record.exposure is None:
        yield NO_DENOMINATOR, 1
        return
    yield "exposure", record.exposure
    if record.infection in DEVICES and record.patient_days is not None:
        yield "device_days", record.exposure
        yield "patient_days", record.patient_days


def _add(amounts: dict[str, dict[str, int]], period: str, name: str, amount: int) -> None:
    spans: tuple[str, ...] = (period,)
    if "/" not in period:
        month, quarter, *_ = periods.periods_of(int(period.replace("-", "")))
        spans = (month, quarter, period[:4])
    for one in spans:
        amounts[one][name] += amount
