"""The names CMS has given the columns of its nursing-home provider files, from 2012 until today."""

import re
from collections.abc import Mapping, Sequence

_NAMES: Mapping[str, tuple[str, ...]] = {
    "ccn": ("ccn", "provnum", "Federal Provider Number", "CMS Certification Number (CCN)"),
    "name": ("provider_name", "provname", "Provider Name"),
    "address": ("address", "Provider Address"),
    "city": ("city", "Provider City", "City/Town"),
    "state": ("state", "Provider State"),
    "zip_code": ("zip", "Provider Zip Code", "ZIP Code"),
    "county": ("county_name", "Provider County Name", "County/Parish"),
    "ownership": ("ownership_type", "ownership"),
    "certified_beds": ("certified_beds", "bedcert", "Number of Certified Beds"),
    "residents": (
        "residents",
        "restot",
        "Number of Residents in Certified Beds",
        "Average Number of Residents per Day",
    ),
    "special_focus": ("special_focus_facility", "sff", "Special Focus Facility", "Special Focus Status"),
    "overall_rating": ("overall_rating",),
    "health_inspection_rating": ("health_inspection_rating", "survey_rating"),
    "staffing_rating": ("staffing_rating",),
    "rn_staffing_rating": ("rn_staffing_rating",),
    "quality_rating": ("qm_rating", "quality_rating"),
}
REQUIRED = ("ccn", "name", "state", "zip_code", "overall_rating")


def find(columns: Sequence[str]) -> dict[str, int]:
    """Where each of our fields stands; a field without a column is left out. Raises KeyError for none of REQUIRED."""
    where: dict[str, int] = {}
    for position, column in enumerate(columns):
        where.setdefault(_plain(column), position)
    found = {
        field: where[_plain(name)]
        for field, names in _NAMES.items()
        for name in reversed(names)
        if _plain(name) in where
    }
    missing = [field for field in REQUIRED if field not in found]
    if missing:
        raise KeyError(*missing)
    return found


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())
