"""How many a stage takes, who is left out of it, and what each contact is sent."""

from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from services.notifications.domain.audiences.reach import LeftOut
from services.notifications.domain.campaigns.kinds import CAMPAIGN
from services.notifications.domain.campaigns.sending import Member, Portion, portion, request
from services.notifications.domain.campaigns.state import Campaign, State
from services.notifications.domain.catalogue import CATALOGUE
from shared.contracts.notifications import NoticeRequested
from shared.contracts.notifications.terms import Part
from tests.notifications.campaigns.asking import ENGLISH, SPANISH, contact_id, facts, hours, members, running
from tests.notifications.desk import NOW, Desk


def sent(desk: Desk, campaign: UUID, audience: list[Member], at_once: int) -> Portion:
    """One part, of so many contacts at once."""
    held = desk.held(CAMPAIGN, str(campaign))
    rest = [one for one in audience if held.cursor is None or str(one.contact) > str(held.cursor)]
    population = held.population
    if population is None:
        population = sum(one.left_out is None for one in audience)
    page = rest[:at_once]
    made = portion(held, population, page, desk.now, more=len(page) == at_once)
    desk.has(*made.happened)
    return made


def held(desk: Desk, campaign: UUID) -> Campaign:
    return desk.held(CAMPAIGN, str(campaign))


def test_a_stage_takes_its_share_and_the_next_waits_its_time() -> None:
    desk = Desk()
    campaign = running(desk, stages=[{"percent": 10}, {"percent": 40, "wait_hours": 24}, {"percent": 50}])
    audience = members(25)
    assert len(sent(desk, campaign, audience, 100).requests) == 3
    assert held(desk, campaign).next_at == hours(24)
    assert len(sent(desk, campaign, audience, 100).requests) == 10
    assert len(sent(desk, campaign, audience, 100).requests) == 12
    assert held(desk, campaign).state is State.FINISHED


def test_a_stage_of_a_number_takes_that_many_and_no_more() -> None:
    desk = Desk()
    campaign = running(desk, stages=[{"number": 4}, {"number": 3}])
    audience = members(20)
    assert [len(sent(desk, campaign, audience, 100).requests) for _ in range(2)] == [4, 3]
    assert held(desk, campaign).state is State.FINISHED


def test_people_who_asked_not_to_be_written_to_are_counted_and_never_in_a_stage() -> None:
    desk = Desk()
    campaign = running(desk, stages=[{"number": 2}])
    audience = members(4)
    stopped = [Member(one.contact, one.facts, one.parts, LeftOut.STOPPED) for one in audience[:2]]
    made = sent(desk, campaign, [*stopped, *audience[2:]], 100)
    assert [one.recipient.contact for one in made.requests] == [one.contact for one in audience[2:]]
    assert held(desk, campaign).left_out == {"STOPPED": 2}


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.booleans(), max_size=60),
    st.integers(1, 20),
    st.lists(st.integers(1, 100), min_size=1, max_size=5).filter(lambda parts: sum(parts) <= 100),
)
def test_however_large_the_parts_are_each_contact_is_requested_once_and_stages_take_their_share(
    written: list[bool], at_once: int, percents: list[int]
) -> None:
    desk = Desk()
    campaign = running(desk, stages=[{"percent": one} for one in percents])
    audience = [
        one if fine else Member(one.contact, one.facts, one.parts, LeftOut.NO_ADDRESS)
        for one, fine in zip(members(len(written)), written, strict=True)
    ]
    asked: list[NoticeRequested] = []
    while held(desk, campaign).state is State.RUNNING:
        asked += sent(desk, campaign, audience, at_once).requests
    wanted = [one.contact for one in audience if one.left_out is None]
    share = -(-len(wanted) * sum(percents) // 100)
    assert [one.recipient.contact for one in asked] == wanted[:share]
    assert held(desk, campaign).requested == share


def test_the_same_contact_of_the_same_campaign_is_always_the_same_notice() -> None:
    desk = Desk()
    one, other = (held(desk, running(desk)) for _ in range(2))
    member = members(1)[0]
    assert request(one, member, NOW).notice_id == request(one, member, hours(30)).notice_id
    assert request(one, member, NOW).notice_id != request(other, member, NOW).notice_id


def test_words_are_those_of_the_contacts_language_and_english_where_there_are_none() -> None:
    campaign = held(desk := Desk(), running(desk))
    for language, title in (("es", SPANISH["title"]), ("en", ENGLISH["title"]), ("vi", ENGLISH["title"])):
        member = Member(contact_id(1), facts(preferences={"language": language}), frozenset({Part.FAMILY}), None)
        assert request(campaign, member, NOW).facts["heading"] == title


def test_somebody_in_two_roles_gets_one_notice_in_the_role_that_concerns_them_most() -> None:
    campaign = held(desk := Desk(), running(desk))
    member = Member(contact_id(1), facts(), frozenset({Part.QIO_STAFF, Part.FAMILY, Part.OWNER}), None)
    assert request(campaign, member, NOW).recipient.role == "family"


def test_a_request_says_everything_its_letter_needs() -> None:
    campaign = held(desk := Desk(), running(desk))
    for kind in ("CAMPAIGN_MESSAGE", "KEY_MESSAGE"):
        asked = request(campaign.model_copy(update={"notice_type": kind}), members(1)[0], NOW)
        assert CATALOGUE[kind].missing(asked.facts) is None
