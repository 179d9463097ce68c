"""Joining and leaving lists: asked for, confirmed by link, left by one step, each as often as it is asked."""

import datetime as dt
from itertools import product
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from services.notifications.domain.lists.state import MACHINE, Action, State, standing
from shared.contracts.message import Command
from shared.contracts.notifications.contacts import ContactForgotten
from shared.contracts.notifications.lists import (
    AskSubscription,
    Bounce,
    ClearAddress,
    CloseList,
    ConfirmSubscription,
    EndSubscription,
    LeaveList,
    LeftBy,
    Reach,
    ReportBounce,
    ReportComplaint,
    SaidBy,
)
from shared.messaging.handling import Accepted
from tests.notifications.lists.desk import ANA, BEN, DAY, EMAIL, IDS, LINKS, LIST, NOTICE, ListDesk, facts, opening

NOBODY = UUID(int=7)


def ask(contact: UUID = ANA, list_id: str = LIST) -> AskSubscription:
    return AskSubscription(actor="t", list_id=list_id, contact=contact)


def end(contact: UUID = ANA, how: LeftBy = LeftBy.STAFF) -> EndSubscription:
    return EndSubscription(actor="t", list_id=LIST, contact=contact, how=how)


def confirm(contact: UUID = ANA) -> ConfirmSubscription:
    return ConfirmSubscription(actor="t", token=LINKS.confirm(LIST, contact).rpartition("/")[2])


def leave(contact: UUID = ANA, how: LeftBy = LeftBy.CLICK) -> LeaveList:
    return LeaveList(actor="t", token=LINKS.leave(LIST, contact).rpartition("/")[2], how=how)


def test_double_opt_in_nobody_is_on_a_list_before_they_confirm() -> None:
    desk = ListDesk.ready()
    assert desk.asks() == {"list": LIST, "contact": str(ANA), "state": "PENDING", "sent": True}
    assert desk.state() is State.PENDING
    [mail] = desk.mails()
    assert (mail.notice_type, mail.recipient.email, mail.list_id) == ("LIST_CONFIRM", EMAIL, None)
    assert mail.facts["confirm_url"] == LINKS.confirm(LIST, ANA)
    assert mail.facts["valid_until"] == (desk.now + 7 * DAY).isoformat()
    assert desk.confirms()["state"] == "CONFIRMED"
    assert desk.confirms()["changed"] is False
    assert desk.alike()


def test_asking_again_sends_the_mail_again_once_a_day_at_most() -> None:
    desk = ListDesk.ready()
    start = desk.now
    assert [desk.asks()["sent"] for _ in range(3)] == [True, False, False]
    desk.now = start + DAY - dt.timedelta(seconds=1)
    assert desk.asks()["sent"] is False
    desk.now = start + DAY
    assert desk.asks()["sent"] is True
    assert len({mail.notice_id for mail in desk.mails()}) == len(desk.mails()) == 2
    assert desk.subscription().expires_at == start + 8 * DAY
    assert desk.alike()


def test_who_is_on_the_list_gets_no_further_mail_to_confirm() -> None:
    desk = ListDesk.ready()
    desk.asks()
    desk.confirms()
    desk.now += 30 * DAY
    assert desk.asks() == {"list": LIST, "contact": str(ANA), "state": "CONFIRMED", "sent": False}
    assert len(desk.mails()) == 1


def test_a_link_to_confirm_is_good_for_seven_days_and_asking_again_makes_it_good_again() -> None:
    desk = ListDesk.ready()
    desk.asks()
    desk.now += 7 * DAY
    assert desk.refused(confirm()) == [("STATE", None)]
    assert standing(desk.subscription(), desk.now) is State.EXPIRED
    desk.asks()
    assert desk.confirms()["state"] == "CONFIRMED"
    assert desk.alike()


@pytest.mark.parametrize(
    ("command", "how"),
    [
        (leave(), LeftBy.CLICK),
        (leave(how=LeftBy.REPLY), LeftBy.REPLY),
        (end(), LeftBy.STAFF),
        (end(how=LeftBy.REPLY), LeftBy.REPLY),
    ],
)
def test_unsubscribe_by_click_by_reply_or_by_staff_takes_effect_at_once_and_once(command: Command, how: LeftBy) -> None:
    desk = ListDesk.ready()
    desk.asks()
    desk.confirms()
    assert desk.done(command)["changed"] is True
    assert desk.done(command)["changed"] is False
    assert (desk.state(), desk.subscription().left_by) == (State.LEFT, how)
    assert desk.refused(confirm()) == [("STATE", None)], "an old link does not bring them back"
    assert desk.alike()


def test_who_left_comes_back_only_by_confirming_anew() -> None:
    desk = ListDesk.ready()
    desk.asks()
    desk.confirms()
    desk.leaves()
    assert desk.asks()["sent"] is True
    assert desk.state() is State.PENDING
    desk.confirms()
    assert desk.alike()


def test_a_list_can_be_left_before_it_was_confirmed_and_after_it_was_closed() -> None:
    desk = ListDesk.ready()
    desk.asks()
    desk.asks(BEN)
    desk.leaves()
    desk.done(CloseList(actor="t", list_id=LIST))
    desk.leaves(BEN)
    assert (desk.state(), desk.state(BEN)) == (State.LEFT, State.LEFT)


def test_nobody_joins_a_closed_list_nor_with_a_link_of_before() -> None:
    desk = ListDesk.ready()
    desk.asks()
    desk.done(CloseList(actor="t", list_id=LIST))
    assert desk.refused(ask(BEN)) == [("CLOSED", "list_id")]
    assert desk.refused(confirm()) == [("CLOSED", "list_id")]
    assert desk.done(CloseList(actor="t", list_id=LIST))["closed"] is False


def test_every_reason_against_asking_is_told_at_once() -> None:
    desk = ListDesk.ready()
    assert desk.refused(ask(NOBODY, "no-such-list")) == [("LIST_UNKNOWN", "list_id"), ("CONTACT_UNKNOWN", "contact")]
    desk.knows(ANA, facts(stopped=True))
    assert desk.refused(ask()) == [("STOPPED", "contact")]
    desk.knows(ANA, facts(addresses={}))
    assert desk.refused(ask()) == [("NO_ADDRESS", "contact")]
    desk.has(ContactForgotten(contact=ANA))
    assert desk.refused(ask()) == [("CONTACT_UNKNOWN", "contact")]
    assert desk.refused(end()) == [("NOT_ON_LIST", "contact")]
    assert desk.refused(leave()) == [("NOT_ON_LIST", "contact")]
    assert desk.refused(ConfirmSubscription(actor="t", token="x")) == [("LINK_UNKNOWN", "token")]
    assert desk.refused(CloseList(actor="t", list_id="no-such-list")) == [("LIST_UNKNOWN", "list_id")]


def test_what_people_agreed_to_does_not_change_under_them() -> None:
    desk = ListDesk.ready()
    assert desk.done(opening())["opened"] is False
    assert desk.refused(opening(purpose="Offers of our partners.")) == [("EXISTS", "list_id")]
    desk.done(CloseList(actor="t", list_id=LIST))
    assert desk.refused(opening()) == [("CLOSED", "list_id")]


def _into(state: State) -> ListDesk:
    desk = ListDesk.ready()
    steps = {
        State.ABSENT: (),
        State.PENDING: (ask(),),
        State.EXPIRED: (ask(),),
        State.CONFIRMED: (ask(), confirm()),
        State.LEFT: (ask(), confirm(), leave()),
    }
    for command in steps[state]:
        desk.done(command)
    desk.now += 8 * DAY if state is State.EXPIRED else dt.timedelta(hours=1)
    return desk


@pytest.mark.parametrize(("state", "action"), list(product(State, Action)))
def test_every_action_from_every_state_does_what_the_table_says_or_is_refused(state: State, action: Action) -> None:
    desk = _into(state)
    command = {Action.ASK: ask(), Action.CONFIRM: confirm(), Action.LEAVE: leave()}[action]
    after = MACHINE.after(state, action)
    answer = desk.ask(command)
    assert isinstance(answer, Accepted) == (after is not None)
    if after is not None:
        assert standing(desk.subscription(), desk.now) is after
    elif state is not State.ABSENT:
        assert standing(desk.subscription(), desk.now) is state


class Walk(RuleBasedStateMachine):
    """Everything that lists and addresses can be asked, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = ListDesk.ready()
        self.desk.sent()
        self.confirmed: set[UUID] = set()

    @rule(command=st.sampled_from([kind(who) for kind in (ask, end, leave) for who in (ANA, BEN)]))
    def asked(self, command: Command) -> None:
        answer = self.desk.ask(command)
        if isinstance(answer, Accepted) and answer.made["state"] == "LEFT":
            self.confirmed.discard(UUID(str(answer.made["contact"])))

    @rule(contact=st.sampled_from((ANA, BEN)))
    def clicked(self, contact: UUID) -> None:
        if isinstance(self.desk.ask(confirm(contact)), Accepted):
            self.confirmed.add(contact)

    @rule(days=st.integers(0, 9))
    def time_passes(self, days: int) -> None:
        self.desk.now += days * DAY + dt.timedelta(hours=1)

    @rule(kind=st.sampled_from(Bounce), notice=st.sampled_from((NOTICE, None)))
    def bounced(self, kind: Bounce, notice: UUID | None) -> None:
        contact = ANA if notice is None else None
        address = IDS.of(Reach.EMAIL, EMAIL)
        self.desk.done(ReportBounce(actor="t", address=address, notice=notice, contact=contact, kind=kind))

    @rule(said_by=st.sampled_from(SaidBy))
    def cleared(self, said_by: SaidBy) -> None:
        address = IDS.of(Reach.EMAIL, EMAIL)
        self.desk.done(ClearAddress(actor="t", address=address, contact=ANA, said_by=said_by))

    @rule()
    def complained(self) -> None:
        self.desk.done(ReportComplaint(actor="t", address=IDS.of(Reach.EMAIL, EMAIL), contact=ANA))

    @invariant()
    def only_who_clicked_and_did_not_leave_is_on_the_list(self) -> None:
        on_list = {who for who in (ANA, BEN) if self.is_on_list(who)}
        assert on_list == self.confirmed

    @invariant()
    def events_alone_make_the_records_again(self) -> None:
        assert self.desk.alike()

    def is_on_list(self, who: UUID) -> bool:
        try:
            return self.desk.state(who) is State.CONFIRMED
        except KeyError:
            return False


def test_any_walk_keeps_to_the_table_and_is_made_again_from_its_events() -> None:
    run_state_machine_as_test(Walk, settings=settings(max_examples=40, stateful_step_count=25, deadline=None))
