"""Deciding: a rule touches what it declared, what is refused changes nothing, what happened is told in order."""

from collections.abc import Iterable

import pytest

from services.recruitment.domain.communities.kinds import AREA_MAP, COMMUNITY, THE_MAP
from services.recruitment.domain.pipeline.stages import MACHINE, Action
from services.recruitment.domain.registry import KINDS
from shared.contracts.envelope import Envelope
from shared.contracts.message import Command, Event
from shared.contracts.recruitment.communities import COMMUNITIES, CommunityDefined, DefineCommunity
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.steps import Stage
from shared.messaging.handling import Accepted, Decision, Received, Refused, Work
from shared.records.commands import carry_out
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against
from shared.records.kinds import Record
from shared.records.machine import words
from tests.recruitment.desk import COMMAND_ID, NOW
from tests.recruitment.support import define

BOTH = (COMMUNITY.key("aa"), AREA_MAP.key(THE_MAP))


def happened(version: int = 1) -> CommunityDefined:
    return CommunityDefined.model_construct(
        community="aa",
        name="A",
        version=version,
        areas=("zip:02139",),
        actor="t",
        reason="Asked",
        effective_from=None,
    )


def rule(keys: Iterable[str], decided: Decided | Against) -> AnyRule:
    def touched(_: DefineCommunity, ids: Ids) -> Iterable[str]:
        del ids
        return keys

    def decide(command: DefineCommunity, held: Held, asked: Asked) -> Decided | Against:
        del command, asked
        held.get(COMMUNITY, "aa")
        return decided

    return Rule(DefineCommunity, touched, decide)


def decide(one: AnyRule, work: Work[Record]) -> Decision:
    command = define("aa", "zip:02139")
    received: Received[Command] = Received(
        Envelope(COMMAND_ID, command.wire_type(), "t", NOW, "k", COMMAND_ID), command, "k", "t", 0, 0
    )
    work.begin(one.keys(command, received.derive))
    return carry_out(received, work, rule=one, kinds=KINDS)


@pytest.mark.parametrize("keys", [(), (COMMUNITY.key("bb"), AREA_MAP.key(THE_MAP)), (COMMUNITY.key("aa"),)])
def test_a_rule_that_touches_what_it_did_not_declare_fails(keys: tuple[str, ...]) -> None:
    work: Work[Record] = Work(NOW, {})
    with pytest.raises(KeyError, match="had not declared"):
        decide(rule(keys, Decided({}, (happened(),))), work)


def test_what_happened_changes_the_record_and_the_view_and_is_told_under_the_records_id() -> None:
    work: Work[Record] = Work(NOW, {})
    events: tuple[Event, ...] = (happened(), happened(2))
    decision = decide(rule(BOTH, Decided({"made": 1}, events)), work)
    assert isinstance(decision, Accepted)
    assert decision.made == {"made": 1}
    assert [(emit.topic, emit.key, emit.event) for emit in decision.events] == [
        (COMMUNITIES.name, "aa", event) for event in events
    ]
    work.keep()
    assert sorted(work.changes()) == sorted(BOTH)
    assert work.changes()[COMMUNITY.key("aa")] == COMMUNITY.evolve(
        COMMUNITY.evolve(None, happened(), NOW), happened(2), NOW
    )


def test_what_is_refused_changes_nothing() -> None:
    work: Work[Record] = Work(NOW, {})
    decision = decide(rule(BOTH, against("NO", "areas", "Not so.")), work)
    assert isinstance(decision, Refused)
    assert [(reason.code, reason.field) for reason in decision.reasons] == [("NO", "areas")]
    work.keep()
    assert work.changes() == {}


def test_a_state_that_nothing_leads_out_of_is_called_the_end() -> None:
    reason = MACHINE.reason_against(Stage.GRADUATED, Action.GRADUATE)
    assert reason is not None
    assert reason.text == "The engagement is graduated; that is its end."
    assert words(Setting.LTSS_PROVIDER) == "LTSS provider"
