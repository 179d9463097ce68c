"""Which years a record can change: the quick answer for the common case is the general one."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from services.measures.domain import scope
from services.measures.domain.timeline import Claim, Head, Summary

_YEARS = range(2006, 2013)


@st.composite
def heads(draw: st.DrawFn) -> Head:
    """Up to six years with stays that may reach into later ones, some with a death, some with known claims."""
    years = {}
    for year in draw(st.permutations(_YEARS))[: draw(st.integers(0, 6))]:
        new_year = dt.date(year, 1, 1).toordinal()
        first = draw(st.one_of(st.just(0), st.integers(new_year, new_year + 364)))
        reach = first + draw(st.integers(0, 500)) if first else 0
        death = draw(st.sampled_from([0, 0, 0, new_year + 100]))
        known = b"".join(draw(st.lists(st.sampled_from([b"aaaa", b"bbbb"]), max_size=2)))
        years[year] = Summary(known, first, reach, death, True)
    return Head(years=years)


@settings(max_examples=500, deadline=None)
@given(
    heads(),
    st.integers(dt.date(2005, 1, 1).toordinal(), dt.date(2013, 12, 31).toordinal()),
    st.integers(0, 400),
    st.sampled_from(["01", "20"]),
    st.sampled_from([b"aaaa", b"dddd"]),
)
def test_the_quick_answer_for_one_claim_is_the_general_answer(
    head: Head, admission: int, days: int, status: str, ref: bytes
) -> None:
    claim = Claim(ref + bytes(12), 1, False, admission, admission + days, "390001", status)
    quick = scope._around(head, claim)
    if quick is not None:
        assert quick == scope._general(head, [claim])
