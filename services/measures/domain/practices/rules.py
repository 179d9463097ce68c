"""What changed from year to year in the definitions of the measures, each with its source, and how uncertain it is.

The texts of the years are those of the eCQI Resource Center unless another source stands there. Where words give ages
without a day ("51-74"), they are read as the CQL of CMS125 reads them: from the first up to, without, the last, on the
first day of the year (draft in FHIR, 2021: in Interval[51, 74)).
"""

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple, TypeVar

_ECQI: Final = "eCQI Resource Center, eligible clinician eCQM "


class Ages(NamedTuple):
    """Who is asked, by completed years, both included; ``at_end``: on the last day of the year, else on its first.

    Holds from the year ``since`` on.
    """

    since: int
    youngest: int
    oldest: int
    at_end: bool
    source: str


class Vaccinated(NamedTuple):
    """From which birthday on a pneumococcal vaccination counts, None: any; from the year ``since`` on.

    ``reaction``: what a reaction to the vaccine does, which is to count as met, to take the patient out, or nothing.
    """

    since: int
    birthday: int | None
    reaction: str
    source: str


class Window(NamedTuple):
    """What was done on the first day of this month, so many years before the year, or later still counts."""

    since: int
    years: int
    month: int
    source: str

    def first(self, year: int) -> dt.date:
        """The first day that counts for a year."""
        return dt.date(year - self.years, self.month, 1)


class LookBack(NamedTuple):
    """A test speaks for the year it is done in and for this many years after."""

    concept: str
    years: int
    source: str


class LeftOut(NamedTuple):
    """Patients are left out for a reason from the year ``since`` on."""

    since: int
    source: str


NO_LIMIT: Final = 200
MET, OUT, NOTHING = "met", "out", ""

TOBACCO: Final = (
    Ages(0, 18, NO_LIMIT, False, f"{_ECQI}CMS138v1 to v11, patients 18 and older"),
    Ages(2024, 12, NO_LIMIT, False, f"{_ECQI}CMS138v12 (2024), patients 12 and older"),
)
TOBACCO_SCREENED: Final = (
    Window(0, 1, 1, f"{_ECQI}CMS138v1 to v8 (2020), screened within 24 months"),
    Window(2021, 0, 1, f"{_ECQI}CMS138v10 (2022), screened in the period; of v9 (2021) not verified"),
)
TOBACCO_HELPED: Final = (
    Window(0, 1, 1, f"{_ECQI}CMS138v1 to v8 (2020), no time of help in words, read as that of screening"),
    Window(2021, 1, 7, f"{_ECQI}CMS138v11 (2023), in the period or six months before; of 2021 and 2022 not verified"),
)
PNEUMOCOCCAL: Final = (
    Ages(0, 65, NO_LIMIT, False, f"{_ECQI}CMS127v1 to v9, patients 65 and older; the day from the CQL of v8"),
    Ages(2022, 66, NO_LIMIT, False, f"{_ECQI}CMS127v10 and v11 (2022, 2023), patients 66 and older; the day from v11"),
    Ages(2024, 65, NO_LIMIT, False, f"{_ECQI}CMS127v12 (2024), patients 65 and older at the start"),
)
PNEUMOCOCCAL_COUNTS: Final = (
    Vaccinated(0, None, NOTHING, f"{_ECQI}CMS127v1 to v9, ever received"),
    Vaccinated(2022, 60, MET, f"{_ECQI}CMS127v10 (2022), on or after the 60th birthday, or an adverse reaction"),
    Vaccinated(2023, 60, NOTHING, f"{_ECQI}CMS127v11 (2023), on or after the 60th birthday"),
    Vaccinated(
        2024, 19, OUT, f"{_ECQI}CMS127v12 (2024), on or after the 19th birthday; without those with anaphylaxis"
    ),
)
COLORECTAL: Final = (
    Ages(0, 50, 74, False, f"{_ECQI}CMS130v1 to v10, 50-75; the day not verified"),
    Ages(2023, 46, 75, True, f"{_ECQI}CMS130v11 (2023), 46-75 by the end of the period"),
)
BREAST: Final = (
    Ages(0, 41, 68, False, f"{_ECQI}CMS125v1 to v4 (2016), women 41-69; the day not verified"),
    Ages(2017, 51, 73, False, f"{_ECQI}CMS125v5 to v10, women 51-74"),
    Ages(2023, 52, 74, True, f"{_ECQI}CMS125v11 (2023), women 52-74 by the end of the period"),
    Ages(2026, 42, 74, True, f"{_ECQI}CMS125v14 (2026), women 42-74 by the end of the period"),
)
MAMMOGRAM: Final = (
    Window(0, 1, 1, f"{_ECQI}CMS125v1 to v4 (2016), in the period or the year before"),
    Window(2017, 2, 10, f"{_ECQI}CMS125v5 (2017), 27 months to the end of the period"),
)
COLORECTAL_TESTS: Final = (
    LookBack("stool_blood_test", 0, f"{_ECQI}CMS130: in the period"),
    LookBack("stool_dna_test", 2, f"{_ECQI}CMS130: in the period or the two years before"),
    LookBack("sigmoidoscopy", 4, f"{_ECQI}CMS130: in the period or the four years before"),
    LookBack("ct_colonography", 4, f"{_ECQI}CMS130: in the period or the four years before"),
    LookBack("colonoscopy", 9, f"{_ECQI}CMS130: in the period or the nine years before"),
)
HOSPICE: Final = LeftOut(
    2018, "hospice from 2018 on: CMS125v4 (2016) names none, v7 (2019) does; the year not verified"
)
HOSPICE_LATER: Final = LeftOut(
    2023, "hospice from 2023 on: CMS138v8 and CMS147v10 name none, CQM-4887 proposed it; the year not verified"
)
FRAILTY: Final = LeftOut(
    2020, "frailty and nursing homes from 2020 on: CMS130v7 (2019) names none, its FHIR draft of 2020 does"
)
PALLIATIVE: Final = LeftOut(2022, "palliative care from 2022 on: CMS125v9 (2021) names none, v10 (2022) does")

R = TypeVar("R", Ages, Vaccinated, Window)


def in_force(rules: Sequence[R], year: int) -> R:
    """The rule of that year: the last that had begun."""
    return max((rule for rule in rules if rule.since <= year), key=lambda rule: rule.since)


def asked(rules: Sequence[Ages], year: int, at_start: int, at_end: int) -> bool:
    """Whether somebody of these ages on the first and the last day of the year is asked."""
    rule = in_force(rules, year)
    return rule.youngest <= (at_end if rule.at_end else at_start) <= rule.oldest


def first_day(year: int) -> dt.date:
    """1 January."""
    return dt.date(year, 1, 1)


def last_day(year: int) -> dt.date:
    """31 December."""
    return dt.date(year, 12, 31)
