"""The measures that ask what a resident can do alone: control of bowel and bladder, more help with daily life.

MDS 3.0 Quality Measures User's Manual, chapter 2, section 2 (long stay).
"""

from typing import Final

from services.measures.domain.residents.sample import Selected
from shared.contracts.compiled_residents import ResidentAssessed

_TOTAL: Final = frozenset((4, 7, 8))  # total dependence, or so rarely done that it counts as that
_FULL_HELP: Final = 4
_SEVERE: Final = 7  # BIMS score up to which cognition is severely impaired


def bowel_or_bladder(chosen: Selected) -> bool | None:
    """Frequent or lasting loss of control, of those at low risk of it."""
    told = chosen.target
    clear = told.B0100 == 0 and told.H0100A == 0 and told.H0100C == 0
    if chosen.on_admission or not clear or _high_risk(told) is not False:
        return None
    if told.H0300 in {2, 3} or told.H0400 in {2, 3}:
        return True
    return None if told.H0300 is None or told.H0400 is None else False


def _high_risk(told: ResidentAssessed) -> bool | None:
    """Severe cognitive impairment, or total dependence in bed mobility, transfer or locomotion on the unit; None where
    one of them cannot be ruled out. That one of the three is enough: Harmony Healthcare International, "Five Steps to
    Understanding Low Risk Bowel and Bladder Incontinence", 2016; the manual's own table was not at hand."""
    moving = (told.G0110A1, told.G0110B1, told.G0110E1)
    scored = told.C0500 is not None and told.C0500 <= _SEVERE
    if scored or (told.C1000 == 3 and told.C0700 == 1) or not _TOTAL.isdisjoint(moving):
        return True
    not_scored = told.C0500 in {None, 99} and (told.C0700 is None or told.C1000 is None)
    return None if not_scored or None in moving else False


def more_help(chosen: Selected) -> bool | None:
    """More help than on the prior assessment with bed mobility, transfer, eating or toileting: by two points in one,
    or by one point in two."""
    told, prior = chosen.target, chosen.prior
    if prior is None or told.B0100 != 0 or told.J1400 != 0 or told.O0100K2 != 0:
        return None
    before, now = _late_loss(prior), _late_loss(told)
    if sorted(level or 0 for level in before) in ([4, 4, 4, 4], [3, 4, 4, 4]):
        return None  # no room to need so much more
    gains = [after - level for level, after in zip(before, now, strict=True) if level is not None and after is not None]
    if any(gain >= 2 for gain in gains) or sum(gain >= 1 for gain in gains) >= 2:
        return True
    return None if len(gains) < len(now) else False


def _late_loss(told: ResidentAssessed) -> tuple[int | None, ...]:
    levels = (told.G0110A1, told.G0110B1, told.G0110H1, told.G0110I1)
    return tuple(_FULL_HELP if level in _TOTAL else level for level in levels)
