"""What a version of a claim does, which holds, and to which family it belongs.

Action. A claim is an original (version 1) unless its type of bill or its action code says otherwise:

* CLM_FREQ_CD 8 (void) and FI_CLM_ACTN_CD 4 (cancel only), 2 and 6 (cancel by credit) cancel;
* CLM_FREQ_CD 7 (replacement), F to K, M, P (adjustments by others than the provider) and FI_CLM_ACTN_CD 3 and 5
  (debit of an adjustment), 9 (payment requested after all) adjust.

Version. Of adjustments and cancels the one processed later (NCH_WKLY_PROC_DT, PD_DT) is higher, one without a day
lowest. On one day a credit goes before its debit, and a cancel for good after both. The number follows from the claim
alone, so that deliveries may come in any order and any number of times.

Family. The claim's own FI_DOC_CLM_CNTL_NUM, or CLM_ID where it has none, names a family; an adjustment tells the
number of the claim it adjusts (FI_ORIG_CLM_CNTL_NUM) and belongs to that one's family, also where that is itself an
adjustment in the same file. Claims with one CLM_ID in a file are one family whatever their control numbers.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple

from shared.feeds.lines import Fault, Line

ORIGINAL: Final = 1

_CREDIT, _ADJUST, _CANCEL = range(3)
_WORDS: Final = {None: "original", _CREDIT: "cancel", _ADJUST: "adjust", _CANCEL: "cancel"}
_BY_CODE: Final = {
    "": None, "1": None, "7": None, "8": None, "2": _CREDIT, "6": _CREDIT, "4": _CANCEL,
    "3": _ADJUST, "5": _ADJUST, "9": _ADJUST,
}  # fmt: skip
_BY_FREQUENCY: Final = {"8": _CANCEL, **dict.fromkeys("7FGHIJKMP", _ADJUST)}
_BY_DELETION: Final = {"": None, "A": _ADJUST, "R": _ADJUST, "D": _CANCEL}


class Version(NamedTuple):
    """The action of a version and its number."""

    action: str
    number: int


class Names(NamedTuple):
    """How a claim calls itself and the claim it adjusts; blanks where it does not."""

    person: str
    claim: str
    control: str
    adjusts: str


def of_claim(line: Line, frequency: str | None, received: dt.date | None) -> Version:
    """The version of a claim; raises Fault for an action code that is none."""
    code = line.get("FI_CLM_ACTN_CD")
    if code not in _BY_CODE:
        raise Fault("FI_CLM_ACTN_CD", "not an action code (1 to 9)")
    step = _BY_CODE[code]
    return _version(_BY_FREQUENCY.get(frequency or "") if step is None else step, received)


def of_fill(line: Line, paid: dt.date | None) -> Version:
    """The version of a drug event (ADJSTMT_DLTN_CD: A adjusted, R resubmitted, D deleted); raises Fault."""
    code = line.get("ADJSTMT_DLTN_CD")
    if code not in _BY_DELETION:
        raise Fault("ADJSTMT_DLTN_CD", "not an adjustment code (A, D, R or blank)")
    return _version(_BY_DELETION[code], paid)


def families(claims: Iterable[tuple[Names, dt.date | None]]) -> dict[Names, str]:
    """The number that names the family of each claim, from their names and the days they were processed."""
    by_control: dict[tuple[str, str], str] = {}
    by_claim: dict[tuple[str, str], str] = {}
    found: dict[Names, str] = {}
    for names, _ in sorted(claims, key=lambda item: (item[0].adjusts != "", item[1] or dt.date.min, item[0])):
        person, claim, control, adjusts = names
        known = by_control.get((person, adjusts)) or by_claim.get((person, adjusts)) or by_claim.get((person, claim))
        family = known or adjusts or control or claim
        by_claim.setdefault((person, claim), family)
        if control:
            by_control.setdefault((person, control), family)
        found[names] = family
    return found


def _version(step: int | None, day: dt.date | None) -> Version:
    if step is None:
        return Version(_WORDS[step], ORIGINAL)
    return Version(_WORDS[step], ORIGINAL + 1 + len((_CREDIT, _ADJUST, _CANCEL)) * _ordinal(day) + step)


def _ordinal(day: dt.date | None) -> int:
    return 0 if day is None else day.toordinal()
