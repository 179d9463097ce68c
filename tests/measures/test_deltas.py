"""Changes of the rollups as they are gathered: only what differs, whatever it is gathered from."""

from services.measures.domain.deltas import Deltas, replace, without_zeros

HERE = ("zip:80501", 201801, 0)


def test_what_stands_in_both_is_no_change() -> None:
    deltas: Deltas = {}
    replace(deltas, [(*HERE, (0, 1, 1, 1)), ("ccn:060001", 201801, 0, (1, 1))], [(*HERE, (0, 1, 1, 1))])
    assert without_zeros(deltas) == [("ccn:060001", 201801, 0, (1, -1))]


def test_changes_of_many_beneficiaries_add_up_and_what_cancels_out_is_left_out() -> None:
    deltas: Deltas = {}
    replace(deltas, [], [(*HERE, (0, 2, 8, 31))])
    replace(deltas, [(*HERE, (0, 1))], [(*HERE, (0, 3, 1, 1))])
    replace(deltas, [(*HERE, (8, 31))], [])
    assert without_zeros(deltas) == [(*HERE, (0, 4, 1, 1))]
    replace(deltas, [(*HERE, (0, 4, 1, 1))], [])
    assert without_zeros(deltas) == []


def test_a_contribution_kept_by_a_beneficiary_is_not_touched_by_what_others_add() -> None:
    kept = (*HERE, (0, 1))
    deltas: Deltas = {}
    replace(deltas, [], [kept])
    replace(deltas, [], [(*HERE, (0, 1))])
    assert kept == (*HERE, (0, 1))
    assert without_zeros(deltas) == [(*HERE, (0, 2))]
