"""Kinds of record: each name and event belongs to one, whose topic keeps it for ever; each command has its rule."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from services.recruitment.domain.communities.kinds import COMMUNITY
from services.recruitment.domain.registry import KINDS, rules
from shared.contracts.catalog import topic_named
from shared.contracts.files import EXAMPLES
from shared.contracts.message import Event
from shared.contracts.recruitment import COMMANDS
from shared.contracts.recruitment.communities import CommunityDefined
from shared.messaging.rebuild.reading import Unfit
from shared.records.book import Records
from shared.records.kinds import Kind, Kinds

AT = dt.datetime(2015, 3, 6, tzinfo=dt.UTC)


def test_two_kinds_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two kinds of record are called community"):
        Kinds((COMMUNITY, replace(COMMUNITY, topic=None)))


def test_an_event_belongs_to_one_kind_and_views_may_follow_it() -> None:
    view = replace(COMMUNITY, name="view", topic=None)
    assert Kinds((COMMUNITY, view)).following(CommunityDefined) == [COMMUNITY, view]
    with pytest.raises(ValueError, match=r"recruitment\.CommunityDefined\.v1 belongs to two kinds of record"):
        Kinds((COMMUNITY, replace(COMMUNITY, name="other")))


def test_every_kind_that_is_kept_has_a_topic_that_is_kept_for_ever_and_carries_its_events() -> None:
    for kind in KINDS.by_name.values():
        if kind.topic is not None:
            topic = topic_named(kind.topic)
            assert topic.history, kind.name
            assert topic.owner == "recruitment"
            assert set(kind.events) <= set(topic.messages), kind.name


def test_every_event_of_ours_that_a_view_follows_has_an_owner() -> None:
    followed = {event for kind in KINDS.by_name.values() for event in kind.events}
    assert {event for event in followed if event.TYPE.startswith("recruitment.")} == set(KINDS.events)


def test_every_command_has_one_rule() -> None:
    decided = [rule.command for rule in rules({})]
    assert sorted(one.__name__ for one in decided) == sorted(one.__name__ for one in COMMANDS.messages)


def test_names_of_kinds_can_stand_in_keys() -> None:
    assert all(name and ":" not in name for name in KINDS.by_name)


def _example(model: type[Event]) -> Event:
    return model.model_validate_json(min((EXAMPLES / model.wire_type()).iterdir()).read_bytes())


FIRST = [(kind, model) for kind in KINDS.by_name.values() if kind.topic for model in kind.events]


@pytest.mark.parametrize(("kind", "model"), FIRST, ids=[f"{kind.name}-{model.__name__}" for kind, model in FIRST])
def test_a_record_begins_with_an_event_that_can_begin_it_and_a_rebuild_stops_at_any_other(
    kind: Kind[Any], model: type[Event]
) -> None:
    event = _example(model)
    made = Records(KINDS)
    if not kind.begins or model in kind.begins:
        made.happened(event, AT)
        assert list(made.made) == [kind.key(kind.id_of(event))]
        return
    with pytest.raises(Unfit) as stopped:
        made.happened(event, AT)
    said = f"{kind.name} {kind.id_of(event)} does not begin with {model.wire_type()}; an earlier event is missing"
    assert str(stopped.value) == said
    assert made.made == {}
