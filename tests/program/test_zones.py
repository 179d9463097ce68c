"""A facility's clock: override, then ZIP code, then the state's default zone."""

from zoneinfo import ZoneInfo

import pytest

from shared.program.states import STATES
from shared.program.zones import ZoneError, facility_zone


@pytest.mark.parametrize(
    ("state", "zip_code", "zone"),
    [
        ("IL", "60601", "America/Chicago"),
        ("FL", "32401", "America/Chicago"),  # Panama City: the panhandle keeps Central Time
        ("FL", "33101", "America/New_York"),
        ("TX", "79901", "America/Denver"),  # El Paso
        ("TN", "37902", "America/New_York"),  # Knoxville
        ("OR", "97914", "America/Boise"),  # Ontario, Malheur County
        ("AZ", "85001", "America/Phoenix"),
        ("GU", "96910", "Pacific/Guam"),
    ],
)
def test_the_zip_code_decides_in_states_with_two_zones(state: str, zip_code: str, zone: str) -> None:
    assert facility_zone(state, zip_code) == zone


def test_a_zip_code_not_in_the_list_falls_back_to_the_state() -> None:
    assert facility_zone("IL", "00000") == "America/Chicago"


def test_a_zip_code_whose_listed_zone_is_no_zone_falls_back_to_the_state() -> None:
    assert facility_zone("AK", "99634") == "America/Anchorage"


def test_what_the_facility_says_goes_before_everything() -> None:
    assert facility_zone("FL", "33101", "America/Chicago") == "America/Chicago"


@pytest.mark.parametrize(
    ("state", "zip_code", "override", "code"),
    [
        ("ZZ", None, None, "UNKNOWN_STATE"),
        ("IL", "10001", None, "ZIP_IN_OTHER_STATE"),
        ("IL", None, "America", "UNKNOWN_ZONE"),
        ("IL", None, "../etc/passwd", "UNKNOWN_ZONE"),
        ("IL", None, "Central", "UNKNOWN_ZONE"),
    ],
)
def test_a_place_that_leads_nowhere_is_refused(
    state: str, zip_code: str | None, override: str | None, code: str
) -> None:
    with pytest.raises(ZoneError) as refused:
        facility_zone(state, zip_code, override)
    assert refused.value.code == code


@pytest.mark.parametrize("state", sorted(STATES))
def test_every_default_zone_exists(state: str) -> None:
    ZoneInfo(facility_zone(state))
