"""The measures of one patient written anew from their definitions, from the facts as they travel.

Imports nothing of the engine. Days are ISO text, which sorts as days do; a population is a list of sentences.
"""

from collections.abc import Iterable
from typing import Any

Record = dict[str, Any]
Row = tuple[str, str, str]
OF_ONE_DAY = {
    "visit", "preventive_visit", "acute_myocardial_infarction", "cabg", "pci", "dialysis", "kidney_transplant",
    "total_colectomy", "colonoscopy", "ct_colonography", "sigmoidoscopy", "stool_blood_test", "stool_dna_test",
    "mammogram", "influenza_vaccine", "influenza_vaccine_not_given", "pneumococcal_vaccine", "cessation_counselling",
    "tobacco_user", "tobacco_non_user", "statin_not_given", "ldl_190_or_more", "ascvd_risk_20_or_more",
    "lives_in_nursing_home", "lives_elsewhere",
}  # fmt: skip


class Chart:
    """All that holds of a patient on a day: rows of concept, first and last day."""

    def __init__(self, records: Iterable[Record], today: str) -> None:
        best: dict[str, Record] = {}
        for record in records:
            if record["version"] > best.get(record["fact"], {"version": 0})["version"]:
                best[record["fact"]] = record
        self.birth = self.sex = ""
        self.rows: list[Row] = []
        self.pressures: list[Record] = []
        for record in best.values():
            if "birth" in record:
                self.birth, self.sex = record["birth"], record["sex"]
            elif "on" in record and record["on"] <= today and record["setting"] == "outpatient":
                self.pressures.append(record)
            elif "first" in record and record["first"] <= today:
                for concept in record["concepts"]:
                    end = record["first"] if concept in OF_ONE_DAY else record.get("last", "9999-12-31")
                    self.rows.append((concept, record["first"], end))

    def age(self, day: str) -> int:
        return int(day[:4]) - int(self.birth[:4]) - (1 if day[5:] < self.birth[5:] else 0)

    def some(self, words: str, first: str, last: str) -> bool:
        return any(c in words.split() and not (begin > last or end < first) for c, begin, end in self.rows)

    def starts(self, words: str, first: str, last: str) -> list[str]:
        return sorted(begin for c, begin, _ in self.rows if c in words.split() and first <= begin <= last)


def recompute(records: Iterable[Record], today: str) -> dict[str, dict[str, int]]:
    """By year, what every measure is asked of and whether it is met, as components."""
    chart = Chart(records, today)
    found: dict[str, dict[str, int]] = {}
    for year in (
        sorted({day[:4] for day in chart.starts("visit preventive_visit", "0001", "9999")}) if chart.birth else ()
    ):
        for name, met in {**_heart(chart, int(year)), **_prevention(chart, int(year))}.items():
            if met is not None:
                found.setdefault(year, {})[f"{name}_of"] = 1
                if met:
                    found[year][name] = 1
    return found


def _heart(chart: Chart, y: int) -> dict[str, bool | None]:
    a, z = f"{y}-01-01", f"{y}-12-31"
    found: dict[str, bool | None] = {}
    stent = bool(chart.starts("acute_myocardial_infarction cabg pci", f"{y - 1}-01-01", f"{y - 1}-12-31"))
    if chart.age(a) >= 18 and (stent or chart.some("ischemic_vascular_disease", a, z)):
        found["aspirin"] = (
            None
            if chart.some(_since("hospice", 2018, y) + " anticoagulant", a, z)
            else chart.some("antiplatelet", a, z)
        )
    if 18 <= chart.age(z) <= 85 and chart.some("essential_hypertension", a, f"{y}-06-30"):
        kidney = "end_stage_renal_disease chronic_kidney_disease_5 kidney_transplant_recipient"
        out = chart.some(f"{_dying(y)} pregnancy {kidney}", a, z)
        out = out or chart.some("dialysis kidney_transplant", "0001", z) or _home(chart, y)
        out = out or (y >= 2020 and chart.age(z) >= 81 and chart.some("frailty", a, z)) or _frail(chart, y)
        found["blood_pressure"] = None if out else _controlled(chart, y)
    groups = [
        chart.some("ascvd acute_myocardial_infarction cabg pci", "0001", z),
        chart.some("ldl_190_or_more familial_hypercholesterolemia", "0001", z),
        chart.some("diabetes", a, z),
        chart.some("ascvd_risk_20_or_more", a, z),
    ]
    if any(groups) and not chart.some("breast_feeding rhabdomyolysis", a, z):
        first = groups.index(True)
        exception = "statin_intolerance liver_disease end_stage_renal_disease hospice palliative_care statin_not_given"
        met = chart.some("statin", a, z) or (None if chart.some(exception, a, z) else False)
        if (-99, 20, 40, 40)[first] <= chart.age(a) <= (999, 75, 75, 75)[first]:
            found[f"statin_{first + 1}"] = met
    if (
        chart.age(a) >= (12 if y >= 2024 else 18)
        and _often(chart, y)
        and not chart.some(_since("hospice", 2023, y), a, z)
    ):
        told = chart.starts("tobacco_user tobacco_non_user", a if y > 2020 else f"{y - 1}-01-01", z)
        user = bool(told) and chart.some("tobacco_user", told[-1], told[-1])
        helped = chart.some("cessation_counselling cessation_drug", f"{y - 1}-{'07' if y > 2020 else '01'}-01", z)
        found["tobacco_screened"] = bool(told)
        found["tobacco_helped"] = helped if user else None
        found["tobacco"] = bool(told) and (helped or not user)
    return found


def _prevention(chart: Chart, y: int) -> dict[str, bool | None]:
    a, z = f"{y}-01-01", f"{y}-12-31"
    found: dict[str, bool | None] = {}
    half = f"{y - 1}-07-01"
    season = (f"{y - 1}-10-01", f"{y}-03-31")
    if chart.birth <= half and _often(chart, y) and chart.some("visit preventive_visit", *season):
        met = chart.some("influenza_vaccine", f"{y - 1}-08-01", f"{y}-03-31")
        excepted = chart.some("influenza_vaccine_not_given", *season) or chart.some(
            "influenza_vaccine_intolerance", "0001", season[1]
        )
        found["influenza"] = None if chart.some(_since("hospice", 2023, y), a, z) or (excepted and not met) else met
    if chart.age(a) >= (66 if y in (2022, 2023) else 65):
        birthday = 19 if y >= 2024 else 60
        since = f"{int(chart.birth[:4]) + birthday}{chart.birth[4:]}" if y >= 2022 else "0001"
        met = chart.some("pneumococcal_vaccine", since, z)
        reacted = chart.some("pneumococcal_vaccine_reaction", "0001", z)
        gone = chart.some(_since("hospice", 2018, y), a, z) or (y >= 2024 and reacted)
        found["pneumococcal"] = None if gone else met or (y == 2022 and reacted)
    out = chart.some(_dying(y), a, z) or _home(chart, y) or _frail(chart, y)
    if 46 <= chart.age(z) <= 75 if y >= 2023 else 50 <= chart.age(a) < 75:
        last_for = {
            "stool_blood_test": 0,
            "stool_dna_test": 2,
            "sigmoidoscopy": 4,
            "ct_colonography": 4,
            "colonoscopy": 9,
        }
        met = any(chart.some(test, f"{y - years}-01-01", z) for test, years in last_for.items())
        found["colorectal"] = None if out or chart.some("colorectal_cancer total_colectomy", "0001", z) else met
    lowest = (42 if y >= 2026 else 52) if y >= 2023 else (51 if y >= 2017 else 41)
    asked = lowest <= chart.age(z) <= 74 if y >= 2023 else lowest <= chart.age(a) < (74 if y >= 2017 else 69)
    if chart.sex == "female" and asked:
        left, right, both = (chart.some(f"mastectomy_{side}", "0001", z) for side in ("left", "right", "both"))
        out = out or both or (left and right)
        found["breast"] = (
            None if out else chart.some("mammogram", f"{y - 2}-10-01" if y >= 2017 else f"{y - 1}-01-01", z)
        )
    return found


def _since(concept: str, first: int, y: int) -> str:
    return concept if y >= first else "nothing"


def _dying(y: int) -> str:
    return f"{_since('hospice', 2018, y)} {_since('palliative_care', 2022, y)}"


def _often(chart: Chart, y: int) -> bool:
    preventive = chart.starts("preventive_visit", f"{y}-01-01", f"{y}-12-31")
    return bool(preventive) or len(chart.starts("visit", f"{y}-01-01", f"{y}-12-31")) >= 2


def _home(chart: Chart, y: int) -> bool:
    told = chart.starts("lives_in_nursing_home lives_elsewhere", "0001", f"{y}-12-31")
    there = bool(told) and chart.some("lives_in_nursing_home", told[-1], told[-1])
    return y >= 2020 and chart.age(f"{y}-12-31") >= 66 and there


def _frail(chart: Chart, y: int) -> bool:
    ill = chart.some("advanced_illness dementia_drug", f"{y - 1}-01-01", f"{y}-12-31")
    return y >= 2020 and chart.age(f"{y}-12-31") >= 66 and chart.some("frailty", f"{y}-01-01", f"{y}-12-31") and ill


def _controlled(chart: Chart, y: int) -> bool:
    by_day: dict[str, tuple[list[int], list[int]]] = {}
    for one in chart.pressures:
        if one["on"].startswith(str(y)):
            upper, lower = by_day.setdefault(one["on"], ([], []))
            upper += [one["systolic"]] if "systolic" in one else []
            lower += [one["diastolic"]] if "diastolic" in one else []
    whole = {day: pair for day, pair in by_day.items() if all(pair)}
    return bool(whole) and all(min(half) < limit for half, limit in zip(whole[max(whole)], (140, 90), strict=True))
