"""What the claims of a year say about chronic conditions, short enough to be kept in the head of a person.

A year's evidence is a row for each condition: its number, the months (bits, January first) in which a finding of its
own is enough or findings of two days came, and the months with a finding of one outpatient day. So the conditions of
any month follow from the heads of that year and the years its look-back reaches, without their chunks.
"""

from collections.abc import Collection, Iterable, Mapping

from services.measures.domain.conditions import BEHAVIOURAL, NUMBER, enough, is_behavioural, look_back
from services.measures.domain.days import month_of
from services.measures.domain.timeline import Claim, Setting
from services.measures.domain.values import CHRONIC, ValueSets

Evidence = tuple[tuple[int, int, int], ...]
YEARS_BACK = 3  # calendar years before its own that a look-back of 36 months can reach into

_ALONE = frozenset((Setting.INPATIENT, Setting.SNF, Setting.HOME_HEALTH))
_MONTHS = 12


def gather(claims: Iterable[Claim], death: int, values: ValueSets) -> Evidence:
    """The evidence of the claims of one year; cancelled ones, notices, hospice and claims after death say nothing."""
    strong: dict[int, int] = {}
    days: dict[tuple[int, int], set[int]] = {}
    for claim in claims:
        if claim.cancelled or not claim.diagnoses or (death and claim.first > death):
            continue
        if claim.setting in _ALONE:
            bit = 1 << month_of(claim.first) % 100 - 1
            for number in _conditions(claim.diagnoses, values):
                strong[number] = strong.get(number, 0) | bit
        elif claim.setting == Setting.OUTPATIENT:
            month = month_of(claim.first) % 100
            for number in _conditions(claim.diagnoses, values):
                days.setdefault((number, month), set()).add(claim.first)
    if not strong and not days:
        return ()
    weak: dict[int, int] = {}
    for (number, month), found in days.items():
        kept = strong if len(found) > 1 else weak
        kept[number] = kept.get(number, 0) | 1 << month - 1
    return tuple(
        (number, strong.get(number, 0), weak.get(number, 0) & ~strong.get(number, 0))
        for number in sorted(strong.keys() | weak.keys())
    )


def _conditions(codes: Iterable[str], values: ValueSets) -> set[int]:
    found = set()
    for code in codes:
        for name in values.of(CHRONIC, code):
            number = NUMBER.get(name)
            if number is not None:
                found.add(number)
        if is_behavioural(code):
            found.add(BEHAVIOURAL)
    return found


def held_in(year: int, evidence: Mapping[int, Evidence], marked: Collection[int]) -> tuple[frozenset[int], ...]:
    """The conditions of each month of a year; ``marked`` are those the enrolment of that year names itself."""
    found: list[set[int]] = [set(marked) for _ in range(_MONTHS)]
    months: dict[int, tuple[int, int]] = {}
    for back in range(YEARS_BACK + 1):
        shift = (YEARS_BACK - back) * _MONTHS
        for number, strong, weak in evidence.get(year - back, ()):
            known = months.get(number, (0, 0))
            months[number] = (known[0] | strong << shift, known[1] | weak << shift)
    for number, (strong, weak) in months.items():
        window, least = (1 << look_back(number)) - 1, enough(number)
        for month in range(_MONTHS):
            # The window ends with this month: its highest bit is the month itself.
            lowest = YEARS_BACK * _MONTHS + month + 1 - look_back(number)
            in_strong, in_weak = strong >> lowest & window, weak >> lowest & window
            if 2 * in_strong.bit_count() + in_weak.bit_count() >= least:
                found[month].add(number)
    return tuple(frozenset(each) for each in found)
