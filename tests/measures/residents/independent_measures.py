"""The second recomputation's reading of each measure: whether a resident belongs to the denominator, to the numerator.

Standard library only and nothing of the service's, as ``independent``, which finds the assessments.
"""

from collections.abc import Mapping, Sequence
from typing import Any

Told = Mapping[str, Any]


def tally(target: Told, prior: Told | None, scan: Sequence[Told], vaccinated: Told | None) -> dict[str, int]:
    t = target.get
    counts: dict[str, int] = {}

    def put(name: str, belongs: bool, met: bool) -> None:
        if belongs:
            counts[f"{name}_of"] = 1
            if met:
                counts[name] = 1

    late_enough = target["A0310A"] != "01" and target["A0310B"] not in ("01", "06")
    put(
        "falls_injury",
        any("J1900C" in one or one.get("J1800") == 0 for one in scan),
        any(one.get("J1900C", 0) > 0 for one in scan),
    )
    put("falls", any("J1800" in one for one in scan), any(one.get("J1800") == 1 for one in scan))
    put("urinary_infection", late_enough and "I2300" in target, t("I2300") == 1)
    put("catheter_infection", late_enough and t("H0100A") == 1 and "I2300" in target, t("I2300") == 1)
    put("pain", *pain(target, late_enough))
    put("pressure_ulcers", *ulcers(target, late_enough))
    put("bowel_or_bladder", *control(target, late_enough))
    put("catheter", late_enough and t("I1550") == 0 and t("I1650") == 0 and "H0100A" in target, t("H0100A") == 1)
    devices = [t(item) for item in ("P0100B", "P0100C", "P0100E", "P0100F", "P0100G")]
    put("restraints", 2 in devices or None not in devices, 2 in devices)
    put("more_help", *more_help(target, prior))
    put("weight_loss", late_enough and "K0300" in target and t("J1400") == t("O0100K2") == 0, t("K0300") == 2)
    put("depressive", *depressive(target))
    tourette = t("I5350") if "I5350" in target else (prior or {}).get("I5350")
    spared = t("I6000") == 1 or t("I5250") == 1 or tourette == 1
    put("antipsychotic", not spared and "N0410A" in target, t("N0410A", 0) >= 1)
    flu = (vaccinated or {}).get
    put("influenza", vaccinated is not None, flu("O0250A") == 1 or flu("O0250C") in (2, 3, 4))
    put("pneumococcal", True, t("O0300A") == 1 or t("O0300B") in (1, 2))
    return counts


def pain(target: Told, late_enough: bool) -> tuple[bool, bool]:
    often, number, word = target.get("J0400", 9), target.get("J0600A", 99), target.get("J0600B", 9)
    moderate = 5 <= number <= 9 or word in (2, 3)
    met = (often in (1, 2) and moderate) or number == 10 or word == 4
    asked = target.get("J0200") == 1 and target.get("J0300", 9) != 9
    if target.get("J0300") == 1:
        asked = asked and often != 9 and (number != 99 or word != 9) and number != 0
    return late_enough and (met or asked), met


def ulcers(target: Told, late_enough: bool) -> tuple[bool, bool]:
    weak = any(target.get(item) in (3, 4, 7, 8) for item in ("G0110A1", "G0110B1"))
    high_risk = weak or target.get("B0100") == 1 or target.get("I5600") == 1
    stages = [target.get(item) for item in ("M0300B1", "M0300C1", "M0300D1")]
    met = any(stage is not None and stage > 0 for stage in stages)
    known = target.get("M0210") == 0 or None not in stages
    return late_enough and high_risk and (met or known), met


def control(target: Told, late_enough: bool) -> tuple[bool, bool]:
    t = target.get
    if not late_enough or t("B0100") != 0 or t("H0100A") != 0 or t("H0100C") != 0:
        return False, False
    severe = t("C0500", 99) <= 7 or (t("C1000") == 3 and t("C0700") == 1)
    moving = [t(item) for item in ("G0110A1", "G0110B1", "G0110E1")]
    if severe or any(level in (4, 7, 8, None) for level in moving):
        return False, False
    if t("C0500", 99) == 99 and ("C0700" not in target or "C1000" not in target):
        return False, False
    met = t("H0300") in (2, 3) or t("H0400") in (2, 3)
    return met or ("H0300" in target and "H0400" in target), met


def more_help(target: Told, prior: Told | None) -> tuple[bool, bool]:
    if prior is None or any(target.get(item) != 0 for item in ("B0100", "J1400", "O0100K2")):
        return False, False
    full = unknown = points_two = points_one = 0
    threes = 0
    for item in ("G0110A1", "G0110B1", "G0110H1", "G0110I1"):
        before, now = prior.get(item), target.get(item)
        full += before in (4, 7, 8)
        threes += before == 3
        if before is None or now is None:
            unknown += 1
            continue
        more = min(now, 4) - min(before, 4)
        points_two += more >= 2
        points_one += more >= 1
    if full == 4 or (full == 3 and threes == 1):
        return False, False
    met = points_two >= 1 or points_one >= 2
    return met or unknown == 0, met


def depressive(target: Told) -> tuple[bool, bool]:
    t = target.get
    if t("B0100") != 0:
        return False, False
    self_told = (t("D0200A2") in (2, 3) or t("D0200B2") in (2, 3)) and 10 <= t("D0300", 0) <= 27
    staff_told = (t("D0500A2") in (2, 3) or t("D0500B2") in (2, 3)) and 10 <= t("D0600", 0) <= 30
    asked = all(item in target for item in ("D0200A2", "D0200B2")) and t("D0300", 99) != 99
    watched = all(item in target for item in ("D0500A2", "D0500B2", "D0600"))
    met = self_told or staff_told
    return met or asked or watched, met
