"""Networks: established once, over what the program has; changed in order; ended when nothing of them is open."""

import datetime as dt

import pytest

from services.recruitment.domain.networks.known import KNOWN
from services.recruitment.domain.networks.state import NETWORK_MACHINE, NetworkStep, Phase
from shared.contracts.recruitment.learning_terms import Topic
from tests.recruitment.networks.cast import again, change, close, desk, end, establish, focus, learning, network, opened


def test_a_network_is_established_changed_and_ended_and_made_again() -> None:
    at = learning()
    assert at.done(change(name="All homes", states=[]))["changed"] is True
    at.done(close())
    at.done(end())
    held = network(at)
    assert (held.name, held.states, held.topics) == ("All homes", (), (Topic.PRESSURE_ULCERS, Topic.FALLS))
    assert (held.phase, held.on(dt.date(2015, 2, 1)), held.on(dt.date(2015, 2, 2))) == (Phase.ENDED, True, False)
    assert again(at) == at.records


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"collaborative": "CHOIR"}, [("COLLABORATIVE_UNKNOWN", "collaborative")]),
        ({"task": "C.3"}, [("TASK_OF_ANOTHER", "task")]),
        ({"task": "nursing-homes"}, [("STATEMENT_ENDED", "task")]),
        ({"collaborative": None, "task": "D.9"}, [("TASK_UNKNOWN", "task")]),
        ({"settings": ["NURSING_HOME", "HOSPITAL"]}, [("SETTING_DOES_NOT_FIT", "settings")]),
        ({"topics": ["FALLS", "FALLS"]}, [("REPEATED", "topics[1]")]),
        ({"settings": ["NURSING_HOME", "NURSING_HOME"]}, [("REPEATED", "settings[1]")]),
        ({"states": ["MA", "MA"]}, [("REPEATED", "states[1]")]),
        ({"states": ["MA", "ZZ"]}, [("STATE_UNKNOWN", "states[1]")]),
        ({"started_on": "2015-03-08"}, [("IN_THE_FUTURE", "started_on")]),
        (
            {"started_on": "2011-07-31", "task": "nursing-homes"},
            [("BEFORE_COLLABORATIVE", "started_on"), ("BEFORE_STATEMENT", "task")],
        ),
    ],
)
def test_a_network_is_refused_for_every_reason_there_is(
    fields: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert desk().refused(establish(**fields)) == expected


def test_an_id_that_is_taken_says_by_what() -> None:
    assert learning().refused(establish(name="Another")) == [("ALREADY_ESTABLISHED", "network")]


def test_changes_stand_in_the_order_of_their_days_and_nothing_new_is_no_change() -> None:
    at = learning()
    assert at.done(change(name="Homes"))["changed"] is False
    at.done(change(name="All", changed_on="2014-12-01"))
    assert at.refused(change(name="More")) == [("OUT_OF_ORDER", "changed_on")]
    assert at.refused(change(name="More", changed_on="2015-03-08")) == [("IN_THE_FUTURE", "changed_on")]
    assert at.refused(change(topics=["FALLS", "FALLS"], changed_on="2015-01-01")) == [("REPEATED", "topics[1]")]
    assert at.refused(change(states=["ZZ"], changed_on="2015-01-01")) == [("STATE_UNKNOWN", "states[0]")]


def test_a_topic_that_an_open_cohort_works_on_stays() -> None:
    at = learning()
    assert at.refused(change(topics=["PRESSURE_ULCERS"])) == [("TOPIC_IN_USE", "topics")]
    at.done(focus())
    at.done(change(topics=["PRESSURE_ULCERS"], changed_on="2014-12-01"))
    at.done(opened(2, focus="PRESSURE_ULCERS"))
    at.done(close(cohort="nnhqcc.c1"))
    at.done(change(topics=["PRESSURE_ULCERS", "CAUTI"], changed_on="2015-02-02"))


def test_a_network_with_an_open_cohort_does_not_end_and_not_before_what_is_recorded() -> None:
    at = learning()
    assert at.refused(end()) == [("COHORTS_OPEN", "network")]
    at.done(close())
    assert at.refused(end("2015-01-31")) == [("OUT_OF_ORDER", "ended_on")]
    assert at.refused(end("2015-03-08")) == [("IN_THE_FUTURE", "ended_on")]
    at.done(end())


@pytest.mark.parametrize("step", NetworkStep)
@pytest.mark.parametrize("phase", Phase)
def test_every_step_from_every_phase_is_in_the_table_or_refused(phase: Phase, step: NetworkStep) -> None:
    at = desk()
    at.done(establish())
    if phase is Phase.ENDED:
        at.done(end("2014-10-01"))
    on = "2014-10-01"
    asked = {
        NetworkStep.CHANGE: change(changed_on=on),
        NetworkStep.OPEN_COHORT: opened(opened_on=on),
        NetworkStep.END: end(on),
    }[step]
    if NETWORK_MACHINE.after(phase, step) is None:
        assert at.refused(asked) == [("STATE", "network")]
    else:
        at.done(asked)


def test_an_unknown_network_is_said_to_be_none() -> None:
    for asked in (change(), end(), opened()):
        assert desk().refused(asked) == [("NETWORK_UNKNOWN", "network")]


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize("on", [dt.date(2012, 1, 1), dt.date(2015, 1, 1)])
def test_what_a_known_network_proposes_is_accepted_while_its_task_is_held(name: str, on: dt.date) -> None:
    known = KNOWN[name]
    fields: dict[str, object] = {
        "network": known.id,
        "name": known.name,
        "kind": known.kind,
        "collaborative": known.collaborative,
        "task": known.task_on(on),
        "topics": known.topics,
        "settings": known.settings,
        "states": [],
        "started_on": on,
    }
    held_then = {2012: {"nnhqcc", "cusp", "pspc", "cardiac", "chronic-care"}}
    held_then[2015] = {"nnhqcc", "chronic-care", "special-populations"}
    if name in held_then[on.year]:
        desk().done(establish(**fields))
    else:
        (reason,) = desk().refused(establish(**fields))
        assert reason in {("STATEMENT_ENDED", "task"), ("BEFORE_STATEMENT", "task")}
