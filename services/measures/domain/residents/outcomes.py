"""What the assessments of a long-stay resident say of each measure: met, not met, or None where the resident is out.

MDS 3.0 Quality Measures User's Manual, chapter 2, section 2 (long stay). Checked against its text: antipsychotics (v8),
weight loss (v15), need for help (v16), influenza and restraints (p4qm.org, measures 0681 and 0687). An item that is not
assessed is None, and one that was skipped because of another item is read from that one.
"""

from collections.abc import Callable, Mapping
from typing import Final

from services.measures.domain.residents.function import bowel_or_bladder, more_help
from services.measures.domain.residents.sample import Selected

_MODERATE_TEN, _WORST_TEN = range(5, 10), 10
_MODERATE_WORDS, _WORST_WORDS = (2, 3), 4
_DEPRESSED: Final = 10
_INTERVIEW_MOST, _STAFF_MOST = 27, 30


def falls(chosen: Selected) -> bool | None:
    """A fall on any assessment of the look-back scan."""
    told = [one.J1800 for one in chosen.scan if one.J1800 is not None]
    return None if not told else 1 in told


def falls_injury(chosen: Selected) -> bool | None:
    """A fall with major injury on any assessment of the look-back scan; out where none of them tells."""
    told = [one for one in chosen.scan if one.J1900C is not None or one.J1800 == 0]
    return None if not told else any(one.J1900C in {1, 2} for one in told)


def urinary_infection(chosen: Selected) -> bool | None:
    """A urinary tract infection."""
    return _told(chosen, chosen.target.I2300)


def pain(chosen: Selected) -> bool | None:
    """Pain the resident calls moderate or severe and frequent, or the worst at any time."""
    if chosen.on_admission:
        return None
    told = chosen.target
    moderate = told.J0600A in _MODERATE_TEN or told.J0600B in _MODERATE_WORDS
    if (told.J0400 in {1, 2} and moderate) or told.J0600A == _WORST_TEN or told.J0600B == _WORST_WORDS:
        return True
    if told.J0200 != 1 or told.J0300 in {None, 9}:
        return None
    no_intensity = told.J0600A in {None, 99} and told.J0600B in {None, 9}
    if told.J0300 == 1 and (told.J0400 in {None, 9} or no_intensity or told.J0600A == 0):
        return None
    return False


def pressure_ulcers(chosen: Selected) -> bool | None:
    """An ulcer of stage II to IV, of those who cannot move by themselves, are comatose or malnourished."""
    told = chosen.target
    dependent = {told.G0110A1, told.G0110B1} & {3, 4, 7, 8}
    if chosen.on_admission or not (dependent or told.B0100 == 1 or told.I5600 == 1):
        return None
    stages = (told.M0300B1, told.M0300C1, told.M0300D1)
    if any(stages):
        return True
    return None if None in stages and told.M0210 != 0 else False


def catheter(chosen: Selected) -> bool | None:
    """An indwelling catheter without neurogenic bladder or obstructive uropathy."""
    told = chosen.target
    return None if told.I1550 != 0 or told.I1650 != 0 else _told(chosen, told.H0100A)


def catheter_infection(chosen: Selected) -> bool | None:
    """A urinary tract infection, of those with an indwelling catheter."""
    return None if chosen.target.H0100A != 1 else _told(chosen, chosen.target.I2300)


def restraints(chosen: Selected) -> bool | None:
    """A physical restraint used daily. Where one is, what was not told of others takes nobody out."""
    told = chosen.target
    used = (told.P0100B, told.P0100C, told.P0100E, told.P0100F, told.P0100G)
    if 2 in used:
        return True
    return None if None in used else False


def weight_loss(chosen: Selected) -> bool | None:
    """Weight lost without a prescribed regimen, of those who are not known to be dying or in hospice care, nor may be.

    Manual v15, table 2-27, which holds for assessments before October 2023.
    """
    told = chosen.target
    if told.J1400 != 0 or told.O0100K2 != 0 or told.K0300 is None:
        return None
    return _told(chosen, int(told.K0300 == 2))


def depressive(chosen: Selected) -> bool | None:
    """Depressive symptoms, told by the resident or else by staff, on at least half the days."""
    told = chosen.target
    if told.B0100 != 0:
        return None
    interview, staff = (told.D0200A2, told.D0200B2, told.D0300), (told.D0500A2, told.D0500B2, told.D0600)
    if _many_days(*interview, _INTERVIEW_MOST) or _many_days(*staff, _STAFF_MOST):
        return True
    return None if (None in interview or told.D0300 == 99) and None in staff else False


def antipsychotic(chosen: Selected) -> bool | None:
    """An antipsychotic drug without schizophrenia, Tourette's syndrome or Huntington's disease."""
    told, prior = chosen.target, chosen.prior
    tourette = prior.I5350 if told.I5350 is None and prior is not None else told.I5350
    if told.N0410A is None or 1 in {told.I6000, told.I5250, tourette}:
        return None
    return told.N0410A > 0


def influenza(chosen: Selected) -> bool | None:
    """Vaccinated in the season, here or elsewhere, or offered and declined, or not eligible."""
    told = chosen.season
    return None if told is None else told.O0250A == 1 or told.O0250C in {2, 3, 4}


def pneumococcal(chosen: Selected) -> bool | None:
    """Vaccination up to date, or offered and declined, or not eligible."""
    return chosen.target.O0300A == 1 or chosen.target.O0300B in {1, 2}


def _told(chosen: Selected, item: int | None) -> bool | None:
    return None if chosen.on_admission or item is None else item == 1


def _many_days(interest: int | None, mood: int | None, score: int | None, most: int) -> bool:
    half = (interest or 0) >= 2 or (mood or 0) >= 2
    return half and score is not None and _DEPRESSED <= score <= most


OUTCOMES: Final[Mapping[str, Callable[[Selected], bool | None]]] = {
    "falls_injury": falls_injury,
    "urinary_infection": urinary_infection,
    "pain": pain,
    "pressure_ulcers": pressure_ulcers,
    "bowel_or_bladder": bowel_or_bladder,
    "catheter": catheter,
    "restraints": restraints,
    "more_help": more_help,
    "weight_loss": weight_loss,
    "depressive": depressive,
    "antipsychotic": antipsychotic,
    "influenza": influenza,
    "pneumococcal": pneumococcal,
    "falls": falls,
    "catheter_infection": catheter_infection,
}
"""By component: the numerator; the denominator has ``_of`` behind it. The first 13 are those of the collaborative."""
