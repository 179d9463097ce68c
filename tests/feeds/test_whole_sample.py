"""What ``qio feed sample`` and the story send of a folder: everything in it that measures are made of."""

import datetime as dt
from pathlib import Path
from typing import Final

import pytest

from shared.contracts import counts, evidence, feeds, infections, residents, scores
from shared.feeds import whole_sample
from shared.feeds.reference import Reference
from shared.feeds.rows import Row, UnusableFile
from shared.feeds.sample import files
from shared.feeds.sample.plan import Plan
from tests.feeds.support import sorted_out

PLAN: Final = Plan(seed=3, beneficiaries=60, homes=60)
TODAY: Final = dt.date(2026, 1, 1)
TOPICS: Final = {
    *(topic.name for topic in (feeds.VALUE_SETS, feeds.ENROLMENT, feeds.CLAIMS, feeds.CARE)),
    *(topic.name for topic in (infections.INFECTIONS, scores.SCORES, residents.RESIDENTS, evidence.EVIDENCE)),
    *(topic.name for topic in (counts.HOSPITAL_COUNTS, counts.HOME_COUNTS)),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files.write(PLAN, tmp_path)
    return tmp_path


def rows(folder: Path, reference: Reference, today: dt.date = TODAY) -> list[Row]:
    found = []
    for part in whole_sample.sample(folder, reference, today):
        told, rejections, _, _ = sorted_out(part.rows())
        assert not rejections, part.label
        assert told or not part.required, part.label
        found += told
    return found


def test_every_feed_of_measures_gets_its_records_and_none_is_rejected(folder: Path, reference: Reference) -> None:
    assert {row.topic for row in rows(folder, reference)} == TOPICS


def test_read_again_on_another_day_it_tells_the_same(folder: Path, reference: Reference) -> None:
    assert rows(folder, reference) == rows(folder, reference, TODAY + dt.timedelta(days=400))


def test_a_sample_without_nursing_homes_has_no_residents_and_is_one_all_the_same(
    tmp_path: Path, reference: Reference
) -> None:
    files.write(Plan(seed=3, beneficiaries=60, homes=0), tmp_path)
    assert {row.topic for row in rows(tmp_path, reference)} == TOPICS - {
        residents.RESIDENTS.name,
        counts.HOME_COUNTS.name,
    }


@pytest.mark.parametrize("name", [files.CLAIMS, files.RESIDENTS, files.READMISSIONS, files.MANIFEST])
def test_a_folder_that_lacks_a_file_is_no_sample_and_the_file_is_named(
    folder: Path, reference: Reference, name: str
) -> None:
    (folder / name).unlink()
    with pytest.raises(UnusableFile, match=f"has no {name}, so it is not a sample written by `qio sample`"):
        whole_sample.sample(folder, reference, TODAY)
