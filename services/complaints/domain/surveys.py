"""Who is asked how it went when a case is closed: which case types, and what the invitation says."""

import datetime as dt
from typing import Final
from uuid import uuid5

from services.complaints.domain import clock
from services.complaints.domain.case import Case
from services.complaints.domain.letters import Office
from services.complaints.domain.procedure import Procedure
from shared.contracts.complaints import CaseType, Role
from shared.contracts.notifications import NoticeRequested, Recipient

NOTICE: Final = "SURVEY_INVITATION"
# The circumstance that they do not want to be asked; said at filing or with any step.
DECLINED: Final = "survey_declined"
# Patients who came to us, or somebody for them. Not where another asked for the review, where no patient takes part
# (42 CFR 476.160), and never of EMTALA or a sanction, of which nobody may hear (480.101, 489.24(i)).
SURVEYED: Final = frozenset(
    {
        CaseType.BENE_COMPLAINT,
        CaseType.IMMEDIATE_ADVOCACY,
        CaseType.HOSP_DISCHARGE_FFS,
        CaseType.HOSP_DISCHARGE_MA,
        CaseType.SERVICE_TERM_FFS,
        CaseType.SERVICE_TERM_MA,
        CaseType.STATUS_CHANGE,
        CaseType.PREADMIT_HINN1,
        CaseType.NONCOVERED_HINN,
        CaseType.RECONSIDERATION,
    }
)
# We did not hear the case: another of ours, or another body, has it.
_ELSEWHERE: Final = frozenset({"DUPLICATE", "NOT_ELIGIBLE", "OUT_OF_JURISDICTION", "REFERRED", "RETURNED_TO_PLAN"})
_LEAVES: Final = dt.timedelta(days=7)
_ANSWER: Final = dt.timedelta(days=30)


def circumstances(case_type: CaseType) -> frozenset[str]:
    """What may be said of a case about its survey."""
    return frozenset({DECLINED}) if case_type in SURVEYED else frozenset()


def invitation(case: Case, procedure: Procedure, office: Office, now: dt.datetime) -> NoticeRequested | None:
    """The invitation of a case that was closed at ``now`` (UTC); None where nobody is asked.

    It goes to the patient or who acts for them, when the case is closed the first time. Notifications makes the code
    by which it is answered; of the case the answers know no more than ``survey_group``.
    """
    contact = case.sealed.contact(Role.BENEFICIARY)
    asked = case.type in SURVEYED and procedure.coarse is not None and DECLINED not in case.course.circumstances
    if not asked or contact is None or case.course.ended in _ELSEWHERE or _closed_before(case, procedure):
        return None
    acting = any(party.role is Role.REPRESENTATIVE for party in case.sealed.parties)
    today = clock.local_date(now, case.zone)
    return NoticeRequested(
        notice_id=uuid5(case.id, NOTICE),
        notice_type=NOTICE,
        subject=str(case.id),
        recipient=Recipient(
            role="representative" if acting else "beneficiary",
            name=contact.name,
            email=contact.email,
            phone=contact.phone,
            language=contact.language,
            interpreter=contact.interpreter,
            tty=contact.tty,
            time_zone=case.zone,
        ),
        facts={
            "case_id": str(case.id),
            "qio_name": office.name,
            "qio_phone": office.phone,
            "answer_by": (today + _ANSWER).isoformat(),
            "survey_group": str(procedure.coarse),
        },
        due_at=clock.end_of_day(today + _LEAVES, case.zone),
    )


def _closed_before(case: Case, procedure: Procedure) -> bool:
    """Whether the case, which is closed now, was opened again after it had been closed."""
    state, closed = procedure.initial, 0
    for done in case.course.log:
        after = procedure.table.get((state, done.step), state)
        closed += procedure.terminal(after) and not procedure.terminal(state)
        state = after
    return closed > 1
