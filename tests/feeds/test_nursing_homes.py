"""CMS provider files of two vintages become listings; what is wrong is named by place and rule only."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from shared.contracts.feeds import NursingHomeListed
from shared.feeds.nursing_homes import NursingHomeFile
from shared.feeds.rows import UnusableFile
from tests.feeds.support import sorted_out, write

HEADER_2012 = (
    "ccn,provider_name,address,city,state,zip,county_name,ownership_type,certified_beds,residents,"
    "special_focus_facility,overall_rating,health_inspection_rating,staffing_rating,rn_staffing_rating,qm_rating"
)
HOME_2012 = (
    '015009,"Burns Nursing Home, Inc.",701 Monroe Street,Russellville,AL,35653,Franklin,FOR PROFIT,57,48,0,4,4,4,3,3'
)
HEADER_TODAY = (
    "CMS Certification Number (CCN),Provider Name,Provider Address,City/Town,State,ZIP Code,Telephone Number,"
    "County/Parish,Ownership Type,Number of Certified Beds,Average Number of Residents per Day,"
    "Special Focus Status,Overall Rating,Overall Rating Footnote,Health Inspection Rating,QM Rating,Staffing Rating"
)


def homes(path: Path, as_of: dt.date = dt.date(2014, 8, 1)) -> list[NursingHomeListed]:
    rows, rejections, _, _ = sorted_out(NursingHomeFile(path, as_of).rows())
    assert not rejections
    return [NursingHomeListed.model_validate_json(row.value) for row in rows]


def test_the_columns_of_2012_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "2012.csv", HEADER_2012, HOME_2012)
    assert homes(path) == [
        NursingHomeListed(
            ccn="015009",
            as_of=dt.date(2014, 8, 1),
            name="Burns Nursing Home, Inc.",
            address="701 Monroe Street",
            city="Russellville",
            state="AL",
            zip_code="35653",
            county="Franklin",
            ownership="FOR PROFIT",
            certified_beds=57,
            residents=48,
            overall_rating=4,
            health_inspection_rating=4,
            staffing_rating=4,
            rn_staffing_rating=3,
            quality_rating=3,
        )
    ]


def test_the_columns_of_today_are_read(tmp_path: Path) -> None:
    home = "015009,BURNS,701 MONROE ST,RUSSELLVILLE,AL,35653-1234,2563324110,Franklin,For profit,57,48.5,SFF,1,,2,,3"
    (found,) = homes(write(tmp_path / "NH_ProviderInfo.csv", HEADER_TODAY, home, encoding="utf-8-sig"))
    assert (found.zip_code, found.residents, found.special_focus) == ("35653", 49, True)
    assert (found.overall_rating, found.health_inspection_rating, found.quality_rating) == (1, 2, None)
    assert found.rn_staffing_rating is None


def test_a_candidate_for_special_focus_is_not_in_special_focus(tmp_path: Path) -> None:
    home = "015009,BURNS,1 ST,TOWN,AL,35653,,,,,,SFF Candidate,,,,,"
    assert not homes(write(tmp_path / "a.csv", HEADER_TODAY, home))[0].special_focus


def test_the_older_name_of_the_number_is_known(tmp_path: Path) -> None:
    header = "Federal Provider Number,Provider Name,Provider State,Provider Zip Code,Overall Rating"
    (found,) = homes(write(tmp_path / "a.csv", header, "056A01,Home,CA,90001,5"))
    assert (found.ccn, found.overall_rating, found.address, found.county) == ("056A01", 5, "", None)


@pytest.mark.parametrize(
    ("old", "new", "field", "rule"),
    [
        ("015009", "", "ccn", "not six digits or capital letters"),
        ("015009", "1.5E+04", "ccn", "not six digits or capital letters"),
        ("015009", "55009", "ccn", "five digits that are no number of the row's state without its leading zero"),
        (",AL,", ",XX,", "state", "not the postal code of a state or territory"),
        ("35653", "3565", "zip_code", "not a ZIP code of five digits"),
        ('"Burns Nursing Home, Inc."', "", "name", "string too short"),
        ('"Burns Nursing Home, Inc."', "Burns\x07", "name", "contains a control character"),
        (",57,", ",many,", "certified_beds", "not a number of beds or residents"),
        (",57,", ",-1,", "certified_beds", "not a number of beds or residents"),
        (",4,4,4,3,3", ",6,4,4,3,3", "overall_rating", "not a rating from 1 to 5"),
        (",4,4,4,3,3", ",4,4,4,3,0", "quality_rating", "not a rating from 1 to 5"),
        (",48,0,4", ",48,maybe,4", "special_focus", "not a special focus status"),
        (",3,3", ",3", "(row)", "16 values expected, 15 found"),
    ],
)
def test_a_bad_row_is_named_by_file_line_field_and_rule_and_the_rest_is_loaded(
    tmp_path: Path, old: str, new: str, field: str, rule: str
) -> None:
    assert old in HOME_2012
    good = HOME_2012.replace("015009", "015010")
    path = write(tmp_path / "2012.csv", HEADER_2012, HOME_2012.replace(old, new, 1), good)
    rows, rejections, _, counts = sorted_out(NursingHomeFile(path).rows())
    assert [row.key for row in rows] == ["015010"]
    columns = {"name": "provider_name", "zip_code": "zip", "quality_rating": "qm_rating"}
    columns["special_focus"] = "special_focus_facility"
    assert rejections == [("2012.csv", 2, columns.get(field, field), rule)]
    assert (counts.read, counts.records, counts.rejected) == (2, 1, 1)


def test_a_number_without_its_leading_zero_is_repaired_only_in_the_state_it_fits(tmp_path: Path) -> None:
    home = "5401,Home,CA,90001,5"  # 055401 is a number of California (05), never of Texas (45)
    header = "ccn,provider_name,state,zip,overall_rating"
    path = write(tmp_path / "a.csv", header, f"5{home}", f"5{home}".replace("CA", "TX"), "675401,Home,TX,75001,5")
    rows, rejections, _, counts = sorted_out(NursingHomeFile(path).rows())
    assert [row.key for row in rows] == ["055401", "675401"]
    assert [rejection.line for rejection in rejections] == [3]
    assert counts.repaired == 1


@pytest.mark.parametrize(("state", "given", "mended"), [("MA", "1040", "01040"), ("PR", "612", "00612")])
def test_a_zip_code_without_its_zeros_is_repaired_where_they_must_have_been(
    tmp_path: Path, state: str, given: str, mended: str
) -> None:
    path = write(tmp_path / "a.csv", "ccn,provider_name,state,zip,overall_rating", f"225009,Home,{state},{given},5")
    rows, _, _, counts = sorted_out(NursingHomeFile(path).rows())
    assert NursingHomeListed.model_validate_json(rows[0].value).zip_code == mended
    assert counts.repaired == 1


def test_a_repeated_row_is_left_out_and_a_contradicting_one_rejected(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", HEADER_2012, HOME_2012, HOME_2012, HOME_2012.replace(",57,", ",58,"))
    rows, rejections, folded, _ = sorted_out(NursingHomeFile(path).rows())
    assert len(rows) == 1
    assert [fold.why for fold in folded] == ["repeated"]
    assert rejections == [("a.csv", 4, "ccn", "a second, different row for this number")]


def test_another_kind_of_file_is_refused_by_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="not a CMS nursing-home provider file: no column for ccn, overall_rating"):
        NursingHomeFile(write(tmp_path / "a.csv", "provider_name,state,zip", "Home,AL,35653"))


def test_the_national_file_of_2012_is_read_whole(data: Path) -> None:
    path = data / "nursing_home_compare_2012" / "nh_provider_info_2012.csv.gz"
    found = homes(path)
    # Counted with zcat, cut and sort: 15,676 homes in 54 states and territories.
    assert len(found) == len({home.ccn for home in found}) == 15_676
    assert len({home.state for home in found}) == 54
    stars = Counter(home.overall_rating for home in found)
    assert stars == {1: 2362, 2: 3150, 3: 3200, 4: 4174, 5: 2663, None: 127}
    assert sum(home.special_focus for home in found) == 147
    assert sum(home.rn_staffing_rating is None for home in found) == 521
    assert sum(home.county is None for home in found) == 178
