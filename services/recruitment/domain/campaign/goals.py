"""The campaign's goals, as data with their source, and what is not certain of them."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from shared.contracts.recruitment.campaign_terms import CampaignGoal

# The goals before were others (eight from 2006, restraints among them; revised 2009 and 2012); none is taken on here.
SINCE: Final = dt.date(2013, 8, 1)
_NEWS: Final = "McKnight's and Long-Term Living, August 2013, on the campaign's nine goals"
_SITE: Final = "the campaign's site, nhqualitycampaign.org, page on exploring the goal of infections"


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal; ``clinical`` or else of the organisation. ``uncertain`` says what the source does not."""

    goal: CampaignGoal
    name: str
    clinical: bool
    source: str = _NEWS
    uncertain: str | None = None


GOALS: Final = {
    row.goal: row
    for row in (
        Goal(CampaignGoal.STAFF_STABILITY, "improve stability of staff", clinical=False),
        Goal(CampaignGoal.CONSISTENT_ASSIGNMENT, "use consistent assignment more", clinical=False),
        Goal(
            CampaignGoal.PERSON_CENTERED_CARE,
            "more person-centered care planning and decisions",
            clinical=False,
            uncertain="The source says person-centered care; that planning and decisions are meant is not in it.",
        ),
        Goal(CampaignGoal.HOSPITALIZATIONS, "reduce hospitalizations safely", clinical=False),
        Goal(
            CampaignGoal.MEDICATIONS,
            "use medications appropriately, antipsychotics first",
            clinical=True,
            uncertain="The source says medications; that antipsychotics come first is not in it.",
        ),
        Goal(CampaignGoal.MOBILITY, "increase residents' mobility", clinical=True),
        Goal(
            CampaignGoal.INFECTIONS,
            "prevent and manage infections safely, C. difficile first",
            clinical=True,
            source=f"{_NEWS}; for C. difficile {_SITE}",
        ),
        Goal(CampaignGoal.PRESSURE_ULCERS, "reduce pressure ulcers", clinical=True),
        Goal(CampaignGoal.PAIN, "decrease symptoms of pain", clinical=True),
    )
}
