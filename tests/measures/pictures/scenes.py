"""Scenes that tests of pictures share, of figures with a source where there is one."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from services.measures.domain.disparities import Sums
from services.measures.domain.goals import Form, Goal
from services.measures.domain.intervals import Count
from services.measures.domain.methods import differences, shrinkage, tap
from services.measures.domain.methods.charts.following import follow
from services.measures.domain.methods.charts.points import Kind, Point
from services.measures.domain.methods.charts.state import Because, ChartState, Plan
from services.measures.domain.methods.sir import Infections
from services.measures.domain.methods.verdict import Hope, verdict
from services.measures.pictures import control, disparity, effect, funnel, goal, ranking
from services.measures.pictures.describing import Scene
from services.measures.pictures.signals import Retracted
from services.measures.pictures.told import About, Better
from tests.measures.methods.charts.figures import AFTER, BASELINE

DAY = dt.date(2020, 5, 1)
MEANING = "Change of the rate, as a ratio to the change of the others; 1 is none."
NOW = dt.datetime(2020, 5, 1, tzinfo=dt.UTC)


GROUPS = (
    differences.Group(Count(800, 50.0), Count(560, 50.0), 8),
    differences.Group(Count(900, 60.0), Count(890, 60.0), 9),
)


def about(**changed: object) -> About:
    """Falls of a home."""
    known = {
        "subject": "River Home",
        "measure": "Falls of residents",
        "axis": "Falls per 1,000 resident days",
        "better": Better.LOWER,
        "source": "the home's own counts",
        "as_of": DAY,
    }
    return About(**{**known, **changed})  # type: ignore[arg-type]


def followed(points: list[Point], kind: Kind = Kind.U, first: str = "2006Q1", last: str = "2008Q4") -> ChartState:
    """The chart of these points."""
    return follow(ChartState("falls", "river", Plan(kind, first, last)), points, NOW)[0]


def control_chart() -> control.Chart:
    """Measures research §1.3, example 3, with a provisional quarter after it."""
    late = Point(period="2010Q1", events=640, exposure=Fraction("41.6"), provisional=True)
    return control.chart(followed([*BASELINE, *AFTER, late]), about(), Fraction("13.5"))


def restated_chart() -> control.Chart:
    """A followed chart whose signal of 2009Q1 was taken back, and whose baseline then was restated."""
    far = Point(period="2009Q1", events=900, exposure=AFTER[0].exposure)
    signalled = followed([*BASELINE, far])
    assert signalled.baseline is not None
    state, _ = follow(signalled, [replace(one, revision=1) for one in AFTER], NOW)
    state, _ = follow(state, [replace(BASELINE[0], events=BASELINE[0].events + 90, revision=1)], NOW)
    gone = [Retracted(one, Because.RESTATED, NOW) for one in signalled.signals if one.period == "2009Q1"]
    return control.chart(state, about(), past=control.Past([control.Earlier(signalled.baseline, NOW)], gone))


def run_chart() -> control.Chart:
    """The same as a run chart, which does not signal (measures research §8.4)."""
    return control.chart(followed([*BASELINE, *AFTER], Kind.RUN), about())


def members(many: int = 40) -> list[funnel.Member]:
    """Homes of all sizes about a fifth, two of them far off."""
    found = [
        funnel.Member(name=f"Home {number}", events=round(size * (0.2 + 0.02 * ((number * 7) % 5 - 2))), exposure=size)
        for number, size in enumerate((Fraction(20 + 25 * (number * 13 % many)) for number in range(many)), 1)
    ]
    far = funnel.Member(name="Sunny Acres Care Center", events=180, exposure=Fraction(500))
    good = funnel.Member(name="Lakeside", events=40, exposure=Fraction(600))
    own = funnel.Member(name="River Home", events=66, exposure=Fraction(300), own=True)
    return [*found, far, good, own]


def funnel_plot() -> funnel.Funnel:
    """Shares, in percent."""
    told = about(axis="Percent of residents with a fall", scale=Fraction(100), subject="Homes of Ohio")
    return funnel.funnel(members(), told, size="Residents", share=True)


def goal_line() -> goal.GoalLine:
    """The composite of nursing homes on its way to 6.00."""
    values = [Fraction(one) for one in ("9.1", "8.8", "8.9", "8.1", "7.6", "7.7", "7.0")]
    shown = [
        goal.Value(period=f"{2016 + number // 4}Q{number % 4 + 1}", value=value, provisional=number == 6)
        for number, value in enumerate(values)
    ]
    aim = goal.Aim(target=Fraction(6), words="composite of at most 6.00", by=dt.date(2019, 7, 31))
    return goal.goal_line(shown, aim, about(measure="Composite of 13 measures", axis="Failures per 100 opportunities"))


def tap_bars() -> ranking.Bars:
    """Measures research §5.5: facility 10.15 to prevent in all."""
    rows = [
        tap.Location("330001", name, Infections(observed, Fraction(predicted)), devices, patients)
        for name, observed, predicted, devices, patients in (
            ("ICU-A", 8, "5.2", 1900, 2600),
            ("Ward-C", 5, "2.0", 600, 3000),
            ("ICU-B", 3, "4.1", 1500, 2500),
            ("Ward-D", 0, "0.4", 200, 2800),
        )
    ]
    shown = about(subject="Hospital 330001", measure="CLABSI by location", axis="Infections")
    return ranking.tap(tap.locations(rows, Fraction(1, 2)), Fraction(1, 2), shown)


def gap_bars(many: int = 14) -> ranking.Bars:
    """Measures research §8.6: X, Y and Z, and others about the mean."""
    from random import Random  # noqa: PLC0415

    units = [shrinkage.Unit("Home X", 30, 2.0), shrinkage.Unit("Home Y", 420, 30.0), shrinkage.Unit("Home Z", 9, 0.4)]
    units += [
        shrinkage.Unit(f"Home {number}", 11 * number + number % 3, float(number)) for number in range(1, many - 2)
    ]
    belief = shrinkage.Belief(14, 20, 12)
    return ranking.gaps(
        shrinkage.gaps(units, belief),
        12.0,
        about(subject="Homes of Ohio"),
        ranks=shrinkage.ranks(units, belief, Random(1), draws=400),
        counts=[unit.events for unit in units],
    )


def disparity_picture() -> disparity.Compared:
    """Dual eligible residents beside the others."""
    shown = about(measure="Readmissions within 30 days", axis="Percent of discharges", scale=Fraction(100))
    return disparity.compared(["Dual eligible", "Not dual eligible"], [Sums(48, 200), Sums(90, 700)], shown, share=True)


def change_picture() -> effect.Change:
    """Eight homes with the intervention beside nine without."""
    found = verdict(differences.ratio_of_ratios(*GROUPS), Hope(0.8), 4, improved=True)
    times = [f"{year}Q{quarter}" for year in (2017, 2018) for quarter in (1, 2, 3, 4)]
    with_it = dict(zip(times, (16.2, 15.9, 16.3, 15.6, 13.0, 11.4, 10.6, 10.0), strict=True))
    without = dict(zip(times, (15.2, 14.8, 15.1, 14.9, 15.0, 14.7, 14.9, 14.8), strict=True))
    both = [effect.Group("With (8 homes)", with_it), effect.Group("Without (9 homes)", without)]
    return effect.change(both, "2018Q1", found, about(subject="Homes of Ohio"), MEANING)


def program_goal() -> Goal:
    """A fifth less than the baseline."""
    return Goal(
        id="rehospitalizations",
        measure="rehospitalizations-30d",
        aim="20 % fewer rehospitalizations",
        form=Form.RELATIVE_REDUCTION,
        size=Fraction(1, 5),
        baseline_period="2014Q2R4",
        target_date=dt.date(2019, 7, 31),
        source="QIO program 2014-2019",
    )


HOSTILE = (
    "$\\frac{1}{0}$ <script>alert('&amp;')</script> & "
    "\u202e\u05d1\u05d9\u05ea \u0645\u0633\u062a\u0634\u0641\u0649 \x00\x1b[31m " + "Wxyz" * 70
)
"""A name with mathematics, markup, controls, right-to-left letters and an override of direction, and 300 characters."""


def hostile() -> list[Scene]:
    """Every kind of picture with such names everywhere."""
    bad = about(subject=HOSTILE, measure=HOSTILE, axis=HOSTILE, source=HOSTILE)
    rows = [tap.Location("1", f"{HOSTILE[number:]}", Infections(5 - number, Fraction(2)), 10, 20) for number in (0, 1)]
    units = [shrinkage.Unit(f"{number}{HOSTILE}", 9 + number, 1.0) for number in range(3)]
    far = [funnel.Member(name=HOSTILE, events=200, exposure=Fraction(size)) for size in (500, 520, 900)]
    values = [goal.Value(period="2018Q1", value=Fraction(3)), goal.Value(period="2018Q2", value=Fraction(2))]
    found = verdict(differences.ratio_of_ratios(*GROUPS), Hope(0.8), 4, improved=True)
    lines = [
        effect.Group(HOSTILE, {"2018Q1": 1.0, "2018Q2": 2.0}),
        effect.Group(HOSTILE, {"2018Q1": 1.0, "2018Q2": 2.1}),
    ]
    return [
        control.chart(followed([*BASELINE, *AFTER]), bad),
        funnel.funnel([*members(), *far], bad, size=HOSTILE, share=True),
        goal.goal_line(values, goal.Aim(target=Fraction(1), words=HOSTILE), bad),
        ranking.tap(tap.locations(rows, Fraction(1)), Fraction(1), bad),
        ranking.gaps(shrinkage.gaps(units, shrinkage.Belief(9, 20, 8)), 8.0, bad),
        disparity.compared([HOSTILE, HOSTILE[1:]], [Sums(48, 200), Sums(90, 700)], bad, share=True),
        effect.change(lines, "2018Q2", found, bad, HOSTILE),
    ]
