"""Versions of claims in any order fold into what stands; the number of a provider tells how it is paid."""

import datetime as dt
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.complaints.domain.payment.claims import (
    Billed,
    ClaimFamily,
    ClaimKey,
    ClaimVersion,
    ProviderKind,
    folded,
    provider_kind,
)
from tests.complaints.payment.support import claim, claims


def test_the_highest_version_stands_and_what_was_billed_before_is_kept() -> None:
    versions = [claim(version=1, drg="292", paid=500_00), claim(version=2, drg="291", paid=900_00), claim(version=3)]
    billed = {1: Billed("292", 500_00), 2: Billed("291", 900_00)}
    for order in permutations(versions):
        assert folded(order) == {versions[0].key: ClaimFamily(versions[2], billed)}


def test_a_cancel_stands_and_was_no_bill() -> None:
    (family,) = folded([claim(version=2, cancelled=True, drg="291"), claim(version=1, drg="291")]).values()
    assert family.current.cancelled
    assert family.billed == {1: Billed("291", None)}


@given(claims(), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(versions: list[ClaimVersion], chance: object) -> None:
    mixed = [*versions, *versions[::2]]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert folded(mixed) == folded(versions)


@pytest.mark.parametrize(
    ("ccn", "kind"),
    [
        # State Operations Manual §2779A1 (ranges) and §2779B (letters of units).
        ("330001", ProviderKind.ACUTE),
        ("330879", ProviderKind.ACUTE),
        ("330880", ProviderKind.OTHER),
        ("331300", ProviderKind.CRITICAL_ACCESS),
        ("332000", ProviderKind.LONG_TERM),
        ("333025", ProviderKind.REHABILITATION),
        ("334001", ProviderKind.PSYCHIATRIC),
        ("33S001", ProviderKind.PSYCHIATRIC),
        ("33M301", ProviderKind.PSYCHIATRIC),
        ("33T001", ProviderKind.REHABILITATION),
        ("33R301", ProviderKind.REHABILITATION),
        ("33U001", ProviderKind.OTHER),
        ("333300", ProviderKind.OTHER),
        ("3900MB", ProviderKind.ACUTE),  # the form of DE-SynPUF
    ],
)
def test_a_number_tells_the_kind(ccn: str, kind: ProviderKind) -> None:
    assert provider_kind(ccn) is kind


def test_a_night_is_one_midnight() -> None:
    day = dt.date(2026, 3, 31)
    assert claim(admission=day, discharge=day + dt.timedelta(days=1)).midnights == 1
    assert claim(key=ClaimKey("a", "b"), admission=day, discharge=day).midnights == 0
