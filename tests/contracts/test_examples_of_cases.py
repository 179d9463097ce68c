"""The golden examples of complaints speak of what its rules and procedures know."""

import datetime as dt
from typing import Any, TypeVar
from uuid import UUID

import pytest

from services.complaints.domain import filing, procedures
from services.complaints.domain.consistency.local_factors import FACTORS
from services.complaints.domain.notices import NOTICES
from services.complaints.domain.payment.setting import SettingOfCare
from services.complaints.domain.procedure import Procedure, Step
from services.complaints.domain.reckoned import Desk
from services.complaints.domain.reviewers.reviewer import WaiverKind
from services.complaints.domain.rules import BOOK, CASE_CLOCKS
from shared.contracts import complaints, files
from shared.contracts.message import Message
from shared.contracts.notifications import NoticeRequested

M = TypeVar("M", bound=Message)
NOW = dt.datetime(2026, 3, 7, tzinfo=dt.UTC)  # a little after the latest request of the examples
KNOWN = procedures.PROCEDURES.values()
DEADLINES = (
    complaints.DeadlineSet,
    complaints.DeadlineMet,
    complaints.DeadlineApproaching,
    complaints.DeadlineMissed,
    complaints.WindowLapsed,
)


def _examples(model: type[M]) -> list[M]:
    paths = sorted((files.EXAMPLES / model.wire_type()).iterdir())
    return [model.model_validate_json(path.read_bytes()) for path in paths]


def _each(*models: type[Message]) -> pytest.MarkDecorator:
    found = [one for model in models for one in _examples(model)]
    return pytest.mark.parametrize("example", found, ids=lambda one: type(one).__name__)


FILED = [one for one in _examples(complaints.FileCase) if one.case_type in procedures.PROCEDURES]
# Only determinations of payment reviews have a setting.
REVIEWED = complaints.CaseType.SHORT_STAY in procedures.PROCEDURES
DECIDED = [one for one in _examples(complaints.DecideCase) if REVIEWED or one.setting is None]


@pytest.mark.parametrize("example", FILED, ids=lambda one: one.case_type)
def test_a_request_opens_a_case(example: complaints.FileCase) -> None:
    desk = Desk(book=BOOK)
    opened = filing.open_case(UUID(int=1), filing.read(example, desk, NOW), desk, NOW)
    assert opened.case.type is example.case_type


@_each(complaints.FileCase)
def test_a_request_names_facts_circumstances_and_local_factors_that_are_known(example: complaints.FileCase) -> None:
    clock = CASE_CLOCKS[example.case_type]
    assert example.facts.keys() <= {fact.id for fact in clock.facts}
    assert example.circumstances <= {circumstance.id for circumstance in clock.circumstances}
    assert example.local_factors <= FACTORS.keys()


@_each(complaints.RecordStep)
def test_a_step_is_in_a_table_and_brings_what_it_needs(example: complaints.RecordStep) -> None:
    steps = [one.steps[example.step] for one in KNOWN if example.step in one.steps]
    assert any(_brings(example, step) for step in steps)


def _brings(example: complaints.RecordStep, step: Step) -> bool:
    given: dict[str, Any] = example.model_dump()
    for need in step.needs:
        part, _, name = need.partition(".")
        if not given[part] or (name and name not in given[part]):
            return False
    return True


@pytest.mark.parametrize("example", DECIDED, ids=lambda one: one.outcome)
def test_a_determination_has_an_outcome_and_codes_that_are_known(example: complaints.DecideCase) -> None:
    assert any(example.outcome in one.outcomes for one in KNOWN)
    assert example.local_factors <= FACTORS.keys()
    assert example.setting is None or example.setting in set(SettingOfCare)


@_each(complaints.CaseDetermined)
def test_a_determination_told_is_one_the_case_type_can_have(example: complaints.CaseDetermined) -> None:
    assert example.outcome in procedures.of(example.case_type).outcomes


@_each(complaints.CaseAdvanced)
def test_a_step_told_leads_to_its_state(example: complaints.CaseAdvanced) -> None:
    assert any(_leads(one, example) for one in KNOWN)


def _leads(procedure: Procedure, example: complaints.CaseAdvanced) -> bool:
    return any(step == example.step and to == example.state for (_, step), to in procedure.table.items())


@_each(*DEADLINES)
def test_a_deadline_is_of_a_rule_there_is(example: complaints.DeadlineFact) -> None:
    rule = BOOK.version(example.rule_id, example.rule_version)
    assert (example.citation, example.obligor) == (rule.citation, rule.obligor)


@_each(complaints.ReconsiderCase, complaints.CorrectFact, complaints.ClockBasisCorrected)
def test_a_fact_is_one_of_a_case_clock(example: Any) -> None:
    facts = {fact.id for clock in CASE_CLOCKS.values() for fact in clock.facts}
    assert facts >= ({example.fact} if hasattr(example, "fact") else example.facts.keys())


@_each(complaints.AssignReviewer)
def test_what_is_waived_may_be_waived(example: complaints.AssignReviewer) -> None:
    assert example.waivers.keys() <= {kind.value for kind in WaiverKind}


def test_notices_of_cases_are_in_the_notice_catalogue() -> None:
    of_cases = [one for one in _examples(NoticeRequested) if one.recipient.role != "facility" and one.campaign is None]
    assert of_cases
    assert {one.notice_type for one in of_cases} <= NOTICES.keys()
