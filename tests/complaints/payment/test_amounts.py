"""Dollars add up to the cent, nothing impossible is entered, and the setting of care is a finding of its own."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.complaints.domain.payment.amounts import (
    Account,
    Entry,
    Finding,
    Stage,
    cents,
    dollars,
    retained_until,
)
from services.complaints.domain.payment.setting import SettingBasis, SettingOfCare, setting_finding
from services.complaints.domain.refusal import Refusal

AT = dt.datetime(2026, 7, 1, 15, 0, tzinfo=dt.UTC)
PAID = Decimal("6500.00")


def entry(stage: Stage, amount: str, finding: Finding = Finding.DENIAL) -> Entry:
    return Entry(AT, stage, finding, Decimal(amount))


def account(*entries: Entry) -> Account:
    found = Account(PAID)
    for one in entries:
        found = found.enter(one)
    return found


def code(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return refused.value.reasons[0].code


def test_a_denial_upheld_in_part_on_reconsideration_is_recovered_for_the_rest() -> None:
    found = account(
        entry(Stage.PROPOSED, "6500.00"),
        entry(Stage.DETERMINED, "6500.00"),
        entry(Stage.ADJUSTED, "6500.00"),
        entry(Stage.RESTORED, "1500.50"),
    )
    assert (found.at_stake, found.determined, found.restored) == (PAID, PAID, Decimal("1500.50"))
    assert (found.recovered, found.outstanding) == (PAID, Decimal("-1500.50"))
    settled = found.enter(entry(Stage.ADJUSTED, "-1500.50"))
    assert (settled.recovered, settled.outstanding) == (Decimal("4999.50"), Decimal("0.00"))


def test_a_drg_change_may_favour_the_provider() -> None:
    owed = str(PAID - Decimal("7000.00"))
    found = account(entry(Stage.PROPOSED, owed, Finding.DRG_CHANGE), entry(Stage.DETERMINED, owed, Finding.DRG_CHANGE))
    assert (found.at_stake, found.outstanding) == (Decimal("-500.00"), Decimal("-500.00"))


def test_a_proposal_given_up_in_the_discussion_leaves_nothing_determined_and_says_what_was_at_stake() -> None:
    found = account(entry(Stage.PROPOSED, "6500.00"), entry(Stage.DETERMINED, "0.00"))
    assert (found.at_stake, found.determined, found.outstanding) == (PAID, Decimal(0), Decimal(0))


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ([entry(Stage.PROPOSED, "6500.01")], "MORE_THAN_PAID"),
        ([entry(Stage.PROPOSED, "-1.00")], "NEGATIVE_DENIAL"),
        ([entry(Stage.PROPOSED, "1.001")], "NOT_DOLLARS"),
        ([entry(Stage.PROPOSED, "NaN")], "NOT_DOLLARS"),
        ([entry(Stage.PROPOSED, "1e30")], "NOT_DOLLARS"),
        ([entry(Stage.ADJUSTED, "1.00")], "NOTHING_DETERMINED"),
        ([entry(Stage.PROPOSED, "1.00"), entry(Stage.RESTORED, "1.00")], "NOTHING_DETERMINED"),
        ([entry(Stage.DETERMINED, "10.00"), entry(Stage.RESTORED, "10.01")], "MORE_THAN_DETERMINED"),
        ([entry(Stage.DETERMINED, "10.00"), entry(Stage.RESTORED, "-0.01")], "MORE_THAN_DETERMINED"),
        ([entry(Stage.DETERMINED, "9.00", Finding.TECHNICAL_DENIAL)], "NOT_WHOLE"),
        (
            [entry(Stage.DETERMINED, "10.00"), entry(Stage.RESTORED, "1.00"), entry(Stage.DETERMINED, "5.00")],
            "ALREADY_RESTORED",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_one_reason(entries: list[Entry], reason: str) -> None:
    before = account(*entries[:-1])
    with pytest.raises(Refusal) as refused:
        before.enter(entries[-1])
    assert code(refused) == reason


def test_a_technical_denial_is_of_the_whole_payment() -> None:
    assert account(entry(Stage.DETERMINED, "6500.00", Finding.TECHNICAL_DENIAL)).outstanding == PAID


_entries = st.lists(
    st.builds(
        Entry, st.just(AT), st.sampled_from(Stage), st.just(Finding.DRG_CHANGE), st.decimals(-500, 7_000, places=2)
    ),
    max_size=8,
)


@given(_entries)
def test_what_is_outstanding_recovered_and_restored_adds_up_to_what_was_determined(entries: list[Entry]) -> None:
    found = Account(PAID)
    for one in entries:
        try:
            found = found.enter(one)
        except Refusal:
            continue
    assert found.outstanding + found.recovered + found.restored == found.determined
    assert abs(found.restored) <= abs(found.determined)


@given(st.integers(-(10**10), 10**10))
def test_cents_and_dollars_are_the_same_money(amount: int) -> None:
    assert cents(dollars(amount)) == amount


def test_a_determination_is_kept_six_years_from_the_day_of_service() -> None:
    """42 CFR 476.94(e)."""
    assert retained_until(dt.date(2020, 5, 17)) == dt.date(2026, 5, 17)
    assert retained_until(dt.date(2020, 2, 29)) == dt.date(2026, 3, 1)


def test_care_that_belonged_in_observation_is_a_finding_of_a_physician() -> None:
    elsewhere = (SettingOfCare.INPATIENT_ACUTE, SettingOfCare.OUTPATIENT_OBSERVATION, SettingBasis.NOT_MET)
    assert setting_finding(*elsewhere, by_physician=True).differs
    with pytest.raises(Refusal) as refused:
        setting_finding(*elsewhere, by_physician=False)
    assert code(refused) == "PHYSICIAN_NEEDED"


@pytest.mark.parametrize(
    ("appropriate", "basis"),
    [
        (SettingOfCare.SKILLED_NURSING, SettingBasis.TWO_MIDNIGHT_BENCHMARK),
        (SettingOfCare.INPATIENT_ACUTE, SettingBasis.NOT_MET),
    ],
)
def test_a_basis_that_says_the_opposite_is_refused(appropriate: SettingOfCare, basis: SettingBasis) -> None:
    with pytest.raises(Refusal) as refused:
        setting_finding(SettingOfCare.INPATIENT_ACUTE, appropriate, basis, by_physician=True)
    assert code(refused) == "BASIS_CONTRADICTS"


def test_a_nurse_may_find_the_setting_billed_appropriate() -> None:
    same = (SettingOfCare.INPATIENT_ACUTE, SettingOfCare.INPATIENT_ACUTE, SettingBasis.CASE_BY_CASE_EXCEPTION)
    assert not setting_finding(*same, by_physician=False).differs
