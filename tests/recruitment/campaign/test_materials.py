"""Materials have origin and versions that are kept; awareness counts with the version of its day."""

from typing import Any

import pytest

from services.recruitment.domain.campaign.material_kind import ACTIVITY, MATERIAL
from tests.recruitment.campaign.cast import activity, add, again, correct, desk, retire, revise
from tests.recruitment.desk import Desk


@pytest.fixture
def made() -> tuple[Desk, str]:
    """A desk with a material of two versions."""
    at = desk()
    material = str(at.done(add())["material"])
    at.done(revise(material))
    return at, material


def test_an_activity_has_the_version_that_was_in_use_on_its_day(made: tuple[Desk, str]) -> None:
    at, material = made
    for day, version in (("2014-11-30", "1"), ("2014-12-01", "2")):
        done = at.done(activity(material, on=day))
        assert at.held(ACTIVITY, str(done["activity"])).versions == (version,)
    assert again(at) == at.records


def test_versions_are_kept_in_order_each_name_once(made: tuple[Desk, str]) -> None:
    at, material = made
    assert at.refused(revise(material, "1", "2014-12-02")) == [("REPEATED", "version")]
    assert at.refused(revise(material, "3", "2014-11-30")) == [("OUT_OF_ORDER", "revised_on")]
    assert at.refused(revise(material, "3", "2015-03-08")) == [("IN_THE_FUTURE", "revised_on")]
    assert [one.version for one in at.held(MATERIAL, material).versions] == ["1", "2"]
    assert at.refused(add("2015-03-08")) == [("IN_THE_FUTURE", "added_on")]


def test_what_is_out_of_use_is_not_handed_out(made: tuple[Desk, str]) -> None:
    at, material = made
    assert at.refused(retire(material, "2014-11-30")) == [("OUT_OF_ORDER", "retired_on")]
    at.done(retire(material))
    assert at.refused(retire(material)) == [("STATE", "material")]
    assert at.refused(revise(material, "3", "2015-02-01")) == [("STATE", "material")]
    assert at.refused(activity(material, on="2015-01-15")) == [("NOT_IN_USE", "materials[0]")]
    at.done(activity(material, on="2015-01-14"))
    assert again(at) == at.records


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"on": "2014-09-30"}, ("NOT_IN_USE", "materials[0]")),
        ({"on": "2015-03-08"}, ("IN_THE_FUTURE", "held_on")),
        ({"state": "ZZ"}, ("STATE_UNKNOWN", "state")),
    ],
)
def test_an_activity_that_cannot_be_is_refused(
    made: tuple[Desk, str], fields: dict[str, Any], reason: tuple[str, str]
) -> None:
    at, material = made
    assert reason in at.refused(activity(material, **fields))


def test_a_material_is_known_and_named_once(made: tuple[Desk, str]) -> None:
    at, material = made
    nothing = "ae.000000000000"
    assert at.refused(activity(nothing)) == [("MATERIAL_UNKNOWN", "materials[0]")]
    assert at.refused(activity(material, material)) == [("REPEATED", "materials[1]")]
    assert at.refused(revise(nothing)) == [("MATERIAL_UNKNOWN", "material")]
    assert at.refused(retire(nothing)) == [("MATERIAL_UNKNOWN", "material")]
    assert at.refused(correct(nothing)) == [("ACTIVITY_UNKNOWN", "activity")]


def test_a_reach_is_corrected_and_said_once(made: tuple[Desk, str]) -> None:
    at, _ = made
    identifier = str(at.done(activity())["activity"])
    assert at.done(correct(identifier))["changed"] is True
    assert at.done(correct(identifier))["changed"] is False
    assert (at.held(ACTIVITY, identifier).reached, at.held(ACTIVITY, identifier).revision) == (50, 2)
    assert again(at) == at.records
