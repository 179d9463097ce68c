"""What assessments find of a made-up resident; shares are near those CMS published of long-stay residents for 2016."""

import datetime as dt
from random import Random
from typing import Final

Answers = dict[str, int]

_HELP: Final = ("G0110A1", "G0110B1", "G0110E1", "G0110H1", "G0110I1")
_HARDER: Final = 0.11  # needs more help than the time before
_ULCER, _FELL, _INJURED = 0.09, 0.14, 0.011
_WORSE_PAIN, _SOME_PAIN = 0.05, 0.25
_LOST_WEIGHT, _INFECTED, _SAD = 0.07, 0.04, 0.05
_RESTRAINED, _CATHETER, _DRUG, _PSYCHOSIS = 0.02, 0.05, 0.16, 0.04
_INCONTINENT, _IMPAIRED, _COMATOSE, _DYING = 0.45, 0.4, 0.005, 0.03
_VACCINATED, _DECLINED = 0.75, 0.19
_NOT_ASSESSED: Final = 0.004
_NO_FLU: Final = (7, 8, 9)  # months in which MDS does not ask


class Frailty:
    """The resident from one assessment to the next: function gets worse, the rest is drawn anew or stays."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._help = [chance.choice((0, 1, 2, 3, 3, 4)) for _ in _HELP]
        self._stays = {
            "B0100": int(self._is(_COMATOSE)),
            "C0500": chance.randint(0, 7) if self._is(_IMPAIRED) else chance.randint(8, 15),
            "H0100A": int(self._is(_CATHETER)),
            "H0100C": int(self._is(0.02)),
            "H0300": chance.choice((2, 3)) if self._is(_INCONTINENT) else 0,
            "I1550": int(self._is(0.01)),
            "I1650": int(self._is(0.02)),
            "I5250": int(self._is(0.003)),
            "I5350": int(self._is(0.002)),
            "I5600": int(self._is(0.05)),
            "I6000": int(self._is(_PSYCHOSIS)),
            "N0410A": 7 if self._is(_DRUG) else 0,
            **self._declined("O0300A", "O0300B", 2, 3),
        }
        self._season: tuple[int, Answers] = (0, {})

    def answers(self, on: dt.date) -> Answers:
        """The items of an assessment of that day; those not asked or not assessed are left out."""
        if self._is(_HARDER):
            self._help = [min(4, level + 1) for level in self._help]
        found = {
            **self._stays,
            **dict(zip(_HELP, self._help, strict=True)),
            **self._harms(),
            **self._told(),
            **self._flu(on),
            "O0100K2": int(self._is(_DYING)),
            "J1400": int(self._is(_DYING)),
        }
        return {item: code for item, code in found.items() if not self._is(_NOT_ASSESSED)}

    def _is(self, share: float) -> bool:
        return self._chance.random() < share

    def _harms(self) -> Answers:
        found = {
            "H0400": 2 if self._is(0.2) else 0,
            "I2300": int(self._is(_INFECTED)),
            "J1800": int(self._is(_FELL)),
            "K0300": 2 if self._is(_LOST_WEIGHT) else 0,
            "M0210": int(self._is(_ULCER)),
            **dict.fromkeys(("P0100B", "P0100C", "P0100E", "P0100F"), 0),
            "P0100G": 2 if self._is(_RESTRAINED) else 0,
        }
        if found["J1800"]:
            found["J1900C"] = int(self._is(_INJURED / _FELL))
        if found["M0210"]:
            stages = [0, 0, 0]
            stages[self._chance.choice((0, 0, 0, 1, 2))] = self._chance.choice((1, 1, 2))
            found |= dict(zip(("M0300B1", "M0300C1", "M0300D1"), stages, strict=True))
        return found

    def _told(self) -> Answers:
        """What the resident says of pain and mood; nothing where comatose."""
        if self._stays["B0100"]:
            return {"J0200": 0}
        found = {"D0200A2": 0, "D0200B2": 0, "D0300": self._chance.randint(0, 6), "J0200": 1, "J0300": 0}
        if self._is(_SAD):
            found |= {"D0200B2": 2, "D0300": self._chance.randint(10, 20)}
        if self._is(_WORSE_PAIN):
            found |= {"J0300": 1, "J0400": 1, "J0600A": self._chance.randint(5, 10)}
        elif self._is(_SOME_PAIN):
            found |= {"J0300": 1, "J0400": 3, "J0600A": self._chance.randint(1, 6)}
        return found

    def _flu(self, on: dt.date) -> Answers:
        """One answer for each season, which begins in July."""
        year = on.year + (on.month > 6)
        if on.month in _NO_FLU:
            return {}
        if self._season[0] != year:
            self._season = year, self._declined("O0250A", "O0250C", 4, 5)
        return self._season[1]

    def _declined(self, given: str, why: str, declined: int, not_offered: int) -> Answers:
        draw = self._chance.random()
        if draw < _VACCINATED:
            return {given: 1}
        return {given: 0, why: declined if draw < _VACCINATED + _DECLINED else not_offered}
