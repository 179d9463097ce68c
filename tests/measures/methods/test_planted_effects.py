"""Planted effects over 200 seeds: intervals cover and charts alarm as often as theory says.

What is counted in 200 trials must lie within the central 99.9 % of the binomial distribution theory gives.
"""

import math
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from scipy import integrate, stats

from services.measures.domain import periods
from services.measures.domain.intervals import Count
from services.measures.domain.methods import differences
from services.measures.domain.methods.charts import limits, rules
from services.measures.domain.methods.charts.points import Kind, Point
from services.measures.domain.methods.charts.rare import g_chart
from services.measures.domain.methods.charts.rules import Mark, Rule
from services.measures.domain.methods.charts.runs import fewest_crossings, longest_run, runs
from services.measures.domain.methods.differences import Group
from services.measures.domain.methods.differences_bootstrap import chance
from services.measures.domain.methods.differences_panel import Cell, Panel, effect, panel
from services.measures.domain.methods.effects import Effect
from services.measures.domain.methods.series import interrupted

SEEDS = range(200)
PLANTED = {"none": 0.0, "small": -0.05, "large": -0.25}  # of the logarithm of a rate


def as_theory_says(count: int, chance: float, trials: int = len(SEEDS)) -> bool:
    """Whether a count lies within the central 99.9 % of its binomial distribution."""
    low, high = stats.binom.ppf([0.0005, 0.9995], trials, chance)
    return bool(low <= count <= high)


def covers(found: Effect, truth: float) -> bool:
    assert found.low is not None
    assert found.high is not None
    return found.low <= truth <= found.high


def counted(seed: int, size: int, mean: float, exposure: int = 40) -> list[Point]:
    events = np.random.default_rng(seed).poisson(mean, size)
    return [
        Point(period=periods.shift("2006-01", place), events=int(one), exposure=Fraction(exposure))
        for place, one in enumerate(events)
    ]


def alarms(after: float) -> int:
    """Charts of 200 with a point beyond 3 sigma among 20 that follow twelve of mean 600."""
    found = 0
    for seed in SEEDS:
        centre = limits.centre(Kind.U, counted(seed, 12, 600))
        marks = [limits.mark(centre, point) for point in counted(seed + 1000, 20, after)]
        found += any(signal.rule is Rule.WE1 for signal in rules.signals(marks))
    return found


def beyond(shift: float) -> float:
    """The chance of an alarm in 20 points if the mean moved by so many sigma, the centre erring as twelve points do."""

    def within(error: float) -> float:
        inside = stats.norm.cdf(3 - shift + error) - stats.norm.cdf(-3 - shift + error)
        return float(inside**20 * stats.norm.pdf(error, scale=math.sqrt(1 / 12)))

    return 1 - float(integrate.quad(within, -3, 3)[0])


@pytest.mark.parametrize("logarithm", PLANTED.values(), ids=PLANTED)
def test_points_beyond_three_sigma_come_as_often_as_the_normal_distribution_says(logarithm: float) -> None:
    after = 600 * math.exp(logarithm)
    assert as_theory_says(alarms(after), beyond((after - 600) / math.sqrt(600)))


def test_without_a_change_the_four_rules_wait_92_points_on_average() -> None:
    # Champ CW, Woodall WH. Technometrics 1987;29:393-399: average run length of rules 1 to 4 together 91.75. Its spread
    # is nearly that of a geometric distribution, so the mean of 200 has a standard error of 91.75 / sqrt(200).
    lengths = []
    for seed in SEEDS:
        distances = np.random.default_rng(seed).normal(size=2000)
        size, found = 64, list[int]()
        while not found:
            size *= 2
            marks = [Mark.at(Fraction(float(distance))) for distance in distances[:size]]
            found = [one.place + 1 for one in rules.signals(marks) if one.rule is not Rule.N3]
        lengths.append(found[0])
    assert abs(np.mean(lengths) - 91.75) < 3.29 * 91.75 / math.sqrt(len(SEEDS))


def quiet(useful: int) -> float:
    """The chance that coin flips neither run too long nor cross too seldom, by counting all sequences."""
    ways = {(1, 0): 1}
    for _ in range(useful - 1):
        later: dict[tuple[int, int], int] = {}
        for (run, crossings), many in ways.items():
            for state in ((run + 1, crossings), (1, crossings + 1)):
                if state[0] <= longest_run(useful):
                    later[state] = later.get(state, 0) + many
        ways = later
    kept = sum(many for (_, crossings), many in ways.items() if crossings >= fewest_crossings(useful))
    return float(Fraction(kept, 2 ** (useful - 1)))


@pytest.mark.parametrize("size", [12, 24, 60])
def test_run_charts_signal_by_chance_as_often_as_coin_flips_do(size: int) -> None:
    found = 0
    for seed in SEEDS:
        values = [Fraction(float(one)) for one in np.random.default_rng(seed).normal(size=size)]
        found += runs(values, Fraction(0)).signal
    assert as_theory_says(found, 1 - quiet(size))


def test_gaps_of_a_g_chart_lie_beyond_its_limit_as_often_as_the_geometric_distribution_says() -> None:
    # Mean 4: P(gap > 4 + 3 sqrt(20)) = 0.8 ** 18 = 1.8 %; ten gaps of each of 200 charts.
    found = 0
    for seed in SEEDS:
        gaps = [int(one) - 1 for one in np.random.default_rng(seed).geometric(0.2, 410)]
        found += sum(signal.place >= 400 for signal in g_chart(gaps, baseline=400).signals)
    assert as_theory_says(found, 0.8**18, 10 * len(SEEDS))


@pytest.mark.parametrize("logarithm", PLANTED.values(), ids=PLANTED)
def test_a_ratio_of_ratios_covers_what_was_planted(logarithm: float) -> None:
    found = []
    for seed in SEEDS:
        events = np.random.default_rng(seed).poisson([1500, 1450 * math.exp(logarithm), 1500, 1450])
        one, two, three, four = (Count(int(count), 100_000) for count in events)
        found.append(differences.ratio_of_ratios(Group(one, two), Group(three, four)))
    assert as_theory_says(sum(covers(one, math.exp(logarithm)) for one in found), 0.95)
    # How many are clear: normal power with the error of four counts.
    error = math.sqrt(2 / 1500 + 1 / 1450 + 1 / (1450 * math.exp(logarithm)))
    power = stats.norm.cdf(-1.96 - logarithm / error) + stats.norm.cdf(-1.96 + logarithm / error)
    assert as_theory_says(sum(one.clear for one in found), float(power))


def series(seed: int, change: float, correlation: float) -> Effect:
    """24 quarters of standard deviation 1, season and slope, with a change from the thirteenth on."""
    shocks = np.random.default_rng(seed).normal(size=24)
    errors = [float(shocks[0])]
    for shock in shocks[1:]:
        errors.append(correlation * errors[-1] + math.sqrt(1 - correlation**2) * float(shock))
    values = [15 - 0.1 * t + (t % 4) * 0.2 + change * (t >= 12) + error for t, error in enumerate(errors)]
    return interrupted([(periods.shift("2004Q1", t), value) for t, value in enumerate(values)], "2007Q1").change


@pytest.mark.parametrize(("change", "correlation"), [(0.0, 0.0), (-1.0, 0.3), (-5.0, 0.5)])
def test_an_interrupted_series_covers_what_was_planted_also_if_errors_go_together(
    change: float, correlation: float
) -> None:
    found = [series(seed, change, correlation) for seed in SEEDS]
    assert as_theory_says(sum(covers(one, change) for one in found), 0.95)
    normal = sum(abs(one.estimate - change) < 1.96 * (one.error or 0.0) for one in found)
    assert normal < 0.8 * len(SEEDS)  # why the limits are not plain Newey-West ones
    if change == 0:
        assert as_theory_says(sum(one.clear for one in found), 0.05)


def communities(seed: int, logarithm: float) -> Panel:
    """Fourteen communities, five of them with the intervention, each drifting on its own."""
    random = np.random.default_rng(seed)
    cells = []
    for unit in range(14):
        level, drift = random.normal(0, 0.2), random.normal(0, 0.03)
        for time in range(6):
            log = math.log(600) + level + drift * (time >= 3) + logarithm * (unit < 5 and time >= 3)
            cells.append(Cell(f"{unit:02}", f"2010-0{time + 1}", int(random.poisson(math.exp(log))), Fraction(40)))
    return panel(cells, {f"{unit:02}" for unit in range(5)}, "2010-04")


@pytest.mark.parametrize("logarithm", PLANTED.values(), ids=PLANTED)
def test_a_comparison_of_few_communities_covers_what_was_planted(logarithm: float) -> None:
    robust = plain = wild = 0
    for seed in SEEDS:
        of = communities(seed, logarithm)
        found = effect(of)
        robust += covers(found, math.exp(logarithm))
        random = Random(seed)
        signs = [[1] * 14] + [[random.choice((1, -1)) for _ in range(14)] for _ in range(399)]
        wild += chance(of, logarithm, signs) > 0.05
        events = math.sqrt(sum(1 / total for total in _totals(of)))
        plain += abs(math.log(found.estimate) - logarithm) < 1.96 * events
    assert as_theory_says(wild, 0.95)
    assert plain < robust


def _totals(of: Panel) -> list[int]:
    """Events of the two groups before and after."""
    sums = {(group, after): 0 for group in (False, True) for after in (False, True)}
    for events, on in zip(of.events, of.on, strict=True):
        for time, one in enumerate(events):
            sums[any(on), time >= 3] += one
    return list(sums.values())
