"""Who is in an audience and who is left out of what is sent to it: pure."""

import datetime as dt

import pytest

from services.notifications.domain.audiences.estimates import Alike, estimate
from services.notifications.domain.audiences.matching import is_meant, parts_in
from services.notifications.domain.audiences.reach import WAYS, LeftOut, channel, left_out
from services.notifications.domain.audiences.recipients import role
from services.notifications.domain.catalogue import CATALOGUE
from shared.contracts.notifications.campaigns import Audience
from shared.contracts.notifications.contacts import ContactFacts
from shared.contracts.notifications.terms import Channel, Part
from tests.notifications.audiences.world import TODAY, holding
from tests.notifications.campaigns.asking import facts

ROSTER = {
    "facility:1": frozenset({"state:MA", "setting:NURSING_HOME", "cohort:B", "measure:falls:signalled"}),
    "facility:2": frozenset({"state:MA", "setting:HOSPITAL", "cohort:B"}),
    "facility:3": frozenset({"state:RI", "setting:NURSING_HOME", "cohort:A", "measure:falls:signalled"}),
    "community:c1": frozenset({"state:MA"}),
}


def meant(audience: Audience, contact: ContactFacts, *lists: str, on: dt.date = TODAY) -> bool:
    return is_meant(audience, contact.holds, frozenset(lists), ROSTER, on)


def test_homes_in_cohort_b_whose_falls_rate_signalled_are_an_audience() -> None:
    audience = Audience(cohorts=("B",), measures=("falls:signalled",))
    assert [meant(audience, holding(("OWNER", f"facility:{n}"))) for n in (1, 2, 3)] == [True, False, False]


@pytest.mark.parametrize("part", [Part.FRONTLINE, Part.CAREGIVER, Part.OWNER, Part.RESIDENT, Part.FAMILY])
def test_frontline_staff_caregivers_owners_residents_and_families_are_each_an_audience_of_their_own(part: Part) -> None:
    audience = Audience(parts=(part,))
    assert [one for one in Part if meant(audience, holding((one, "facility:1")))] == [part]


def test_part_and_place_must_be_of_the_same_post() -> None:
    owners_in_ma = Audience(parts=(Part.OWNER,), states=("MA",))
    assert meant(owners_in_ma, holding(("OWNER", "facility:1")))
    assert not meant(owners_in_ma, holding(("OWNER", "facility:3"), ("FRONTLINE", "facility:1")))


def test_a_part_counts_from_its_first_day_until_it_ended() -> None:
    held = [{"part": "OWNER", "place": "state:MA", "since": "2015-02-01", "until": "2015-03-01"}]
    audience = Audience(states=("MA",))
    days = ("2015-01-31", "2015-02-01", "2015-02-28", "2015-03-01")
    found = [meant(audience, facts(holds=held), on=dt.date.fromisoformat(day)) for day in days]
    assert found == [False, True, True, False]


def test_a_place_has_the_trait_it_is_named_by_and_what_the_roster_adds() -> None:
    lead = holding(("COMMUNITY_LEADER", "community:c1"))
    assert meant(Audience(communities=("c1",)), lead)
    assert meant(Audience(communities=("c1",), states=("MA",)), lead)
    assert not meant(Audience(communities=("c1",), states=("RI",)), lead)
    assert meant(Audience(communities=("c9",)), holding(("COMMUNITY_LEADER", "community:c9")))


def test_a_list_is_an_audience_by_itself_and_narrows_any_other() -> None:
    assert meant(Audience(lists=("updates",)), facts(), "updates")
    assert not meant(Audience(lists=("updates",)), facts(), "falls")
    owners = Audience(parts=(Part.OWNER,), lists=("updates",))
    assert not meant(owners, facts(), "updates")
    assert not meant(owners, holding(("OWNER", "facility:1")))
    assert meant(owners, holding(("OWNER", "facility:1")), "updates")


def test_somebody_in_two_parts_is_meant_in_both() -> None:
    both = holding(("OWNER", "facility:1"), ("FAMILY", "facility:2"))
    assert parts_in(Audience(states=("MA",)), both.holds, ROSTER, TODAY) == {Part.OWNER, Part.FAMILY}


def test_the_reasons_for_leaving_somebody_out_come_in_their_order() -> None:
    gone = facts(stopped=True, addresses={})
    assert left_out(gone, "updates", frozenset()) is LeftOut.STOPPED
    assert left_out(facts(addresses={}), "updates", frozenset()) is LeftOut.NOT_SUBSCRIBED
    assert left_out(facts(addresses={}), "updates", frozenset({"updates"})) is LeftOut.NO_ADDRESS
    assert left_out(facts(), None, frozenset()) is None


def test_the_way_is_the_one_they_like_best_of_those_with_an_address() -> None:
    home = {"lines": ["1 Main St"], "city": "Boston", "state": "MA", "zip_code": "02101"}
    both = {"email": "a@b.example", "postal": home}
    assert channel(facts(addresses=both)) is Channel.EMAIL
    assert channel(facts(addresses=both, preferences={"channels": ["letter"]})) is Channel.LETTER
    assert channel(facts(addresses={"email": "a@b.example"}, preferences={"channels": ["letter"]})) is Channel.EMAIL
    assert channel(facts(addresses={"phone": "1-866-555-0100"})) is None


@pytest.mark.parametrize("kind", ["CAMPAIGN_MESSAGE", "KEY_MESSAGE"])
def test_the_ways_of_the_estimate_are_those_of_the_notice_type(kind: str) -> None:
    assert tuple(WAYS) == CATALOGUE[kind].channels


@pytest.mark.parametrize("kind", ["CAMPAIGN_MESSAGE", "KEY_MESSAGE"])
def test_there_is_a_letter_for_whatever_part_somebody_is_meant_in(kind: str) -> None:
    for parts in (*(frozenset({one}) for one in Part), frozenset[Part]()):
        for organisation in (False, True):
            assert CATALOGUE[kind].letter(role(parts, organisation=organisation)) is not None


def test_an_estimate_tells_who_is_written_to_how_and_who_is_left_out() -> None:
    both, staff = frozenset({Part.OWNER, Part.FAMILY}), frozenset({Part.QIO_STAFF})
    made = estimate(
        [
            Alike(both, Channel.EMAIL, "en", None, 5),
            Alike(frozenset({Part.OWNER}), Channel.LETTER, "es", None, 3),
            Alike(both, None, "en", LeftOut.NO_ADDRESS, 2),
            Alike(staff, Channel.EMAIL, "en", None, 4),
            Alike(staff, Channel.EMAIL, "en", LeftOut.STOPPED, 1),
        ]
    )
    assert (made.total, made.reached, made.only_staff) == (15, 12, 4)
    assert made.by_part == {"FAMILY": 5, "OWNER": 8, "QIO_STAFF": 4}
    assert made.by_channel == {"email": 9, "letter": 3}
    assert made.by_language == {"en": 9, "es": 3}
    assert made.left_out == {"NO_ADDRESS": 2, "STOPPED": 1}
