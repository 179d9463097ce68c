"""Made-up nursing homes in all states, with ratings in the shares CMS published in 2012."""

from collections.abc import Iterator
from random import Random

from shared.contracts.feeds import NursingHomeListed
from shared.feeds.rows import UnusableFile
from shared.feeds.sample import names
from shared.feeds.sample.places import by_state
from shared.feeds.sample.plan import Plan, share
from shared.program.ssa import CODE_BY_STATE

# Nursing homes by state, and by stars (0: not rated), in CMS's file of May 2012.
_BY_STATE = {
    "AK": 15, "AL": 228, "AR": 233, "AZ": 144, "CA": 1230, "CO": 211, "CT": 234, "DC": 19, "DE": 45, "FL": 682,
    "GA": 356, "GU": 1, "HI": 45, "IA": 443, "ID": 78, "IL": 773, "IN": 510, "KS": 343, "KY": 284, "LA": 278,
    "MA": 427, "MD": 230, "ME": 108, "MI": 425, "MN": 381, "MO": 513, "MS": 203, "MT": 84, "NC": 422, "ND": 84,
    "NE": 220, "NH": 77, "NJ": 363, "NM": 71, "NV": 51, "NY": 631, "OH": 962, "OK": 311, "OR": 137, "PA": 709,
    "PR": 7, "RI": 85, "SC": 188, "SD": 111, "TN": 321, "TX": 1196, "UT": 98, "VA": 285, "VI": 1, "VT": 39,
    "WA": 228, "WI": 393, "WV": 125, "WY": 38,
}  # fmt: skip
_STARS = {0: 127, 1: 2362, 2: 3150, 3: 3200, 4: 4174, 5: 2663}
_SPECIAL_FOCUS = 147 / 15_676
_OWNERS = {
    "For profit - Corporation": 60,
    "Non profit - Corporation": 25,
    "For profit - Partnership": 8,
    "Government - County": 7,
}

# Skilled nursing facilities have 5000 to 6499 after the state code (State Operations Manual 2779A).
_FIRST_NUMBER = 5000
_NUMBERS_PER_STATE = 1500


def homes(plan: Plan) -> Iterator[NursingHomeListed]:
    """All homes, by state and number; raises UnusableFile where a state would need more numbers than there are."""
    for state, count in sorted(share(plan.homes, _BY_STATE).items()):
        if count > _NUMBERS_PER_STATE:
            raise UnusableFile(f"A sample of {plan.homes} nursing homes needs more numbers than {state} has.")
        for number in range(count):
            ccn = f"{CODE_BY_STATE[state]}{_FIRST_NUMBER + number}"
            yield _home(plan, ccn, state, plan.chance("home", int(ccn)))


def _home(plan: Plan, ccn: str, state: str, chance: Random) -> NursingHomeListed:
    place = chance.choice(by_state()[state])
    beds = max(10, min(500, round(chance.gauss(108, 45))))
    stars = chance.choices(list(_STARS), list(_STARS.values()))[0]
    return NursingHomeListed(
        ccn=ccn,
        as_of=plan.as_of,
        name=names.home(chance),
        address=names.street(chance),
        city=place.city,
        state=state,
        zip_code=place.zip_code,
        county=place.county or None,
        ownership=chance.choices(list(_OWNERS), list(_OWNERS.values()))[0],
        certified_beds=beds,
        residents=round(beds * chance.uniform(0.6, 1.0)),
        special_focus=stars == 1 and chance.random() < _SPECIAL_FOCUS * 15_676 / _STARS[1],
        overall_rating=stars or None,
        health_inspection_rating=_near(chance, stars),
        staffing_rating=_near(chance, stars) if chance.random() > 0.03 else None,
        rn_staffing_rating=_near(chance, stars) if chance.random() > 0.03 else None,
        quality_rating=_near(chance, stars),
    )


def _near(chance: Random, stars: int) -> int | None:
    return max(1, min(5, stars + chance.choice((-1, 0, 0, 1)))) if stars else None
