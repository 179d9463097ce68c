"""Communities: exact sets of areas that never overlap, in versions."""

import pytest

from services.recruitment.domain.communities.areas import MOST_REASONS
from services.recruitment.domain.communities.kinds import AREA_MAP, COMMUNITY, THE_MAP
from shared.contracts.recruitment.communities import CommunityDefined, DefineCommunity
from shared.messaging.handling import Accepted, Refused
from shared.program.ssa import areas_of_state
from shared.program.zips import known_zips
from tests.recruitment.desk import Desk
from tests.recruitment.support import define


def run(*commands: DefineCommunity) -> tuple[list[Accepted | Refused], Desk]:
    desk = Desk()
    return [desk.ask(command) for command in commands], desk


def event(decision: Accepted | Refused) -> CommunityDefined:
    assert isinstance(decision, Accepted)
    (emit,) = decision.events
    assert isinstance(emit.event, CommunityDefined)
    assert emit.key == emit.event.community
    return emit.event


def reasons(decision: Accepted | Refused) -> list[tuple[str, str | None]]:
    assert isinstance(decision, Refused)
    return [(reason.code, reason.field) for reason in decision.reasons]


def test_a_community_is_defined_and_redefined_in_versions() -> None:
    decisions, held = run(
        define("aa", "zip:02140", "zip:02139"),
        define("aa", "zip:02140", "zip:02141"),
        define("aa", "zip:02140", name="B"),
    )
    assert [(event(decision).version, event(decision).areas) for decision in decisions] == [
        (1, ("zip:02139", "zip:02140")),
        (2, ("zip:02140", "zip:02141")),
        (3, ("zip:02140",)),
    ]
    assert held.held(COMMUNITY, "aa").version == 3


def test_asking_for_what_holds_changes_nothing() -> None:
    decisions, held = run(define("aa", "zip:02140", "zip:02139"), define("aa", "zip:02139", "zip:02140"))
    assert isinstance(decisions[1], Accepted)
    assert decisions[1].made["changed"] is False
    assert not decisions[1].events
    assert held.held(COMMUNITY, "aa").version == 1


def test_an_area_of_another_community_is_refused_until_that_one_gives_it_up() -> None:
    decisions, held = run(
        define("aa", "zip:02139", "zip:02140"),
        define("bb", "zip:02141", "zip:02140"),
        define("aa", "zip:02139"),
        define("bb", "zip:02141", "zip:02140"),
    )
    assert reasons(decisions[1]) == [("AREA_TAKEN", "areas[1]")]
    assert event(decisions[3]).areas == ("zip:02140", "zip:02141")
    assert held.held(AREA_MAP, THE_MAP).holders == {"zip:02139": "aa", "zip:02140": "bb", "zip:02141": "bb"}
    assert held.again() == held.records


@pytest.mark.parametrize(
    ("areas", "expected"),
    [
        (("zip:02139", "zip:99999"), [("ZIP_UNKNOWN", "areas[1]")]),
        (("zip:02139", "zip:02139"), [("AREA_REPEATED", "areas[1]")]),
        (("zip:99999", "ssa:22090", "ssa:22090"), [("ZIP_UNKNOWN", "areas[0]"), ("AREA_REPEATED", "areas[2]")]),
    ],
)
def test_wrong_areas_are_named_by_their_place(areas: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    decisions, held = run(define("aa", *areas))
    assert reasons(decisions[0]) == expected
    assert not held.records


def test_a_state_is_all_its_counties_and_a_clash_names_twenty_places_at_most() -> None:
    state = areas_of_state("22")
    decisions, _ = run(define("ma", *state), define("boston", *state))
    assert len(event(decisions[0]).areas) == 1_000
    assert {"ssa:22000", "ssa:22090", "ssa:22999"} <= set(event(decisions[0]).areas)
    assert len(reasons(decisions[1])) == MOST_REASONS


def test_zip_codes_of_states_territories_and_forces_are_known() -> None:
    # Cambridge, Massachusetts; Hagatna, Guam; an Air Force post office; Palau.
    assert {"02139", "96910", "09009", "96940"} <= known_zips()
    assert not {"99999", "00000", ""} & known_zips()
