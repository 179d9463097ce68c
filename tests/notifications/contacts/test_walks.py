"""Any walk of commands about contacts leaves facts that could be registered, and records that events make again."""

from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.notifications.domain.contacts.checks import about_facts
from services.notifications.domain.contacts.kinds import Contact
from services.notifications.domain.contacts.parts import in_order, overlapping
from shared.contracts.message import Command
from shared.contracts.notifications.contacts import (
    ContactFacts,
    ContactForgotten,
    RecordNameConsent,
    ResumeWriting,
    StopWriting,
)
from shared.messaging.handling import Accepted
from tests.notifications.contacts.people import EVERY_ADDRESS, amend, end, forget, give, merge, prefer, register
from tests.notifications.desk import ZIPS, Desk

DAYS = ("2014-11-01", "2015-01-01", "2015-02-01", "2015-03-01")
PLACES = ("facility:225009", "facility:225010")
ids = st.sampled_from([UUID(int=number) for number in range(1, 5)])
days = st.sampled_from(DAYS)
places = st.sampled_from(PLACES)
flags = st.booleans()
facts = st.sampled_from(
    [
        {},
        {"addresses": EVERY_ADDRESS, "preferences": {"channels": ["sms", "letter"]}},
        {"addresses": {"phone": "12"}},
        {"organisation": True},
    ]
)
wishes = st.sampled_from([{}, {"channels": ["call"]}, {"channels": ["task"], "language": "es"}, {"time_zone": "x"}])
without = st.lists(st.sampled_from(("email", "phone", "mobile")), max_size=2)
commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(lambda one, some: valid(register, contact=one, **some), ids, facts),
    st.builds(lambda one, name, gone: amend(one, name=name, without=gone), ids, st.none() | st.just("New"), without),
    st.builds(lambda one, at, since, until: give(one, place=at, since=since, until=until), ids, places, days, days),
    st.builds(lambda one, at, since: give(one, place=at, since=since), ids, places, days),
    st.builds(lambda one, until, at: end(one, until, place=at), ids, days, places),
    st.builds(lambda one, wish: prefer(one, **wish), ids, wishes),
    st.builds(lambda one: StopWriting(actor="t", contact=one), ids),
    st.builds(lambda one: ResumeWriting(actor="t", contact=one), ids),
    st.builds(lambda one, yes: RecordNameConsent(actor="t", contact=one, consented=yes), ids, flags),
    st.builds(forget, ids),
    st.builds(merge, ids, ids),
)


def valid(make: Any, **fields: Any) -> Command:
    if fields.get("addresses") == {"phone": "12"}:
        fields["addresses"] = {"phone": "0000000"}  # a number for the contract, not for the rules
    command: Command = make(**fields)
    return command


@given(st.lists(commands, min_size=5, max_size=40))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_walk_keeps_contacts_whole_and_the_forgotten_forgotten(walk: list[Command]) -> None:
    desk = Desk()
    gone: set[UUID] = set()
    for command in walk:
        said = len(desk.said)
        if isinstance(desk.ask(command), Accepted):
            gone |= {emit.event.contact for emit in desk.said[said:] if isinstance(emit.event, ContactForgotten)}
        for state in desk.records.values():
            assert isinstance(state, Contact)
            assert (state.facts is None) == (state.id in gone)
            if state.facts is not None:
                assert whole(state.facts)
    assert desk.again() == desk.records


def whole(kept: ContactFacts) -> bool:
    alone = all(overlapping(hold, kept.holds[:number]) is None for number, hold in enumerate(kept.holds))
    again = ContactFacts.model_validate_json(kept.model_dump_json())
    return alone and again == kept and not list(about_facts(kept, ZIPS, "")) and kept.holds == in_order(kept.holds)
