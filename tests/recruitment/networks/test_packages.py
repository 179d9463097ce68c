"""Change packages: versions that are kept, changes that a version and a number name."""

import pytest

from services.recruitment.domain.networks.packages import CHANGE_PACKAGE, change_named
from shared.contracts.message import Command
from shared.contracts.recruitment.change_packages import MOST_CHANGES, PublishChangePackage
from shared.messaging.outbox import MAX_VALUE_BYTES
from tests.recruitment.desk import own
from tests.recruitment.networks.cast import again, close, command, desk, end, learning


def driver(name: str, *texts: str) -> dict[str, object]:
    return {"name": name, "source": "guide", "changes": [{"text": one, "source": "study"} for one in texts]}


def publish(*drivers: dict[str, object], on: str = "2014-11-01", title: str = "Package") -> Command:
    given = drivers or (driver("Leaders", "Walk the floor"), driver("Staff", "Huddle", "Assign the same people"))
    return command(PublishChangePackage, network="nnhqcc", title=title, drivers=given, published_on=on)


def test_earlier_versions_are_kept_and_a_change_is_named_by_version_and_number() -> None:
    at = learning()
    assert at.done(publish()) == {"network": "nnhqcc", "version": 1, "changes": 3, "changed": True}
    assert at.done(publish(driver("Leaders", "Ask why five times"), on="2014-12-01"))["version"] == 2
    held = at.held(CHANGE_PACKAGE, "nnhqcc")
    named = {(one, two): held.change(one, two) for one in (0, 1, 2, 3) for two in (0, 1, 2, 3, 4)}
    assert {key: found.text for key, found in named.items() if found} == {
        (1, 1): "Walk the floor",
        (1, 2): "Huddle",
        (1, 3): "Assign the same people",
        (2, 1): "Ask why five times",
    }
    assert [one.code for one in change_named(held, 2, 2, "change")] == ["CHANGE_UNKNOWN"]
    assert [one.code for one in change_named(None, 1, 1, "change")] == ["CHANGE_UNKNOWN"]
    assert list(change_named(held, 1, 3, "change")) == []
    assert again(at) == at.records


def test_the_same_again_is_no_new_version() -> None:
    at = learning()
    at.done(publish())
    assert at.done(publish(on="2014-12-01")) == {"network": "nnhqcc", "version": 1, "changes": 3, "changed": False}
    assert at.done(publish(on="2014-12-01", title="Other"))["version"] == 2


def test_a_version_comes_while_the_network_is_at_work_and_after_the_one_before() -> None:
    at = learning()
    assert at.refused(publish(on="2014-09-30")) == [("BEFORE_NETWORK", "published_on")]
    assert at.refused(publish(on="2015-03-08")) == [("IN_THE_FUTURE", "published_on")]
    at.done(publish())
    assert at.refused(publish(title="Other", on="2014-10-31")) == [("OUT_OF_ORDER", "published_on")]
    at.done(close())
    at.done(end())
    assert at.refused(publish(title="Other", on="2015-02-02")) == [("NETWORK_ENDED", "published_on")]
    assert desk().refused(publish()) == [("NETWORK_UNKNOWN", "network")]


@pytest.mark.parametrize("letter", ["a", "é", "\U0001f600", "\x01"])
def test_the_largest_package_there_can_be_fits_into_an_event(letter: str) -> None:
    at = learning()
    changes: list[object] = [{"text": letter * 500, "source": letter * 200}] * 5
    drivers: list[dict[str, object]] = [{"name": letter * 200, "source": letter * 200, "changes": changes}] * 20
    at.done(publish(*drivers))
    (event,) = own(at.said[-1:])
    assert len(event.model_dump_json().encode()) < MAX_VALUE_BYTES


def test_more_changes_than_an_event_holds_are_too_many() -> None:
    one = driver("Leaders", *["x"] * 50)
    at = learning()
    at.done(publish(one, one))
    assert MOST_CHANGES == 50 + 50
    assert at.refused(publish(one, one, driver("Staff", "y"), on="2014-12-01")) == [("TOO_MANY_CHANGES", "drivers")]
