"""What surveys tell: counts by month and group of cases, without any small number (CMS cell size policy).

No count of 1 to 10 is shown. How many answered is told once for a month and group, and no sum over groups or months; of
each question the six ways to meet it (five scores, or no score) add up to it, so that with a small count as many others
are withheld as are needed for what is withheld not to be small together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pydantic import BaseModel

from services.notifications.domain.engagement.questions import SURVEYS
from shared.contracts.notifications.engagement import SurveyFacts, SurveyGroup

SMALLEST: Final = 11
NO_SCORE: Final = "none"
BINS: Final = ("1", "2", "3", "4", "5", NO_SCORE)


class Counted(BaseModel):
    """The scores of one question; None: withheld."""

    question: str
    counts: dict[str, int | None]


class Result(BaseModel):
    """What came back in one month for one group of cases in one version; None: fewer than 11 answered."""

    month: str
    group: SurveyGroup
    version: str
    answered: int | None
    questions: tuple[Counted, ...]


def results(answers: Iterable[SurveyFacts]) -> list[Result]:
    """Results by month of the answer, group and version."""
    cells: dict[tuple[str, SurveyGroup, str], list[SurveyFacts]] = defaultdict(list)
    for one in answers:
        cells[f"{one.answered_on:%Y-%m}", one.group, one.version].append(one)
    return [_result(month, group, version, found) for (month, group, version), found in sorted(cells.items())]


def _result(month: str, group: SurveyGroup, version: str, answers: Sequence[SurveyFacts]) -> Result:
    if len(answers) < SMALLEST:
        return Result(month=month, group=group, version=version, answered=None, questions=())
    asked = (one.id for one in SURVEYS.get(version, ()) if one.scored)
    counted = tuple(Counted(question=one, counts=shown(_bins(one, answers))) for one in asked)
    return Result(month=month, group=group, version=version, answered=len(answers), questions=counted)


def _bins(question: str, answers: Sequence[SurveyFacts]) -> Mapping[str, int]:
    found = Counter(str(one.scores[question]) if question in one.scores else NO_SCORE for one in answers)
    return {name: found[name] for name in BINS}


def shown(bins: Mapping[str, int]) -> dict[str, int | None]:
    """The counts with the small ones withheld, and the next smallest until together they are not small.

    Where one of those alone is withheld, or the withheld ones add up to less than 11, it could be worked out from the
    sum, which is told.
    """
    withheld = {name for name, count in bins.items() if 0 < count < SMALLEST}
    if withheld:
        others = sorted((count, name) for name, count in bins.items() if name not in withheld and count)
        for _, name in others:
            if len(withheld) > 1 and sum(bins[one] for one in withheld) >= SMALLEST:
                break
            withheld.add(name)
    return {name: None if name in withheld else count for name, count in bins.items()}
