"""What is kept of interventions, in which quarters they count, and whom they are compared with."""

import datetime as dt
from typing import Any

import pytest

from services.measures.domain.comparable import candidates, unfit
from services.measures.domain.impact import LeftOut
from services.measures.domain.impact_figures import Window
from services.measures.domain.intervention import Intervention, Pause, after
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.intervention_terms import Comparison, EndReason, InterventionType, StatedResult
from shared.contracts.recruitment.interventions import (
    InterventionChanged,
    InterventionCorrected,
    InterventionEnded,
    InterventionPaused,
    InterventionResumed,
    InterventionStarted,
)
from tests.measures.effects.planted import intervention

_OF: dict[str, Any] = {"intervention": "river.0123456789ab", "coalition": "river", "actor": "ann"}
_OVER = Window(("2014Q3", "2014Q4"), ("2015Q1", "2015Q2"))


def started(**other: Any) -> InterventionStarted:
    told: dict[str, Any] = {
        "number": 1,
        "name": "Calls",
        "kind": InterventionType.FOLLOW_UP_AFTER_DISCHARGE,
        "stratum": "all",
        "settings": (Setting.HOSPITAL,),
        "measures": ("hospitalizations",),
        "started_on": dt.date(2015, 1, 10),
        "dose_unit": "calls",
        "community_version": 2,
        "areas": ("zip:15001", "zip:15003"),
        "comparison": Comparison.REST_OF_STATE,
    }
    return InterventionStarted(**_OF, **{**told, **other})


def lived(*events: Any) -> Intervention:
    found = None
    for event in events:
        found = after(found, event)
    assert found is not None
    return found


def test_it_is_kept_as_it_is_told() -> None:
    day = dt.date(2015, 6, 1)
    one = lived(
        started(),
        InterventionPaused(**_OF, paused_on=day, reason="No nurse"),
        InterventionResumed(**_OF, resumed_on=day + dt.timedelta(20)),
        InterventionChanged(
            **_OF,
            changed_on=day,
            what="Aim",
            name="Calls and visits",
            stratum="dual_full",
            settings=(Setting.HOSPITAL, Setting.HOME_HEALTH),
            measures=("rehospitalizations-30d",),
        ),
        InterventionEnded(**_OF, ended_on=dt.date(2016, 2, 1), reason=EndReason.COMPLETED, result=StatedResult.WORKED),
        InterventionCorrected(
            **_OF, started_on=dt.date(2014, 12, 1), ended_on=dt.date(2016, 3, 1), areas=("zip:15001",), because="Typo"
        ),
    )
    assert (one.community, one.name, one.stratum, one.measures) == (
        "river",
        "Calls and visits",
        "dual_full",
        ("rehospitalizations-30d",),
    )
    assert one.pauses == (Pause(day, day + dt.timedelta(20)),)
    assert (one.started_on, one.ended_on, one.areas) == (dt.date(2014, 12, 1), dt.date(2016, 3, 1), ("zip:15001",))
    assert (one.community_version, one.void) == (2, False)


def test_one_entered_in_error_never_was() -> None:
    ended = InterventionEnded(
        **_OF, ended_on=dt.date(2016, 2, 1), reason=EndReason.ENTERED_IN_ERROR, result=StatedResult.NOT_KNOWN
    )
    one = lived(started(), ended)
    assert one.void
    assert not one.ran_between(dt.date(2015, 2, 1), dt.date(2015, 3, 1))


def test_what_was_never_begun_is_nothing() -> None:
    assert after(None, InterventionPaused(**_OF, paused_on=dt.date(2015, 6, 1), reason="?")) is None


# The first quarter of 2015 has 90 days: from 15 February on 45 of them are left.
@pytest.mark.parametrize(
    ("day", "quarter"),
    [("2015-01-01", "2015Q1"), ("2015-02-15", "2015Q1"), ("2015-02-16", "2015Q2"), ("2015-12-31", "2016Q1")],
)
def test_the_first_quarter_is_the_one_with_half_its_days(day: str, quarter: str) -> None:
    assert intervention(started_on=dt.date.fromisoformat(day)).first_quarter == quarter


@pytest.mark.parametrize(
    ("day", "quarter"), [("2015-03-31", "2015Q1"), ("2015-02-14", "2015Q1"), ("2015-02-13", "2014Q4")]
)
def test_the_last_quarter_is_the_one_with_half_its_days(day: str, quarter: str) -> None:
    assert intervention(ended_on=dt.date.fromisoformat(day)).last_quarter == quarter
    assert intervention().last_quarter is None


def test_it_is_compared_with_whom_its_coalition_named_or_with_its_state() -> None:
    states = {"river": "PA", "hill": "PA", "lake": "OH", "dale": "PA"}
    assert candidates(intervention(), states) == ()
    assert candidates(intervention(comparison="REST_OF_STATE"), states) == ("dale", "hill")
    named = intervention(comparison="COMMUNITIES", comparison_communities=("lake", "lake", "hill"))
    assert candidates(named, states) == ("lake", "hill")
    assert candidates(intervention(comparison="REST_OF_STATE"), {}) == ()


def test_who_had_the_same_kind_in_that_time_is_not_compared() -> None:
    one = intervention()

    def had(**other: Any) -> Intervention:
        return intervention(**{"id": "hill.0123456789ab", "community": "hill", **other})

    def found(other: Intervention) -> dict[str, LeftOut]:
        return unfit(one, ["hill"], _OVER, known={"hill"}, sharing=set(), interventions=[one, other])

    same = {"hill": LeftOut.SAME_KIND}
    assert found(had()) == same
    assert found(had(started_on=dt.date(2015, 6, 30))) == same
    assert found(had(started_on=dt.date(2013, 1, 1), ended_on=dt.date(2014, 7, 1))) == same
    assert found(had(started_on=dt.date(2015, 7, 1))) == {}
    assert found(had(started_on=dt.date(2013, 1, 1), ended_on=dt.date(2014, 6, 30))) == {}
    assert found(had(kind="BOOST")) == {}
    assert found(had(void=True)) == {}


def test_who_shares_areas_or_is_not_known_is_not_compared() -> None:
    found = unfit(
        intervention(),
        ["river", "hill", "lake", "dale"],
        _OVER,
        known={"river", "hill", "dale"},
        sharing={"river", "hill"},
        interventions=[],
    )
    assert found == {"river": LeftOut.ITSELF, "hill": LeftOut.OVERLAP, "lake": LeftOut.UNKNOWN}
