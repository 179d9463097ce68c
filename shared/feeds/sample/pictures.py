"""The clinical picture of a made-up hospital stay: diagnoses with present-on-admission, procedures, leave, DRG."""

import datetime as dt
from random import Random
from typing import Final, NamedTuple

from shared.feeds.person_time import Span
from shared.feeds.sample import codes
from shared.feeds.sample.drugs import ANTICOAGULANT, DIABETIC, OPIOID
from shared.feeds.sample.exposure import Supplies, at_hand
from shared.feeds.sample.profiles import Profile
from shared.feeds.sample.stays import DIED, Stay


class Cause(NamedTuple):
    """Why someone is in hospital: principal diagnosis, what always comes with it, procedures, DRG where it sets one."""

    principal: str
    others: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    drg: str | None = None


class Picture(NamedTuple):
    """What a bill says of a stay; ``poa`` has a character for each diagnosis, ``drg`` is one that overrides."""

    diagnoses: tuple[str, ...]
    poa: str
    procedures: tuple[str, ...] = ()
    drg: str | None = None
    leave: tuple[Span, ...] = ()


_HIP: Final = Cause("M1611", (), ("0SR9019",))
_BY_FAMILY: Final = (
    (("291", "292", "293"), (Cause("I5023"), Cause("I5033"), Cause("I509"))),
    (("193", "194", "195"), (Cause("J189"), Cause("J159"))),
    (("190", "191", "192"), (Cause("J441"), Cause("J440"))),
    (("682", "683", "684"), (Cause("N179"), Cause("N170", (), ("5A1D60Z",)))),
    (("377", "378", "379"), (Cause("K922", (), ("30233N1",)), Cause("K5731"), Cause("K2971", (), ("0DJ08ZZ",)))),
    (("871", "872"), (Cause("A419"), Cause("A4151"))),
    (("689", "690"), (Cause("N390"), Cause("N10"))),
    (("469", "470"), (_HIP, Cause("M1711", (), ("0SRC0J9",)), Cause("S72011A", (), ("0SR9019",)))),
    (("312",), (Cause("R55"),)),
    (("313",), (Cause("R079"), Cause("R0789"))),
)
_BY_DRG: Final = {drg: causes for drgs, causes in _BY_FAMILY for drg in drgs}
_OTHERS: Final = (
    Cause("F329", (), (), "881"),
    Cause("E1165", (), (), "638"),
    Cause("E860", (), (), "641"),
    Cause("I2510", (), (), "303"),
    Cause("I639", (), (), "065"),
    Cause("G309", (), (), "057"),
    Cause("C3490", (), (), "181"),
    Cause("C189", (), ("0DTF0ZZ",), "330"),
    Cause("N184", (), (), "683"),
)
_PLANNED: Final = (
    Cause("Z5111", ("C3490",), ("3E03305",), "847"),
    _HIP._replace(drg="470"),
    Cause("N186", (), ("0TY00Z0",), "652"),
)
ADVERSE: Final = {
    ANTICOAGULANT: (Cause("D6832", ("T45515A",), (), "813"), Cause("K922", ("D6832", "T45515A"), (), "378")),
    DIABETIC: (Cause("E11649", ("T383X5A",), (), "639"), Cause("E160", ("T383X5A",), (), "644")),
    OPIOID: (Cause("J9601", ("T402X5A",), (), "189"), Cause("K5900", ("T402X5A",), (), "392")),
}
OF_CONDITION: Final = {
    codes.HYPERTENSION: "I10",
    codes.LIPIDS: "E785",
    codes.JOINTS: "M1990",
    codes.ISCHEMIC: "I2510",
    codes.DIABETES: "E119",
    codes.KIDNEY: "N183",
    codes.DEPRESSION: "F329",
    codes.HEART_FAILURE: "I509",
    codes.COPD: "J449",
    codes.FIBRILLATION: "I4891",
    codes.THYROID: "E039",
    codes.ANAEMIA: "D649",
    codes.PROSTATE: "N400",
    codes.BONES: "M810",
    codes.ASTHMA: "J45909",
    codes.STROKE: "G459",
    codes.ALZHEIMERS: "G309",
    codes.DEMENTIA: "F0390",
    codes.LUNG_CANCER: "C3490",
    codes.BOWEL_CANCER: "C189",
}

_WITHIN: Final = 30
_ADVERSE, _PLANNED_SHARE, _OTHER = 0.10, 0.08, 0.10
_HOSPITAL_ACQUIRED: Final = 0.01
_MENTIONED, _LONG_TERM_USE = 0.55, 0.7
_MOST: Final = 12


class Chart:
    """Keeps what was found in the person's stays so far; ask for them in the order of time."""

    def __init__(self, profile: Profile, supplies: Supplies, chance: Random) -> None:
        self._profile = profile
        self._supplies = supplies
        self._chance = chance
        self._left: dt.date | None = None
        self._exposed: dict[str, str] = {}

    def of(self, stay: Stay, drg: str) -> Picture:
        """The picture of a stay grouped to ``drg``, which another cause may override."""
        picture = self._picture(self._cause(stay, drg), stay)
        if stay.acute and stay.status != DIED:
            self._left, self._exposed = stay.discharge, at_hand(self._supplies, stay.discharge)
        return picture

    def _cause(self, stay: Stay, drg: str) -> Cause:
        chance = self._chance
        back = stay.acute and self._left is not None and 0 <= (stay.admission - self._left).days <= _WITHIN
        draw = chance.random()
        if back and self._exposed and draw < _ADVERSE:
            return chance.choice(ADVERSE[chance.choice(sorted(self._exposed))])
        if back and _ADVERSE <= draw < _ADVERSE + _PLANNED_SHARE:
            return chance.choice(_PLANNED)
        if stay.acute and draw >= 1 - _OTHER:
            return chance.choice(_OTHERS)
        return chance.choice(_BY_DRG[drg])

    def _picture(self, cause: Cause, stay: Stay) -> Picture:
        chance = self._chance
        diagnoses = [cause.principal, *cause.others]
        marks = ["Y"] * len(diagnoses)
        for name in self._profile.conditions:
            if chance.random() < _MENTIONED:
                diagnoses.append(OF_CONDITION[name])
                marks.append("Y")
        if chance.random() < 0.25:
            diagnoses.append(chance.choice(("E876", "D649", "N179", "N390")))
            marks.append(chance.choice("YYNU"))
        if chance.random() < _HOSPITAL_ACQUIRED:
            diagnoses += ("D6832", "T45515A")
            marks += "NN"
        for code in sorted(set(at_hand(self._supplies, stay.admission).values())):
            if code and chance.random() < _LONG_TERM_USE:
                diagnoses.append(code)
                marks.append("1")  # exempt from reporting
        told = dict(zip(reversed(diagnoses), reversed(marks), strict=True))  # of a code named twice the first mark
        kept = tuple(dict.fromkeys(diagnoses))[:_MOST]
        poa = "".join(told[code] for code in kept)
        return Picture(kept, poa, cause.procedures, cause.drg, self._leave(stay))

    def _leave(self, stay: Stay) -> tuple[Span, ...]:
        """One or two nights away in the middle of a long stay."""
        nights = (stay.discharge - stay.admission).days
        if nights < 8 or self._chance.random() >= (0.01 if stay.acute else 0.08):
            return ()
        first = stay.admission + dt.timedelta(days=self._chance.randint(2, nights - 4))
        return ((first, first + dt.timedelta(days=self._chance.randint(0, 1))),)
