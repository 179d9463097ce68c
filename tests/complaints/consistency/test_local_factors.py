"""Local factors: known codes only, a QIO's own added, shares per group."""

from fractions import Fraction

import pytest

from services.complaints.domain.consistency.local_factors import FACTORS, FactorCount, Registry, frequencies
from services.complaints.domain.consistency.rates import Dimension
from services.complaints.domain.refusal import Refusal


def test_codes_are_kept_once_and_in_order() -> None:
    assert Registry().checked(["TRANSPORT", "NO_SNF_BED", "TRANSPORT"]) == ("NO_SNF_BED", "TRANSPORT")
    assert Registry().checked([]) == ()


def test_an_unknown_code_is_refused_without_being_repeated() -> None:
    with pytest.raises(Refusal) as refused:
        Registry().checked(["NO_SNF_BED", "MRS_PEREZ_SAID"])
    (reason,) = refused.value.reasons
    assert (reason.code, reason.field) == ("LOCAL_FACTOR_UNKNOWN", "local_factors")
    assert "PEREZ" not in reason.text


def test_a_qio_may_add_codes_of_its_own() -> None:
    registry = Registry.configured({"FERRY": "No ferry in winter"})
    assert registry.checked(["FERRY"]) == ("FERRY",)
    assert registry.factors.keys() == FACTORS.keys() | {"FERRY"}


@pytest.mark.parametrize(
    ("code", "text"), [("ferry", "x"), ("F", "x"), ("FERRY", " "), ("FERRY", "x" * 201), ("TRANSPORT", "x")]
)
def test_a_bad_or_redefined_code_is_refused(code: str, text: str) -> None:
    with pytest.raises(ValueError, match="local factor"):
        Registry.configured({code: text})


def test_shares_are_of_all_cases_of_a_group_also_where_the_factor_was_never_recorded() -> None:
    counts = [FactorCount("TRANSPORT", "WV", 30), FactorCount("LANGUAGE", "CA", 3)]
    found = frequencies(Dimension.STATE, counts, {"WV": 120, "CA": 400}, outside=False)
    transport = {rate.group: rate.share for rate in found["TRANSPORT"].rates}
    assert list(found) == ["LANGUAGE", "TRANSPORT"]
    assert transport == {"WV": Fraction(1, 4), "CA": 0}
    assert found["TRANSPORT"].overall.share == Fraction(30, 520)


def test_outside_a_rare_factor_shows_no_count() -> None:
    found = frequencies(Dimension.STATE, [FactorCount("LANGUAGE", "CA", 3)], {"WV": 120, "CA": 400}, outside=True)
    assert all(rate.hidden for rate in (found["LANGUAGE"].overall, *found["LANGUAGE"].rates))
