"""The measures of hospitals' infections: ratios to what each baseline predicts, rates, and use of devices."""

from typing import Final

from services.measures.domain.definitions import Aim, Priority
from services.measures.domain.infections.count import NO_DENOMINATOR, NO_MODEL
from services.measures.domain.panel.measure import FacilityMeasure, Form

_GUIDE: Final = "CDC, NHSN's Guide to the SIR"
_PROTOCOL: Final = "CDC, NHSN Patient Safety Component Manual"
_UNPREDICTED: Final = "no model of this baseline predicts the infections"

# Infection, beginning of the id, name, exposure, exposure of the rate.
_INFECTIONS: Final = (
    ("CLABSI", "clabsi", "Central line-associated bloodstream infections", "central-line days", 1_000),
    ("CAUTI", "cauti", "Catheter-associated urinary tract infections", "urinary-catheter days", 1_000),
    ("SSI_COLO", "ssi-colon", "Surgical site infections after colon surgery", "procedures", 100),
    ("SSI_HYST", "ssi-hysterectomy", "Surgical site infections after abdominal hysterectomy", "procedures", 100),
    ("MRSA", "mrsa", "Hospital-onset MRSA bloodstream infections", "patient days", 1_000),
    ("CDI", "cdi", "Hospital-onset Clostridioides difficile infections", "patient days", 10_000),
)
_BASELINES: Final = ("2006-08", "2015", "2022")
# SSI of 2006-08, and the names CDC gives to what came later under it.
_OF_2006: Final = {"CAUTI": "2009", "MRSA": "2010-11", "CDI": "2010-11"}


def _incomplete(exposure: str) -> str:
    return f"incomplete: infections are told without {exposure}"


def _ratio(infection: str, name: str, title: str, exposure: str, baseline: str) -> FacilityMeasure:
    note = ""
    if baseline == "2006-08" and infection in _OF_2006:
        note = f"Of this infection the data of the baseline are of {_OF_2006[infection]}."
    start = f"{infection}_{baseline}"
    return FacilityMeasure(
        id=f"{name}-sir-{baseline}",
        specification=1,
        title=f"{title}: observed over predicted",
        numerator={f"{start}_observed": 1},
        denominator={f"{start}_predicted": 1},
        form=Form.STANDARDIZED,
        better="lower",
        source=_GUIDE,
        aim=Aim.BETTER_CARE,
        priority=Priority.SAFER_CARE,
        note=note,
        baseline=baseline,
        unless={f"{start}_{NO_DENOMINATOR}": _incomplete(exposure), f"{start}_{NO_MODEL}": _UNPREDICTED},
    )


def _rate(infection: str, name: str, title: str, exposure: str, per: int) -> FacilityMeasure:
    return FacilityMeasure(
        id=f"{name}-rate",
        specification=1,
        title=f"{title} per {per:,} {exposure}",
        numerator={f"{infection}_events": 1},
        denominator={f"{infection}_exposure": 1},
        form=Form.RATE,
        scale=per,
        better="lower",
        source=_PROTOCOL,
        aim=Aim.BETTER_CARE,
        priority=Priority.SAFER_CARE,
        note="Not adjusted for risk.",
        unless={f"{infection}_{NO_DENOMINATOR}": _incomplete(exposure)},
    )


def _use(infection: str, name: str, title: str) -> FacilityMeasure:
    return FacilityMeasure(
        id=f"{name}-device-use",
        specification=1,
        title=title,
        numerator={f"{infection}_device_days": 1},
        denominator={f"{infection}_patient_days": 1},
        form=Form.RATIO,
        better="lower",
        source=f"{_PROTOCOL}, device utilization ratio",
        aim=Aim.BETTER_CARE,
        priority=Priority.SAFER_CARE,
        note="Of locations and months in which both days are told. Days of one patient go together: no interval.",
    )


MEASURES: Final = (
    *(
        _ratio(infection, name, title, exposure, baseline)
        for infection, name, title, exposure, _ in _INFECTIONS
        for baseline in _BASELINES
    ),
    *(_rate(*row) for row in _INFECTIONS),
    _use("CLABSI", "central-line", "Central-line days per patient day"),
    _use("CAUTI", "urinary-catheter", "Urinary-catheter days per patient day"),
)
