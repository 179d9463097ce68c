"""Community services of our own layout become records; what is wrong is named by place and rule only."""

import datetime as dt
from pathlib import Path

import pytest

from shared.contracts import compiled
from shared.contracts.feeds import CommunityService
from shared.feeds import services
from shared.feeds.reference import Reference
from shared.feeds.rows import Rejection, UnusableFile
from tests.feeds.support import sorted_out, write

HEADER = ",".join(services.COLUMNS)


def test_every_version_of_a_service_is_a_record(tmp_path: Path, reference: Reference) -> None:
    path = write(
        tmp_path / "a.csv.gz",
        HEADER,
        "P1,S1,,,personal_care,2026-01-05,,",
        "P1,S1,2,adjust,personal_care,2026-01-05,2026-01-20,2026-03-31",
        "P1,S1,3,cancel,personal_care,2026-01-05,,",
        packed=True,
    )
    rows, rejections, _, _ = sorted_out(services.read(services.open_services(path), reference))
    assert not rejections
    assert {(row.topic, row.key) for row in rows} == {("qio.feeds.care.v1", reference.beneficiary("P1"))}
    for row in rows:
        compiled.CARE[row.wire_type](row.value)
    told = [CommunityService.model_validate_json(row.value) for row in rows]
    assert [(one.version, one.action, one.started, one.ended) for one in told] == [
        (1, "original", None, None),
        (2, "adjust", dt.date(2026, 1, 20), dt.date(2026, 3, 31)),
        (3, "cancel", None, None),
    ]
    assert {one.service for one in told} == {reference.service("S1")}


@pytest.mark.parametrize(
    ("row", "field", "rule"),
    [
        (",S1,1,original,meals,2026-01-05,,", "PERSON", "missing"),
        ("P1,,1,original,meals,2026-01-05,,", "SERVICE", "missing"),
        ("P1,S1,0,original,meals,2026-01-05,,", "version", "greater than equal"),
        ("P1,S1,1,begun,meals,2026-01-05,,", "action", "literal error"),
        ("P1,S1,1,original,Meals!,2026-01-05,,", "kind", "string pattern mismatch"),
        ("P1,S1,1,original,meals,01/05/2026,,", "referred", "date from datetime parsing"),
        ("P1,S1,1,original,meals,2026-01-05,2026-01-04,", "(row)", "referred, started and ended are not in order"),
        ("P1,S1,1,original,meals,2026-01-05,,2026-01-06", "(row)", "referred, started and ended are not in order"),
        ("P1,S1,1,original", "(row)", "8 values expected, 4 found"),
    ],
)
def test_a_wrong_row_is_named_by_place_and_rule(
    tmp_path: Path, reference: Reference, row: str, field: str, rule: str
) -> None:
    path = write(tmp_path / "a.csv", HEADER, row)
    assert list(services.read(path, reference)) == [Rejection("a.csv", 2, field, rule)]


def test_another_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="no CSV file of services with the columns person, service"):
        services.open_services(write(tmp_path / "a.csv", "person,service", "P1,S1"))
