"""Made-up programs of units and strata for tests of suppression, and a linear program as an independent auditor."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import coo_array

from services.measures.domain.snapshot import Cell, Snapshot
from services.measures.domain.tables import Figure, Place, Split, Table

PERIOD = "2018Q1"
STRATA = ("dual", "not-dual")
# ZIP codes lie in communities (B and C overlap), communities in states, states in the nation; one ZIP in no community.
UNITS: Mapping[tuple[str, str], tuple[int, ...]] = {
    **{("zip", str(number)): (number,) for number in range(6)},
    ("community", "A"): (0, 1),
    ("community", "B"): (2, 3),
    ("community", "C"): (3, 4),
    ("state", "X"): (0, 1, 2),
    ("state", "Y"): (3, 4, 5),
    ("nation", "US"): (0, 1, 2, 3, 4, 5),
}
TREES = (
    (("nation", "US"), (("state", "X"), ("state", "Y")), True),
    (("nation", "US"), (("community", "A"), ("community", "B")), False),
    (("nation", "US"), (("community", "C"),), False),
    (("state", "X"), (("community", "A"),), False),
    (("state", "Y"), (("community", "C"),), False),
    *((unit, tuple(("zip", str(number)) for number in UNITS[unit]), True) for unit in UNITS if unit[0] != "zip"),
)
Atoms = Sequence[tuple[int, int]]  # by ZIP and stratum: counted, and others in the denominator


def atoms() -> st.SearchStrategy[list[tuple[int, int]]]:
    """Numbers of a program, some of them small."""
    one = st.one_of(st.integers(30, 900), st.integers(0, 60), st.integers(0, 12))
    return st.lists(st.tuples(one, one), min_size=12, max_size=12)


def moved(before: Atoms) -> st.SearchStrategy[list[tuple[int, int]]]:
    """The same program some time later: mostly as it was, some numbers a little or much larger or smaller."""
    step = st.one_of(st.just(0), st.integers(-12, 12), st.integers(-60, 60))
    steps = st.lists(st.tuples(step, step), min_size=len(before), max_size=len(before))
    return steps.map(lambda by: [(max(0, a + x), max(0, b + y)) for (a, b), (x, y) in zip(before, by, strict=True)])


def cells_of(numbers: Atoms) -> list[Cell]:
    """Two measures that share a numerator: a share of discharges, and a rate over person-time."""
    found = []
    for (kind, name), zips in UNITS.items():
        for stratum in ("all", *STRATA):
            own = [2 * z + s for z in zips for s in range(2) if stratum in {"all", STRATA[s]}]
            place = Place(kind, name, PERIOD, stratum)
            hits, others = sum(numbers[at][0] for at in own), sum(numbers[at][1] for at in own)
            found += [
                cell("percent", place, ("hits", "discharges"), hits, hits + others, share=True, public=kind != "zip"),
                cell("rate", place, ("hits", "days"), hits, 90_000 * len(own), public=kind != "zip"),
            ]
    return found


def cell(
    measure: str,
    place: Place,
    counts: tuple[str, str],
    numerator: int,
    denominator: int,
    *,
    share: bool = False,
    public: bool = True,
) -> Cell:
    """A cell with its value in text."""
    return Cell(
        measure=measure,
        place=place,
        counts=counts,
        numerator=numerator,
        denominator=denominator,
        value=f"{numerator}/{denominator}",
        share=share,
        public=public,
    )


def splits() -> list[Split]:
    """How units and strata divide."""
    found = []
    for whole, parts, complete in TREES:
        for stratum in ("all", *STRATA):
            at = [Place(*unit, PERIOD, stratum) for unit in (whole, *parts)]
            found.append(Split(at[0], tuple(at[1:]), complete))
    for unit in UNITS:
        own = tuple(Place(*unit, PERIOD, stratum) for stratum in STRATA)
        found.append(Split(Place(*unit, PERIOD, "all"), own, complete=True))
    return found


def shown_by(snapshot: Snapshot, cells: Iterable[Cell]) -> set[Figure]:
    """The figures that rows of a snapshot show as of now."""
    open_ = {(row.measure, row.place) for row in snapshot.rows if row.numerator is not None and row.reason is None}
    return {figure for one in cells if (one.measure, one.place) in open_ for figure in one.figures}


def extremes(
    table: Table, values: Mapping[Figure, int], shown: Collection[Figure], figure: Figure
) -> tuple[float, float]:
    """The least and the largest a figure can be for all that is shown, by linear programming; no number is below 0."""
    names = sorted(table.connected(figure))
    at = {name: number for number, name in enumerate(names)}
    members = [dict(equation) for equation in table.members if equation[0][0] in at]
    equations = coo_array(
        (
            [sign for row in members for sign in row.values()],
            (
                [number for number, row in enumerate(members) for _ in row],
                [at[name] for row in members for name in row],
            ),
        ),
        shape=(len(members), len(names)),
    )
    bounds = [(values[name], values[name]) if name in shown else (0, None) for name in names]
    found = []
    for sign in (1, -1):
        goal = [sign if name == figure else 0 for name in names]
        solved = linprog(goal, A_eq=equations, b_eq=[0] * len(members), bounds=bounds, method="highs")
        assert solved.status in {0, 3}, solved.message
        found.append(float("inf") if solved.status == 3 else sign * solved.fun)
    return found[0], found[1]
