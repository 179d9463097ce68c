"""The states and territories of the program: contractor areas, regions and default time zones."""

from enum import StrEnum
from typing import NamedTuple


class Qin(StrEnum):
    """The fourteen Quality Innovation Networks (QIN-QIOs) of August 2014 to July 2019."""

    ATLANTIC = "Atlantic Quality Innovation Network (IPRO)"
    ATOM = "atom Alliance (Qsource)"
    GREAT_PLAINS = "Great Plains QIN"
    HEALTHINSIGHT = "HealthInsight"
    HSAG = "Health Services Advisory Group"
    ALLIANT = "Alliant Quality (Alliant GMCF)"
    LAKE_SUPERIOR = "Lake Superior QIN"
    MOUNTAIN_PACIFIC = "Mountain-Pacific Quality Health"
    NEW_ENGLAND = "New England QIN (Healthcentric Advisors)"
    QUALIS = "Qualis Health"
    QUALITY_INSIGHTS = "Quality Insights QIN"
    TELLIGEN = "Telligen"
    TMF = "TMF QIN"
    VHQC = "VHQC"


class State(NamedTuple):
    """One state, district or territory.

    ``qin`` and ``bfcc_area`` (1-5) held from August 2014 to July 2019; ``region`` (1-10, as the HHS regions) holds
    for BFCC-QIOs after that. ``zone`` is the IANA zone most of it keeps: a facility's own zone goes before it.
    """

    code: str
    name: str
    qin: Qin
    bfcc_area: int
    region: int
    zone: str


# Sources. QIN: qioprogram.org for the number of networks and for Telligen; the other lists
# are unconfirmed, but disjoint and complete. BFCC areas: unconfirmed, in line with the published counts of states.
# Regions 1-10: published BFCC-QIO region map.
_ROWS = (
    State("AL", "Alabama", Qin.ATOM, 3, 4, "America/Chicago"),
    State("AK", "Alaska", Qin.MOUNTAIN_PACIFIC, 5, 10, "America/Anchorage"),
    State("AZ", "Arizona", Qin.HSAG, 5, 9, "America/Phoenix"),
    State("AR", "Arkansas", Qin.TMF, 3, 6, "America/Chicago"),
    State("CA", "California", Qin.HSAG, 5, 9, "America/Los_Angeles"),
    State("CO", "Colorado", Qin.TELLIGEN, 3, 8, "America/Denver"),
    State("CT", "Connecticut", Qin.NEW_ENGLAND, 1, 1, "America/New_York"),
    State("DE", "Delaware", Qin.QUALITY_INSIGHTS, 2, 3, "America/New_York"),
    State("DC", "District of Columbia", Qin.ATLANTIC, 2, 3, "America/New_York"),
    State("FL", "Florida", Qin.HSAG, 2, 4, "America/New_York"),
    State("GA", "Georgia", Qin.ALLIANT, 2, 4, "America/New_York"),
    State("HI", "Hawaii", Qin.MOUNTAIN_PACIFIC, 5, 9, "Pacific/Honolulu"),
    State("ID", "Idaho", Qin.QUALIS, 5, 10, "America/Boise"),
    State("IL", "Illinois", Qin.TELLIGEN, 4, 5, "America/Chicago"),
    State("IN", "Indiana", Qin.ATOM, 4, 5, "America/Indiana/Indianapolis"),
    State("IA", "Iowa", Qin.TELLIGEN, 4, 7, "America/Chicago"),
    State("KS", "Kansas", Qin.GREAT_PLAINS, 4, 7, "America/Chicago"),
    State("KY", "Kentucky", Qin.ATOM, 3, 4, "America/New_York"),
    State("LA", "Louisiana", Qin.QUALITY_INSIGHTS, 3, 6, "America/Chicago"),
    State("ME", "Maine", Qin.NEW_ENGLAND, 1, 1, "America/New_York"),
    State("MD", "Maryland", Qin.VHQC, 2, 3, "America/New_York"),
    State("MA", "Massachusetts", Qin.NEW_ENGLAND, 1, 1, "America/New_York"),
    State("MI", "Michigan", Qin.LAKE_SUPERIOR, 4, 5, "America/Detroit"),
    State("MN", "Minnesota", Qin.LAKE_SUPERIOR, 4, 5, "America/Chicago"),
    State("MS", "Mississippi", Qin.ATOM, 3, 4, "America/Chicago"),
    State("MO", "Missouri", Qin.TMF, 4, 7, "America/Chicago"),
    State("MT", "Montana", Qin.MOUNTAIN_PACIFIC, 3, 8, "America/Denver"),
    State("NE", "Nebraska", Qin.GREAT_PLAINS, 4, 7, "America/Chicago"),
    State("NV", "Nevada", Qin.HEALTHINSIGHT, 5, 9, "America/Los_Angeles"),
    State("NH", "New Hampshire", Qin.NEW_ENGLAND, 1, 1, "America/New_York"),
    State("NJ", "New Jersey", Qin.QUALITY_INSIGHTS, 1, 2, "America/New_York"),
    State("NM", "New Mexico", Qin.HEALTHINSIGHT, 3, 6, "America/Denver"),
    State("NY", "New York", Qin.ATLANTIC, 1, 2, "America/New_York"),
    State("NC", "North Carolina", Qin.ALLIANT, 2, 4, "America/New_York"),
    State("ND", "North Dakota", Qin.GREAT_PLAINS, 3, 8, "America/Chicago"),
    State("OH", "Ohio", Qin.HSAG, 4, 5, "America/New_York"),
    State("OK", "Oklahoma", Qin.TMF, 3, 6, "America/Chicago"),
    State("OR", "Oregon", Qin.HEALTHINSIGHT, 5, 10, "America/Los_Angeles"),
    State("PA", "Pennsylvania", Qin.QUALITY_INSIGHTS, 1, 3, "America/New_York"),
    State("PR", "Puerto Rico", Qin.TMF, 1, 2, "America/Puerto_Rico"),
    State("RI", "Rhode Island", Qin.NEW_ENGLAND, 1, 1, "America/New_York"),
    State("SC", "South Carolina", Qin.ATLANTIC, 2, 4, "America/New_York"),
    State("SD", "South Dakota", Qin.GREAT_PLAINS, 3, 8, "America/Chicago"),
    State("TN", "Tennessee", Qin.ATOM, 3, 4, "America/Chicago"),
    State("TX", "Texas", Qin.TMF, 3, 6, "America/Chicago"),
    State("UT", "Utah", Qin.HEALTHINSIGHT, 3, 8, "America/Denver"),
    State("VT", "Vermont", Qin.NEW_ENGLAND, 1, 1, "America/New_York"),
    State("VI", "U.S. Virgin Islands", Qin.HSAG, 1, 2, "America/St_Thomas"),
    State("VA", "Virginia", Qin.VHQC, 2, 3, "America/New_York"),
    State("WA", "Washington", Qin.QUALIS, 5, 10, "America/Los_Angeles"),
    State("WV", "West Virginia", Qin.QUALITY_INSIGHTS, 2, 3, "America/New_York"),
    State("WI", "Wisconsin", Qin.LAKE_SUPERIOR, 4, 5, "America/Chicago"),
    State("WY", "Wyoming", Qin.MOUNTAIN_PACIFIC, 3, 8, "America/Denver"),
    State("GU", "Guam", Qin.MOUNTAIN_PACIFIC, 5, 9, "Pacific/Guam"),
    State("AS", "American Samoa", Qin.MOUNTAIN_PACIFIC, 5, 9, "Pacific/Pago_Pago"),
    State("MP", "Northern Mariana Islands", Qin.MOUNTAIN_PACIFIC, 5, 9, "Pacific/Saipan"),
)
STATES = {row.code: row for row in _ROWS}

# Served together with Hawaii; the area is not confirmed by a source.
PACIFIC_TERRITORIES = frozenset({"GU", "AS", "MP"})
