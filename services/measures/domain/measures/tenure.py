"""Community tenure: nights that beneficiaries spend at home and not in an institution."""

from typing import Final

from services.measures.domain.definitions import Aim, Definition, Per, Priority

_SOURCE: Final = (
    "Nights at home as QIN-QIOs reported them; alive and not in hospital, skilled nursing or inpatient hospice, after "
    "CBE 4555 Days at Home. The QIO contract's own definition was not found."
)
_NEEDS: Final = frozenset(("hospice", "inpatient", "snf"))
_CUSTODIAL: Final = "Nights in a nursing home that Medicare does not pay for are in no claim and count as home."

DEFINITIONS: Final = (
    Definition(
        id="community-tenure",
        specification=1,
        title="Community tenure: nights at home per 1,000 nights",
        numerator={"nights": 1, "institution_nights": -1},
        denominator=("nights",),
        per=Per.RATIO,
        scale=1000,
        better="higher",
        source=_SOURCE,
        aim=Aim.BETTER_HEALTH,
        priority=Priority.COMMUNITIES,
        needs=_NEEDS,
        note=_CUSTODIAL,
    ),
    Definition(
        id="community-tenure-strict",
        specification=1,
        title="Community tenure, strict: nights at home per 1,000 nights, observation nights not at home",
        numerator={"nights": 1, "institution_nights": -1, "observation_nights": -1},
        denominator=("nights",),
        per=Per.RATIO,
        scale=1000,
        better="higher",
        source=_SOURCE,
        aim=Aim.BETTER_HEALTH,
        priority=Priority.COMMUNITIES,
        needs=_NEEDS | {"outpatient"},
        note=_CUSTODIAL,
    ),
    Definition(
        id="non-home-nights",
        specification=1,
        title="Nights in institutions per 1,000 nights",
        numerator={"institution_nights": 1},
        denominator=("nights",),
        per=Per.RATIO,
        scale=1000,
        better="lower",
        source=_SOURCE,
        aim=Aim.BETTER_HEALTH,
        priority=Priority.COMMUNITIES,
        needs=_NEEDS,
        note=_CUSTODIAL,
    ),
)
