"""Addresses: what comes back decides whether they are used again, and nothing of them is told."""

import datetime as dt
from uuid import UUID, uuid5

import pytest

from services.notifications.domain.addresses.ids import REACH, AddressIds, normal
from services.notifications.domain.addresses.marking import usable
from services.notifications.domain.catalogue.kind import Category
from services.notifications.domain.lists.allowed import Unwanted, may_write
from services.notifications.domain.lists.state import Subscription
from shared.contracts.notifications.lists import (
    REMEMBERED,
    AddressMarked,
    Bounce,
    ClearAddress,
    Mark,
    Reach,
    ReportBounce,
    ReportComplaint,
    ReportReturnedMail,
    SaidBy,
)
from shared.contracts.notifications.notices import ReturnReason
from shared.contracts.notifications.terms import Channel
from shared.messaging.keyring import Keyring
from tests.notifications.lists.desk import ANA, BEN, DAY, EMAIL, IDS, LIST, NOTICE, ListDesk, facts

MAIL = IDS.of(Reach.EMAIL, EMAIL)


def notice(number: int) -> UUID:
    return uuid5(NOTICE, str(number))


def bounce(kind: Bounce = Bounce.HARD, about: UUID = NOTICE, address: UUID = MAIL) -> ReportBounce:
    return ReportBounce(actor="t", address=address, notice=about, kind=kind, status="5.1.1")


def soft(desk: ListDesk, *numbers: int) -> None:
    for number in numbers:
        desk.sent(notice(number))
        desk.done(bounce(Bounce.SOFT, notice(number)))


def mail_is_usable(desk: ListDesk) -> bool:
    return usable(Channel.EMAIL, desk.address(MAIL), desk.now)


def test_a_hard_bounce_makes_the_address_unusable_at_once_for_mail_only() -> None:
    desk = ListDesk.ready()
    desk.sent()
    assert desk.done(bounce()) == {
        "address": str(MAIL),
        "changed": True,
        "usable": False,
        "lists_may_write": True,
    }
    assert desk.address(MAIL).facts.unusable_since == desk.now
    assert not mail_is_usable(desk)
    assert usable(Channel.LETTER, desk.address(MAIL), desk.now)
    assert usable(Channel.EMAIL, None, desk.now)
    assert desk.alike()


def test_the_same_report_twice_counts_once() -> None:
    desk = ListDesk.ready()
    soft(desk, 1, 1, 1, 1, 1, 1)
    assert mail_is_usable(desk)
    desk.sent()
    assert desk.done(bounce())["changed"] is True
    assert desk.done(bounce())["changed"] is False


def test_soft_bounces_make_it_unusable_when_five_of_them_fall_within_thirty_days() -> None:
    desk = ListDesk.ready()
    soft(desk, 1, 2, 3, 4)
    assert mail_is_usable(desk)
    desk.now += 30 * DAY
    soft(desk, 5)
    assert mail_is_usable(desk), "the first four are too long ago"
    soft(desk, 6, 7, 8)
    assert mail_is_usable(desk)
    soft(desk, 9)
    assert not mail_is_usable(desk)
    assert desk.address(MAIL).facts.why is Mark.SOFT_BOUNCE
    assert desk.alike()


@pytest.mark.parametrize("reason", ReturnReason)
def test_a_returned_letter_makes_the_address_unusable_unless_it_was_only_not_taken(reason: ReturnReason) -> None:
    desk = ListDesk.ready()
    address = IDS.of_contact(facts().addresses)[Reach.POSTAL]
    desk.done(ReportReturnedMail(actor="t", address=address, contact=ANA, reason=reason))
    right = reason in (ReturnReason.REFUSED, ReturnReason.UNCLAIMED)
    for channel in (Channel.LETTER, Channel.CERTIFIED):
        assert usable(channel, desk.address(address), desk.now) is right
    assert desk.alike()


def test_a_complaint_ends_all_lists_for_the_address_until_the_person_says_otherwise() -> None:
    desk = ListDesk.ready()
    desk.asks()
    desk.confirms()
    desk.done(ReportComplaint(actor="t", address=MAIL, contact=ANA))
    assert mail_is_usable(desk), "what the law wants still goes there"

    def held_back() -> Unwanted | None:
        one = desk.subscription()
        return may_write(Category.LIST, facts(), one, desk.address(MAIL), desk.now, list_id=LIST)

    assert held_back() is Unwanted.COMPLAINED
    staff = ClearAddress(actor="t", address=MAIL, contact=ANA, said_by=SaidBy.STAFF)
    assert desk.done(staff)["changed"] is False
    assert held_back() is Unwanted.COMPLAINED
    person = ClearAddress(actor="t", address=MAIL, contact=ANA, said_by=SaidBy.PERSON)
    assert desk.done(person)["changed"] is True
    assert held_back() is None
    assert desk.alike()


def test_a_cleared_address_is_used_again_and_begins_to_count_anew() -> None:
    desk = ListDesk.ready()
    soft(desk, 1, 2, 3, 4, 5)
    clear = ClearAddress(actor="t", address=MAIL, contact=ANA, said_by=SaidBy.STAFF)
    assert desk.done(clear)["usable"] is True
    assert desk.done(clear)["changed"] is False
    desk.now += dt.timedelta(hours=1)
    soft(desk, 5, 6, 7, 8, 9)
    assert mail_is_usable(desk), "a late copy of an old report counts for nothing"
    soft(desk, 10)
    assert not mail_is_usable(desk)
    assert desk.alike()


def test_clearing_what_nothing_is_known_of_changes_nothing() -> None:
    desk = ListDesk.ready()
    clear = ClearAddress(actor="t", address=MAIL, contact=ANA, said_by=SaidBy.PERSON)
    assert desk.done(clear)["changed"] is False


def test_nobody_can_speak_of_an_address_that_is_not_theirs() -> None:
    desk = ListDesk.ready()
    desk.sent()
    other = IDS.of(Reach.EMAIL, "victim@family.example")
    assert desk.refused(bounce(address=other)) == [("NOT_THEIR_ADDRESS", "address")]
    assert desk.refused(bounce(about=notice(77))) == [("NOTICE_UNKNOWN", "notice")]
    assert desk.refused(ReportComplaint(actor="t", address=MAIL, contact=BEN)) == [("NOT_THEIR_ADDRESS", "address")]
    unknown = ReportComplaint(actor="t", address=MAIL, contact=UUID(int=7))
    assert desk.refused(unknown) == [("CONTACT_UNKNOWN", "contact")]
    postal = ReportReturnedMail(actor="t", address=MAIL, contact=ANA, reason=ReturnReason.MOVED)
    assert desk.refused(postal) == [("NOT_THEIR_ADDRESS", "address")]
    clear = ClearAddress(actor="t", address=other, contact=ANA, said_by=SaidBy.PERSON)
    assert desk.refused(clear) == [("NOT_THEIR_ADDRESS", "address")]


@pytest.mark.parametrize("whose", [{}, {"notice": NOTICE, "contact": ANA}])
def test_a_report_says_in_exactly_one_way_whose_address_it_is(whose: dict[str, UUID]) -> None:
    with pytest.raises(ValueError, match="either the notice or the contact"):
        ReportComplaint.model_validate({"actor": "t", "address": MAIL, **whose})


def test_an_address_remembers_the_last_returns_only() -> None:
    desk = ListDesk.ready()
    for number in range(REMEMBERED + 5):
        desk.now += DAY
        soft(desk, number)
    assert len(desk.address(MAIL).facts.back) == REMEMBERED
    assert desk.alike()


def test_nothing_that_is_said_of_an_address_holds_it() -> None:
    desk = ListDesk.ready()
    desk.sent()
    desk.done(bounce())
    [(key, event)] = [(emit.key, emit.event) for emit in desk.said if isinstance(emit.event, AddressMarked)]
    assert "family.example" not in key + event.model_dump_json()
    assert event.notice == NOTICE


@pytest.mark.parametrize(
    ("reach", "one", "other"),
    [
        (Reach.EMAIL, "Ana@Family.example ", "ana@family.EXAMPLE"),
        (Reach.PHONE, "+1 (413) 555-0100", "413.555.0100"),
        (Reach.POSTAL, "12 Elm St., Apt 4 Springfield MA 01103", "12 ELM ST APT 4  SPRINGFIELD MA 01103"),
    ],
)
def test_an_address_is_the_same_however_it_is_written(reach: Reach, one: str, other: str) -> None:
    assert normal(reach, one) == normal(reach, other)
    assert IDS.of(reach, one) == IDS.of(reach, other)


def test_ids_differ_by_kind_of_address_and_by_site() -> None:
    assert IDS.of(Reach.PHONE, "4135550100") != IDS.of(Reach.MOBILE, "4135550100")
    assert AddressIds(Keyring({1: bytes(32)}).reference).of(Reach.EMAIL, EMAIL) != MAIL
    known = {"lines": ["12 Elm St"], "city": "Springfield", "state": "MA", "zip_code": "01103"}
    longer = {**known, "zip_code": "01103-1234"}
    with_four, without = (IDS.of_contact(facts(addresses={"postal": one}).addresses) for one in (longer, known))
    assert with_four == without


def test_every_channel_that_needs_an_address_has_a_kind_of_it() -> None:
    assert set(Channel) - set(REACH) == {Channel.TASK}


def on_list(desk: ListDesk) -> Subscription:
    desk.asks()
    desk.confirms()
    return desk.subscription()


@pytest.mark.parametrize("category", Category)
def test_only_what_the_law_wants_goes_to_who_asked_not_to_be_written_to(category: Category) -> None:
    desk = ListDesk.ready()
    found = may_write(category, facts(stopped=True), on_list(desk), None, desk.now, list_id=LIST)
    assert found is (None if category is Category.LEGAL else Unwanted.STOPPED)


def test_list_mail_goes_only_to_who_confirmed_this_list() -> None:
    desk = ListDesk.ready()

    def why(category: Category, subscription: Subscription | None, list_id: str | None = LIST) -> Unwanted | None:
        return may_write(category, facts(), subscription, None, desk.now, list_id=list_id)

    desk.asks()
    for subscription in (None, desk.subscription()):
        assert why(Category.LIST, subscription) is Unwanted.NOT_ON_LIST
        assert why(Category.NETWORK, subscription) is Unwanted.NOT_ON_LIST
        assert why(Category.LEGAL, subscription) is None
    desk.confirms()
    assert why(Category.LIST, desk.subscription()) is None
    assert why(Category.LIST, desk.subscription(), "another") is Unwanted.NOT_ON_LIST
    assert why(Category.LIST, desk.subscription(), None) is Unwanted.NOT_ON_LIST
    assert why(Category.NETWORK, None, None) is None
    desk.leaves()
    assert why(Category.LIST, desk.subscription()) is Unwanted.NOT_ON_LIST


def test_the_mail_that_asks_to_confirm_goes_to_who_is_not_on_the_list_yet() -> None:
    desk = ListDesk.ready()
    assert may_write(Category.LIST, facts(), None, None, desk.now, confirming=True) is None
    desk.done(ReportComplaint(actor="t", address=MAIL, contact=ANA))
    against = may_write(Category.LIST, facts(), None, desk.address(MAIL), desk.now, confirming=True)
    assert against is Unwanted.COMPLAINED
