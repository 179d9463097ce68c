"""A resource is shared with evidence alone, in versions that are kept."""

import pytest

from services.recruitment.domain.assistance.resource_kind import RESOURCE
from tests.recruitment.assistance.cast import add, again, desk, retire, revise
from tests.recruitment.desk import Desk


@pytest.fixture
def made() -> tuple[Desk, str]:
    """A desk with a resource."""
    at = desk()
    return at, str(at.done(add())["resource"])


def test_without_evidence_there_is_no_resource_and_no_version(made: tuple[Desk, str]) -> None:
    at, resource = made
    assert at.refused(add(evidence=[])) == [("NO_EVIDENCE", "evidence")]
    assert at.refused(revise(resource, evidence=[])) == [("NO_EVIDENCE", "evidence")]
    with pytest.raises(ValueError, match="validation error"):
        add(evidence=[" "])


def test_versions_are_kept_with_their_evidence(made: tuple[Desk, str]) -> None:
    at, resource = made
    assert at.done(revise(resource))["versions"] == 2
    assert [one.evidence for one in at.held(RESOURCE, resource).editions] == [("a trial",), ("a review",)]
    assert at.refused(revise(resource)) == [("REPEATED", "version")]
    assert at.refused(revise(resource, "3", "2014-10-31")) == [("OUT_OF_ORDER", "revised_on")]
    assert at.refused(revise(resource, "3", "2015-03-08")) == [("IN_THE_FUTURE", "revised_on")]
    assert again(at) == at.records


def test_a_retired_resource_is_retired_for_good(made: tuple[Desk, str]) -> None:
    at, resource = made
    assert at.refused(retire(resource, "2014-08-31")) == [("OUT_OF_ORDER", "retired_on")]
    at.done(retire(resource))
    assert at.refused(retire(resource)) == [("STATE", "resource")]
    assert at.refused(revise(resource, on="2015-01-02")) == [("STATE", "resource")]
    assert again(at) == at.records


def test_a_resource_is_for_tasks_there_are(made: tuple[Desk, str]) -> None:
    at, _ = made
    assert at.refused(add(tasks=["C.2", "C.99", "C.2"])) == [("TASK_UNKNOWN", "tasks[1]"), ("REPEATED", "tasks[2]")]
    assert at.refused(add("2015-03-08")) == [("IN_THE_FUTURE", "added_on")]
    assert at.refused(revise("res.000000000000")) == [("RESOURCE_UNKNOWN", "resource")]
    assert at.refused(retire("res.000000000000")) == [("RESOURCE_UNKNOWN", "resource")]
