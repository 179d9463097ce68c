"""The measures of practices: Million Hearts ABCS and preventive services."""

from collections.abc import Sequence
from typing import Final

from services.measures.domain.definitions import Aim, Priority
from services.measures.domain.panel.measure import FacilityMeasure, Form
from services.measures.domain.practices import rules
from services.measures.domain.practices.count import STATIN

_ECQM: Final = "CMS eCQM of eligible clinicians, Million Hearts: "
_PREVENTION: Final = "CMS eCQM of eligible clinicians: "
_PROVISIONAL: Final = (
    "Before the year has ended it says what it would if the year ended now. Patients without a qualifying visit in the "
    "year are not counted. Codes are reduced to concepts by tables smaller than the official value sets. "
)
_FRAIL: Final = (
    f"Patients are left out for {rules.HOSPICE.source}; for {rules.FRAILTY.source}; for {rules.PALLIATIVE.source}. "
    "Advanced illness is told by a condition that held in the year or the year before, not by two outpatient visits or "
    "one inpatient stay with it as the CQL asks. "
)


def _share(
    name: str, title: str, source: str, note: str = "", components: tuple[str, ...] | None = None
) -> FacilityMeasure:
    counted = components or (name.replace("-", "_"),)
    return FacilityMeasure(
        id=f"practice-{name}",
        specification=1,
        title=f"{title}, percent",
        numerator=dict.fromkeys(counted, 1),
        denominator={f"{component}_of": 1 for component in counted},
        form=Form.SHARE,
        better="higher",
        source=source,
        aim=Aim.BETTER_HEALTH,
        priority=Priority.PREVENTION,
        scale=100,
        note=note + _PROVISIONAL,
    )


def _changes(*changing: Sequence[rules.Ages | rules.Vaccinated | rules.Window]) -> str:
    """The sources of effective-dated rules in one sentence."""
    return "; ".join(rule.source for some in changing for rule in some) + ". "


_STATIN_GROUPS: Final = (
    "with atherosclerotic cardiovascular disease",
    "20 to 75 with LDL of 190 or more or familial hypercholesterolemia, and in no group before",
    "40 to 75 with diabetes, and in no group before",
    "40 to 75 with a ten-year risk of 20 % or more, and in no group before",
)
_LATER: Final = f"Patients are left out for {rules.HOSPICE_LATER.source}. "
_TOBACCO: Final = _changes(rules.TOBACCO, rules.TOBACCO_SCREENED, rules.TOBACCO_HELPED) + _LATER
_STATIN_NOTE: Final = "Exceptions leave the denominator only where no statin was given. Groups and ages as since 2023. "

MEASURES: Final = (
    _share(
        "aspirin",
        "Patients with ischemic vascular disease who take aspirin or another antiplatelet",
        f"{_ECQM}CMS164",
        "No longer in the annual set; the year of its retirement is not verified. "
        f"Patients are left out for {rules.HOSPICE.source}. ",
    ),
    _share(
        "blood-pressure",
        "Patients with hypertension whose blood pressure is under 140/90",
        f"{_ECQM}CMS165, narrative",
        "Without a reading in the year not controlled, as the narrative says; the 2025 draft CQL takes an earlier one. "
        + _FRAIL,
    ),
    *(
        _share(f"statin-{number}", f"Patients {group} who are given a statin", f"{_ECQM}CMS347", _STATIN_NOTE)
        for number, group in enumerate(_STATIN_GROUPS, start=1)
    ),
    _share(
        "statin",
        "Patients at high risk, all four groups together, who are given a statin",
        f"{_ECQM}CMS347",
        _STATIN_NOTE,
        STATIN,
    ),
    *(
        _share(name, title, f"{_ECQM}CMS138", f"{extra}{_TOBACCO}")
        for name, title, extra in (
            ("tobacco-screened", "Patients screened for tobacco use", ""),
            ("tobacco-helped", "Tobacco users counselled or given a drug to stop", ""),
            ("tobacco", "Patients screened for tobacco use and, if users, helped to stop", ""),
        )
    ),
    _share(
        "influenza",
        "Patients vaccinated against influenza in the season that ends in March of the year",
        f"{_PREVENTION}CMS147",
        "Vaccines count from 1 August on, which is not verified. The last text of the measure is that of 2023. "
        + _LATER,
    ),
    _share(
        "pneumococcal",
        "Older patients vaccinated against pneumococci",
        f"{_PREVENTION}CMS127",
        _changes(rules.PNEUMOCOCCAL, rules.PNEUMOCOCCAL_COUNTS)
        + f"Any reaction that is told stands for anaphylaxis. Patients are left out for {rules.HOSPICE.source}. ",
    ),
    _share(
        "colorectal",
        "Patients screened for colorectal cancer",
        f"{_PREVENTION}CMS130",
        _changes(rules.COLORECTAL) + _FRAIL,
    ),
    _share(
        "breast",
        "Women screened for breast cancer",
        f"{_PREVENTION}CMS125",
        _changes(rules.BREAST, rules.MAMMOGRAM) + _FRAIL,
    ),
)
