"""The facts complaints really sends are enough for every letter it asks for."""

import datetime as dt
from typing import Any

import pytest

from services.complaints.domain import letters
from services.complaints.domain.letters import Desk
from shared.contracts.complaints import CaseContact, Outcome, Party
from shared.contracts.notifications import Recipient
from tests.complaints.cases import decided, everyone_told, guarded, informed, notified, opened, utc, walk
from tests.notifications.support import LETTERS

QIO = Desk("BFCC-QIO Area 1", "1-866-555-0100")


def _recipient(party: Party, language: str) -> Recipient:
    return Recipient.model_validate(
        {"role": party.value, "name": "Ana Perez", "language": language, "time_zone": "America/Chicago"}
    )


@pytest.mark.parametrize("still_inpatient", [True, False])
@pytest.mark.parametrize("called", [True, False])
@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("outcome", Outcome)
def test_every_decision_can_be_written_to_every_party(
    outcome: Outcome, party: Party, called: bool, still_inpatient: bool
) -> None:
    language: Any = "es" if party is Party.BENEFICIARY else "en"
    appeal = walk(
        opened(patient=CaseContact(name="Ana Perez", language="es"), still_inpatient=still_inpatient),
        notified("2026-07-04T23:50:00-05:00"),
        informed("2026-07-05T10:15:00-05:00"),
        *guarded("2026-07-05T11:00:00-05:00", valid=outcome is not Outcome.INVALID_NOTICE),
        decided(
            "2026-07-05T12:00:00-05:00",
            outcome,
            liable_from=dt.date(2026, 7, 9) if outcome is Outcome.PARTIAL else None,
        ),
        *(everyone_told("2026-07-05T13:00:00-05:00") if called else ()),
    )
    letter = LETTERS.write("DECISION_LETTER", _recipient(party, language), letters.decision_facts(appeal, party, QIO))
    assert letter.language == language
    assert outcome.value not in letter.text  # told in words, not as a code
    assert "2026-07-" not in letter.text  # and so are times


@pytest.mark.parametrize("kind", ["REQ_NOTIFY_PROVIDER", "REC_REQUEST"])
def test_the_hospital_is_told_what_is_due_when_on_its_own_clock(kind: str) -> None:
    facts = letters.request_facts(opened(), utc("2026-07-04T23:50:00-05:00"), QIO)
    letter = LETTERS.write(kind, _recipient(Party.HOSPITAL, "en"), facts)
    # 42 CFR 405.1206(e)(1), (2): noon of the day after the QIO's notification.
    assert " ".join(letter.text.split()).count("July 5, 2026, 12:00 noon (CDT)") == 2
