"""The first notice says which kind of violation it is; the report to the OIG has all that 42 CFR 1004.80 lists."""

from dataclasses import replace
from typing import Any

import pytest

from services.complaints.domain.case import Case
from services.complaints.domain.look import Act
from services.notifications.domain.letters import NotSendable
from shared.contracts.complaints import Part
from shared.contracts.notifications import NoticeRequested
from tests.complaints.cases import done, utc, walk
from tests.complaints.procedures.federal import codes, passed, requested
from tests.complaints.procedures.test_sanction import (
    CONTENT,
    FINDING,
    REPORT,
    REPORTS,
    VOTERS,
    finding,
    given,
    held,
    identified,
    noticed,
    noticing,
)
from tests.notifications.support import LETTERS

# Case-rules, section 10: the two ways in which an obligation is violated (1004.40(a)), as 1004.1 defines them.
KINDS = {"gross_and_flagrant": "imminent danger", "substantial": "pattern of care"}
AT = "2026-07-20T10:00:00-04:00"


def reporting(step: str = "exclusion_recommended", without: str = "", **words: str) -> Act:
    said = {name: value for name, value in (REPORTS[step] | words).items() if name != without}
    return done(step, AT, words=said)


def finds(**changes: Any) -> Act:
    return replace(finding("2026-07-10T10:00:00-04:00"), **changes)


def found(**changes: Any) -> Case:
    return walk(held(), finds(**changes))


def report(case: Case, act: Act) -> NoticeRequested:
    (told,) = [notice for notice in requested(case, act) if notice.notice_type == "SANCTION_REPORT"]
    return told


def read(notice: NoticeRequested) -> str:
    return " ".join(LETTERS.write(notice.notice_type, notice.recipient, notice.facts).text.split())


@pytest.mark.parametrize("basis", KINDS)
def test_the_first_notice_says_which_of_the_two_kinds_of_violation_it_is(basis: str) -> None:
    recommended = given(identified(), Part.RECOMMENDER, "pr-9")
    (notice,) = requested(recommended, noticing(answers={"basis": basis}))
    text = read(notice)
    assert [kind for kind, words in KINDS.items() if words in text] == [basis]


def test_both_kinds_of_violation_give_the_same_thirty_days() -> None:
    """42 CFR 1004.40(b)(6) makes no difference; W18: notice of May 4, receipt May 9."""
    recommended = given(identified(), Part.RECOMMENDER, "pr-9")
    for basis in KINDS:
        (notice,) = requested(recommended, noticing(answers={"basis": basis}))
        assert notice.facts["response_deadline"] == "2026-06-09T03:59:59+00:00"  # June 8 in New York


def test_a_first_notice_without_the_kind_of_violation_does_not_leave() -> None:
    (notice,) = requested(given(identified(), Part.RECOMMENDER, "pr-9"), noticing())
    with pytest.raises(NotSendable, match=r"^incomplete:violation_basis$"):
        LETTERS.write(notice.notice_type, notice.recipient, notice.facts | {"violation_basis": ""})


def test_the_report_says_the_kind_of_violation_as_the_panel_last_found_it() -> None:
    assert KINDS["substantial"] in report(found(), reporting()).facts["violation_basis"]
    modified = found(outcome="MODIFY", answers={"basis": "gross_and_flagrant"})
    assert KINDS["gross_and_flagrant"] in report(modified, reporting()).facts["violation_basis"]
    assert codes(held(), finds(answers={"basis": "rumour"})) == {"UNKNOWN_ANSWER"}


@pytest.mark.parametrize("element", sorted(CONTENT))
@pytest.mark.parametrize("step", sorted(REPORTS))
def test_nothing_is_reported_without_each_part_of_the_report(step: str, element: str) -> None:
    """42 CFR 1004.80(b), (c)."""
    assert codes(found(), reporting(step, without=element)) == {"MISSING"}


def test_an_exclusion_is_recommended_for_a_period_and_a_penalty_with_its_amount() -> None:
    """42 CFR 1004.80(c)(2), (3): each where it applies."""
    assert codes(found(), reporting(without="exclusion_period")) == {"MISSING"}
    assert codes(found(), reporting("penalty_recommended", without="penalty_amount")) == {"MISSING"}
    assert codes(found(), reporting(penalty_amount="$1")) == {"UNEXPECTED"}
    exclusion = report(found(), reporting()).facts
    assert (exclusion["exclusion_period"], exclusion["penalty_amount"]) == ("Three years.", "not recommended")
    penalty = report(found(), reporting("penalty_recommended")).facts
    assert (penalty["exclusion_period"], penalty["penalty_amount"]) == ("not recommended", "$5,000")


@pytest.mark.parametrize("amount", ["$1", "$5,000", "$10,000.50", "$5000"])
def test_a_penalty_is_an_amount_of_dollars(amount: str) -> None:
    assert codes(found(), reporting("penalty_recommended", penalty_amount=amount)) == set()


@pytest.mark.parametrize("amount", ["5000", "much", "$0", "$0.00", "$-5", "$5,00", "$1.5", "$٥"])
def test_what_is_no_amount_of_dollars_is_refused_as_a_penalty(amount: str) -> None:
    assert codes(found(), reporting("penalty_recommended", penalty_amount=amount)) == {"NOT_AN_AMOUNT"}


@pytest.mark.parametrize("number", ["many", "-1", "4.5", "about 40", "4٢"])
def test_the_admissions_reviewed_are_a_number(number: str) -> None:
    """42 CFR 1004.80(b)(9)."""
    assert codes(found(), reporting(admissions_reviewed=number)) == {"NOT_A_NUMBER"}
    assert codes(found(), reporting(admissions_reviewed="0")) == set()


def test_the_transcript_goes_along_where_there_was_a_meeting() -> None:
    """42 CFR 1004.80(b)(5)."""
    assert report(found(), reporting()).facts["transcript"].startswith("The verbatim transcript of the meeting comes")
    unheard = given(passed(noticed(), utc("2026-06-09T00:00:00-04:00")), Part.PANEL_MEMBER, *VOTERS)
    unheard = walk(unheard, finding("2026-06-10T10:00:00-04:00"))
    assert report(unheard, reporting()).facts["transcript"] == "There was no meeting."


def test_the_oig_reads_every_part_of_the_report_and_who_heads_an_entity() -> None:
    text = read(report(found(), reporting(entity_head="P. Jones, administrator")))
    assert [words for words in (*REPORT.values(), FINDING["finding"], "P. Jones") if words not in text] == []
    assert "Director, administrator or owner" not in read(report(found(), reporting()))


def test_the_report_names_no_reviewer() -> None:
    """42 CFR 480.101, 480.139: qualifications, no names."""
    told = report(found(), reporting()).model_dump_json()
    assert not [reviewer for reviewer in (*VOTERS, "pr-9") if reviewer in told]
