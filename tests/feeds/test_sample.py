"""The made-up program: the same seed gives the same bytes, and its rates are those of real communities."""

import datetime as dt
import json
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest
import zipcodes

from shared.contracts import feeds
from shared.contracts.complaints import FileCase
from shared.contracts.feeds import EnrolmentYear, InpatientClaim
from shared.contracts.recruitment.communities import DefineCommunity
from shared.feeds import program_sample
from shared.feeds.nursing_homes import NursingHomeFile
from shared.feeds.reference import Reference
from shared.feeds.rows import UnusableFile
from shared.feeds.sample import files, records
from shared.feeds.sample.communities import communities
from shared.feeds.sample.homes import homes
from shared.feeds.sample.plan import Plan, share
from shared.program.ssa import CODE_BY_STATE
from tests.feeds.support import sorted_out

SMALL = Plan(seed=7, beneficiaries=1_000, homes=120)


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    written = []
    for name, plan in (("a", SMALL), ("b", SMALL), ("c", Plan(seed=8, beneficiaries=1_000, homes=120))):
        files.write(plan, tmp_path / name)
        folder = tmp_path / name
        found = (path for path in folder.rglob("*") if path.is_file())
        written.append({str(path.relative_to(folder)): path.read_bytes() for path in found})
    assert written[0] == written[1]
    assert written[0].keys() == written[2].keys()
    same = {name for name in written[0] if written[0][name] == written[2][name]}
    made_up = {f"{files.VALUE_SETS}/low-income-areas.csv"}
    assert same == {name for name in written[0] if name.startswith(files.VALUE_SETS)} - made_up


def test_the_written_files_read_back_as_the_records_made_directly(tmp_path: Path, reference: Reference) -> None:
    files.write(SMALL, tmp_path)
    read_homes, rejected, _, _ = sorted_out(NursingHomeFile(tmp_path / files.HOMES, SMALL.as_of).rows())
    assert not rejected
    assert read_homes == list(records.nursing_homes(SMALL))
    direct = [*records.value_set_parts(SMALL), *records.lives(SMALL, reference)]
    read: list[object] = []
    for outcomes in (
        program_sample.value_sets(tmp_path / files.VALUE_SETS),
        program_sample.enrolment(tmp_path / files.ENROLMENT, reference),
        program_sample.claims(tmp_path / files.CLAIMS, reference),
        program_sample.care(tmp_path / files.CARE, reference),
        program_sample.fills(tmp_path / files.FILLS, reference),
        program_sample.notices(tmp_path / files.NOTICES, reference),
        program_sample.services(tmp_path / files.SERVICES, reference),
    ):
        rows, rejected, _, _ = sorted_out(outcomes)
        assert not rejected
        read += rows
    assert Counter(read) == Counter(direct)


def test_every_record_satisfies_its_contract(reference: Reference) -> None:
    models = {
        model.wire_type(): (topic.name, model)
        for topic in (feeds.ENROLMENT, feeds.CLAIMS, feeds.CARE, feeds.VALUE_SETS)
        for model in topic.messages
    }
    found = set()
    for row in (*records.value_set_parts(SMALL), *records.lives(SMALL, reference)):
        topic, of_type = models[row.wire_type]
        model = of_type.model_validate_json(row.value)
        assert row.value == model.model_dump_json().encode()
        assert (row.topic, row.key) == (topic, getattr(model, "beneficiary", None) or getattr(model, "name", None))
        found.add(row.wire_type)
    assert found == models.keys()


def test_homes_are_in_all_states_with_numbers_of_their_state_and_all_kinds_of_rating() -> None:
    found = list(homes(Plan(homes=2_000)))
    assert len(found) == len({home.ccn for home in found}) == 2_000
    assert len({home.state for home in found}) == 54
    assert all(home.ccn[:2] == CODE_BY_STATE[home.state] for home in found)
    assert {home.overall_rating for home in found} == {None, 1, 2, 3, 4, 5}
    assert all(home.overall_rating == 1 for home in found if home.special_focus)
    for home in found[::40]:
        (place,) = zipcodes.matching(home.zip_code)  # type: ignore[no-untyped-call]
        assert place["state"] == home.state


def test_a_sample_larger_than_the_numbers_there_are_is_refused() -> None:
    with pytest.raises(UnusableFile, match="needs more numbers"):
        list(homes(Plan(homes=50_000)))


def test_communities_satisfy_the_contract_and_share_no_area() -> None:
    found = communities(Plan(beneficiaries=50_000))
    assert len(found) == 20
    areas = [place.zip_code for community in found for place in community.places]
    assert len(areas) == len(set(areas))
    for community in found:
        wanted = tuple(f"zip:{place.zip_code}" for place in community.places)
        DefineCommunity(actor="test", community=community.id, name=community.name, areas=wanted)


def test_appeals_can_be_filed_and_reach_nobody(tmp_path: Path, reference: Reference) -> None:
    files.write(SMALL, tmp_path)
    lines = (tmp_path / files.APPEALS).read_text().splitlines()
    assert len(lines) == SMALL.appeals
    for line in lines:
        facts = json.loads(line)
        facts["beneficiary"] = reference.beneficiary(facts["beneficiary"])
        command = FileCase.model_validate({"actor": "test", **facts})
        assert command.received_at.utcoffset() is not None
        for party in command.parties:
            assert party.contact.email is not None
            assert party.contact.email.endswith(".example")


def test_all_ways_of_billing_occur(reference: Reference) -> None:
    actions: Counter[str] = Counter()
    statuses: Counter[str | None] = Counter()
    frequencies: Counter[str | None] = Counter()
    for claim in _claims(Plan(seed=3, beneficiaries=5_000), reference):
        actions[claim.action] += 1
        statuses[claim.status] += 1
        frequencies[claim.frequency] += 1
    assert set(actions) == {"original", "adjust", "cancel"}
    assert {"01", "02", "03", "06", "20", "30", "51", "62", "63"} <= set(statuses)
    assert set(frequencies) == {"1", "2", "3", "4", "7", "8"}


def test_some_corrections_raise_the_drg_and_the_payment_and_a_cancel_pays_nothing(reference: Reference) -> None:
    families: dict[str, dict[int, InpatientClaim]] = defaultdict(dict)
    for claim in _claims(Plan(seed=3, beneficiaries=5_000), reference):
        families[claim.claim][claim.version] = claim
    assert all(claim.drg is not None and claim.paid is not None for of in families.values() for claim in of.values())
    corrected = [of for of in families.values() if of.keys() == {1, 2} and of[2].action == "adjust"]
    raised = [of for of in corrected if of[1].drg != of[2].drg]
    assert 0 < len(raised) < len(corrected)
    assert all((of[1].paid or 0) < (of[2].paid or 0) for of in raised)
    cancels = [claim for of in families.values() for claim in of.values() if claim.action == "cancel"]
    assert {claim.paid for claim in cancels} == {0}


@cache
def _claims(plan: Plan, reference: Reference) -> list[InpatientClaim]:
    rows = records.people(plan, reference)
    wanted = InpatientClaim.wire_type()
    return [InpatientClaim.model_validate_json(row.value) for row in rows if row.wire_type == wanted]


def test_rates_are_those_of_brock_2013(reference: Reference) -> None:
    """Hospitalizations 77.5 to 82.3 and 30-day rehospitalizations 14.3 to 15.2 per 1,000 and quarter (JAMA 309:381)."""
    plan = Plan(seed=1, beneficiaries=10_000)
    days = 0
    stays: dict[str, dict[str, InpatientClaim]] = defaultdict(dict)
    for row in records.people(plan, reference):
        if row.wire_type == EnrolmentYear.wire_type():
            year = EnrolmentYear.model_validate_json(row.value)
            days += sum((last - first).days + 1 for first, last in year.eligible)
            continue
        claim = InpatientClaim.model_validate_json(row.value)
        held = stays[claim.beneficiary].get(claim.claim)
        if held is None or held.version < claim.version:
            stays[claim.beneficiary][claim.claim] = claim
    discharges = again = 0
    for of_person in stays.values():
        acute = sorted(
            (
                claim
                for claim in of_person.values()
                if claim.action != "cancel" and claim.status != "30" and claim.provider[2:] < "2000"
            ),
            key=lambda claim: (claim.admission, claim.discharge),
        )
        whole = [claim for claim in acute if claim.status != "02"]
        discharges += len(whole)
        for claim in whole:
            later = (other for other in acute if other is not claim and _is_return(claim, other))
            onward = min((other.admission for other in later), default=dt.date.max)
            again += claim.status != "20" and (onward - claim.discharge).days <= 30
    quarters = days / (365.25 / 4)
    assert 70 <= 1_000 * discharges / quarters <= 83
    assert 13 <= 1_000 * again / quarters <= 16


def _is_return(claim: InpatientClaim, other: InpatientClaim) -> bool:
    """On the day of discharge only for another reason; for the same one the stay goes on."""
    if other.admission == claim.discharge and other.provider == claim.provider:
        return other.diagnoses[0][:3] != claim.diagnoses[0][:3]
    return other.admission >= claim.discharge


def test_shares_add_up_and_leave_nobody_out() -> None:
    assert share(10, {"a": 900, "b": 99, "c": 1}) == {"a": 7, "b": 2, "c": 1}
    assert share(2, {"a": 900, "b": 99, "c": 1}) == {"a": 2, "b": 0, "c": 0}
    assert sum(share(12_345, {home.state: 1 for home in homes(SMALL)}).values()) == 12_345


def test_a_bad_line_of_a_sample_is_named(tmp_path: Path, reference: Reference) -> None:
    path = tmp_path / files.ENROLMENT
    path.write_text(
        "person,year,version,zip_code,eligible,death,birth,dual,moves\n"
        "S1,2014,1,02139,2014-01-01/2014-12-31,,1940-05-06,NA NA,2014-03-01/02140\n"
        "S2,2014,1,2139,,,,,\n"
        ",2014,1,02139,,,,,\n"
        "S3,2014,1,02139,2014-01-01,,,,\n"
    )
    rows, rejections, _, _ = sorted_out(program_sample.enrolment(path, reference))
    assert len(rows) == 1
    assert [(rejection.line, rejection.field) for rejection in rejections] == [
        (3, "area"),
        (4, "person"),
        (5, "eligible"),
    ]
