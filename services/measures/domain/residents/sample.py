"""Which assessments speak for a long-stay resident in a quarter: target, prior, look-back scan and influenza season.

MDS 3.0 Quality Measures User's Manual, chapter 1, sections 1, 2 and 4.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from services.measures.domain import periods
from services.measures.domain.residents.episodes import LONG_STAY, Episode, episode_on
from services.measures.domain.residents.life import Assessment, Life
from shared.contracts.compiled_residents import ResidentAssessed

TARGET_DAYS: Final = 120
SCAN_DAYS: Final = 275
PRIOR_DAYS: Final = (46, 165)
LAST: Final = dt.date(2023, 9, 30).toordinal()
"""From October 2023 on MDS has other items (section GG for G0110), and these definitions say nothing of it."""


@dataclass(frozen=True, slots=True)
class Selected:
    """``scan`` are the target and those before it; ``season`` is the last one of the influenza season, if there is."""

    target: ResidentAssessed
    prior: ResidentAssessed | None
    scan: tuple[ResidentAssessed, ...]
    season: ResidentAssessed | None

    @property
    def on_admission(self) -> bool:
        """Whether the target is an admission, 5-day or readmission assessment, too early to speak for the home."""
        return self.target.A0310A == "01" or self.target.A0310B in {"01", "06"}


def select(life: Life, quarter: str, today: int) -> Selected | None:
    """The assessments of the resident's latest episode in the quarter, as of its end or of today if that is earlier.

    None where the resident was not there for 101 days by then, or no assessment of the last 120 days is known.
    """
    first, last = periods.begin(quarter).toordinal(), min(periods.end(quarter).toordinal(), today)
    episode = episode_on(life, last)
    if episode is None or episode.end < first or episode.days < LONG_STAY:
        return None
    within = [one for one in life.assessments if episode.start <= one.day <= episode.end]
    if not within or episode.end - within[-1].day > TARGET_DAYS or within[-1].day > LAST:
        return None
    target, (least, most) = within[-1], PRIOR_DAYS
    prior = [one.items for one in within if least <= target.day - one.day <= most]
    return Selected(
        target=target.items,
        prior=prior[-1] if prior else None,
        scan=tuple(one.items for one in within if target.day - one.day <= SCAN_DAYS),
        season=_season(quarter, episode, within),
    )


def _season(quarter: str, episode: Episode, within: list[Assessment]) -> ResidentAssessed | None:
    """The last assessment from October to June of the season most recently completed when the quarter ends.

    The season is October to March; who came after it is not asked about. MDS asks until June.
    """
    year = periods.end(quarter).year
    opens, closes, asked = dt.date(year - 1, 10, 1), dt.date(year, 3, 31), dt.date(year, 6, 30)
    if episode.start > closes.toordinal():
        return None
    told = [one.items for one in within if opens.toordinal() <= one.day <= asked.toordinal()]
    return told[-1] if told else None
