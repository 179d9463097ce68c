"""What the made-up lives hold: everything a measure counts occurs, at realistic rates, and the parts fit together."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import pytest

from shared.feeds.sample import codes
from shared.feeds.sample.billing import HOME_HEALTH, HOSPICE, OUTPATIENT, SNF
from shared.feeds.sample.claims import ClaimVersion
from shared.feeds.sample.drugs import ANTICOAGULANT, BY_CODE, DIABETIC, OPIOID
from shared.feeds.sample.exposure import at_hand, supplies
from shared.feeds.sample.histories import History, histories
from shared.feeds.sample.pictures import ADVERSE
from shared.feeds.sample.plan import Plan
from shared.feeds.sample.stays import DIED, Stay
from shared.feeds.sample.value_sets import value_sets

PLAN = Plan(seed=1, beneficiaries=10_000, homes=0)
DAY = dt.timedelta(days=1)
EVENTS = {kind: {cause.principal for cause in causes} for kind, causes in ADVERSE.items()}


@pytest.fixture(scope="module")
def lives() -> list[History]:
    return list(histories(PLAN))


def in_force(claims: Iterable[ClaimVersion]) -> list[ClaimVersion]:
    last: dict[str, ClaimVersion] = {}
    for claim in claims:
        if claim.claim not in last or claim.version > last[claim.claim].version:
            last[claim.claim] = claim
    return [claim for claim in last.values() if claim.action != "cancel"]


def death_of(life: History) -> dt.date:
    return next((line.death for line in life.enrolment if line.death), dt.date.max)


def test_everyone_with_care_is_enrolled_when_it_begins_and_alive_to_its_end(lives: list[History]) -> None:
    for life in lives:
        death = death_of(life)
        years = {line.year for line in life.enrolment}
        assert life.person.spans or not (life.claims or life.care or life.fills or life.notices or life.services)
        for care in life.care:
            assert care.first <= care.last <= death
            assert care.first.year in years or care.setting != OUTPATIENT
            assert all(care.first <= first <= last <= care.last for first, last in care.nights)
        for fill in life.fills:
            assert any(first <= fill.filled <= last for first, last in life.person.spans)
            assert fill.filled <= death
        for service in life.services:
            assert (service.ended or service.started or service.referred) <= death
        assert all(notice.admission <= death for notice in life.notices)


def test_only_the_seeded_impossible_stays_begin_after_death(lives: list[History]) -> None:
    after = [claim for life in lives for claim in in_force(life.claims) if claim.admission > death_of(life)]
    assert after
    assert all(claim.claim.endswith("-x000") for claim in after)


def test_every_way_of_correcting_occurs_in_every_kind_of_record(lives: list[History]) -> None:
    for kind in ("claims", "care", "fills", "notices", "services"):
        told = [version for life in lives for version in getattr(life, kind)]
        assert {version.action for version in told} == {"original", "adjust", "cancel"}, kind
        if kind != "notices":
            assert len(set(told)) < len(told), f"no {kind} come twice"


def test_every_setting_occurs_with_what_measures_ask_of_it(lives: list[History]) -> None:
    care = [version for life in lives for version in life.care]
    settings = Counter(version.setting for version in care)
    assert set(settings) == {OUTPATIENT, SNF, HOME_HEALTH, HOSPICE}
    outpatient = [version for version in care if version.setting == OUTPATIENT]
    assert {(version.emergency, version.observation) for version in outpatient} == {
        (False, False),
        (True, False),
        (False, True),
        (True, True),
    }
    assert any(version.setting == HOSPICE and version.nights for version in care)
    assert {"2", "3", "4"} <= {version.frequency for version in care if version.setting == SNF}
    assert any(claim.leave for life in lives for claim in life.claims)
    assert any(version.received > version.last + 60 * DAY for version in care)


def test_same_day_returns_are_for_the_same_reason_and_for_another(lives: list[History]) -> None:
    kinds: Counter[bool] = Counter()
    for life in lives:
        acute = in_force(life.claims)
        for claim in acute:
            if "-r" in claim.claim:
                before = next(
                    other
                    for other in acute
                    if other.discharge == claim.admission and other.provider == claim.provider and other != claim
                )
                kinds[before.diagnoses[0][:3] == claim.diagnoses[0][:3]] += 1
    assert kinds[True] > 0
    assert kinds[False] > 0


def test_planned_returns_and_exclusions_occur_within_thirty_days(lives: list[History]) -> None:
    again: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for life in lives:
        claims = sorted(in_force(life.claims), key=lambda claim: claim.admission)
        for index, claim in enumerate(claims):
            first[claim.diagnoses[0]] += 1
            if any(0 <= (claim.admission - before.discharge).days <= 30 for before in claims[:index]):
                again[claim.diagnoses[0]] += 1
                assert len(claim.poa) == len(claim.diagnoses)
    assert min(again["Z5111"], again["M1611"], again["S72011A"], again["N186"]) > 0
    assert min(first["F329"], first["C3490"], first["C189"]) > 0


def test_adverse_events_follow_discharges_with_the_drug_at_hand_in_all_settings(lives: list[History]) -> None:
    found: Counter[tuple[str, str]] = Counter()
    for life in lives:
        stock = supplies(life.fills)
        for stay in life.stays:
            if stay.acute and stay.status != DIED:
                for kind in at_hand(stock, stay.discharge):
                    found[kind, "index"] += 1
                    found.update((kind, level) for level in followed_by(life, stay, kind))
    for kind in (ANTICOAGULANT, DIABETIC, OPIOID):
        for level in ("ed", "observation", "inpatient"):
            assert 0 < found[kind, level] < 0.06 * found[kind, "index"], (kind, level)


def followed_by(life: History, stay: Stay, kind: str) -> Iterator[str]:
    """Where events of the class were treated within 30 days of the stay."""
    until = stay.discharge + 30 * DAY
    for visit in life.care:
        if visit.version == 1 and stay.discharge < visit.first <= until and visit.diagnoses[0] in EVENTS[kind]:
            yield "observation" if visit.observation else "ed"
    for claim in life.claims:
        if claim.version == 1 and stay.discharge < claim.admission <= until and claim.diagnoses[0] in EVENTS[kind]:
            yield "inpatient"


def test_a_fifth_of_discharges_lead_to_skilled_nursing_and_two_in_five_people_take_five_drugs(
    lives: list[History],
) -> None:
    left = sum(stay.acute and stay.status != DIED for life in lives for stay in life.stays)
    nursing = {
        v.claim for life in lives for v in life.care if v.setting == SNF and v.frequency in "12" and v.version == 1
    }
    assert 0.15 <= len(nursing) / left <= 0.25
    day = dt.date(2015, 6, 30)
    counted = people = 0
    for life in lives:
        if any(first <= day <= last for first, last in life.person.spans) and day < death_of(life):
            people += 1
            held = {fill.code for fill in life.fills if fill.filled <= day < fill.filled + fill.days * DAY}
            counted += len({name for code in held for name in BY_CODE[code].ingredients}) >= 5
    assert 0.35 <= counted / people <= 0.45


def test_most_notices_are_of_stays_that_are_billed_and_a_few_never(lives: list[History]) -> None:
    matched = unmatched = open_ended = 0
    for life in lives:
        visits: dict[str, dt.date | None] = {}
        for notice in life.notices:
            if notice.action != "cancel":
                visits[notice.visit] = notice.discharge
                billed = any(
                    claim.provider == notice.provider and abs((claim.admission - notice.admission).days) <= 1
                    for claim in life.claims
                )
                matched += billed
                unmatched += not billed
        open_ended += sum(discharge is None for discharge in visits.values())
    assert 0 < unmatched < 0.05 * matched
    assert open_ended > 0


def test_services_at_home_wait_begin_end_and_go_on(lives: list[History]) -> None:
    last = {version.service: version for life in lives for version in life.services}
    begun = [version for version in last.values() if version.started is not None]
    assert 0.5 < len(begun) / len(last) < 1
    assert any(version.started > version.referred for version in begun if version.started)
    assert {version.ended is None for version in begun} == {True, False}


def test_status_residence_and_age_vary_as_strata_need(lives: list[History]) -> None:
    lines = [line for life in lives for line in life.enrolment]
    assert {code for line in lines for code in line.dual} >= {"NA", "02", "04", "08", "01", "03", "05", "06"}
    assert any(len(set(line.dual)) > 1 for line in lines)
    moved = [line for line in lines if line.moves]
    assert moved
    assert all(line.moves[0][0].year == line.year for line in moved)
    ages = Counter(PLAN.first_year - line.birth.year >= 65 for line in lines)
    assert 0.75 < ages[True] / ages.total() < 0.95
    held: defaultdict[int, int] = defaultdict(int)
    for life in lives:
        named = {code for version in life.care for code in version.diagnoses}
        held[len({name for code in named for name in codes.DIAGNOSES[code][1]})] += 1
    assert all(held[count] > 0 for count in range(7))


def test_value_sets_cover_every_code_of_the_sample(lives: list[History]) -> None:
    sets = {name: dict(pairs) for name, pairs in value_sets(PLAN).items()}
    for life in lives:
        for claim in life.claims:
            assert sets["ccs-diagnoses"].keys() >= set(claim.diagnoses)
            assert sets["ccs-procedures"].keys() >= set(claim.procedures)
        for care in life.care:
            assert sets["ccs-diagnoses"].keys() >= set(care.diagnoses)
        assert all(f"ndc:{fill.code}" in sets["drug-ingredients"] for fill in life.fills)
    assert sets["ccs-diagnoses"]["Z5111"] in {
        code for code, meaning in value_sets(PLAN)["planned-readmission"] if meaning == "always_dx_ccs"
    }
    lived_in = {f"zip:{line.zip_code}" for life in lives for line in life.enrolment}
    assert 0 < len(sets["low-income-areas"].keys() & lived_in) < len(lived_in) / 2
