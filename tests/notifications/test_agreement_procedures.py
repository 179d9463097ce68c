"""What the cases of each type send can be written: to those it is for, with an outcome that has words."""

import pytest

from services.complaints.domain.notices import NOTICES
from services.complaints.domain.procedure import Procedure
from services.complaints.domain.procedures import PROCEDURES
from services.notifications.domain.catalogue import outcome_in_words
from services.notifications.domain.catalogue.outcomes import FAVOURABLE


def _elements(procedure: Procedure) -> set[str]:
    """Everything the notices of a case type say."""
    notices = (*procedure.opening, *(notice for step in procedure.steps.values() for notice in step.notices))
    return {element for notice in notices for element in NOTICES[notice.kind].says}


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
def test_every_outcome_a_case_can_have_can_be_told(procedure: Procedure) -> None:
    said = _elements(procedure)
    for outcome in procedure.outcomes.values() if "outcome" in said else ():
        for language in ("en", "es"):
            assert outcome_in_words(outcome.id, language) != outcome.id
        if "liability_date" in said:
            assert outcome.unfavourable or outcome.id in FAVOURABLE, "it has no date of liability to say"


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
def test_a_case_sends_its_notices_only_to_those_they_are_for(procedure: Procedure) -> None:
    for notice in (*procedure.opening, *(notice for step in procedure.steps.values() for notice in step.notices)):
        assert set(notice.to) <= set(NOTICES[notice.kind].to)
