"""An interview about worked example W5: Chicago, discharge ordered for Independence Day, voicemail at 23:40."""

from uuid import UUID

from services.complaints.domain.intake.draft import Contact, Draft
from services.complaints.domain.intake.reading import continued, started
from shared.contracts.intake import AnswerIntake, ContactKind, IntakeContact, StartIntake
from tests.complaints.cases import PATIENT_REFERENCE, utc

ACTOR = "intake@example.org"
INTAKE = UUID("5c1c7a52-3f0e-4d6b-9a77-1d2c3b4a5f61")
NOW = utc("2026-07-05T08:00:00-05:00")
VOICEMAIL = Contact(utc("2026-07-04T23:40:00-05:00"), ContactKind.VOICEMAIL_LEFT)
CALLED_BACK = Contact(utc("2026-07-05T07:30:00-05:00"), ContactKind.CALLED_BACK)
FINDER = {"caller": "beneficiary", "in_hospital": "in", "discharge": "yes", "coverage": "original"}
PLACE = {"state": "IL", "zip_code": "60601"}
NAMES = {
    "provider_name": "Lakeside Hospital",
    "patient_name": "Ana Perez",
    "practitioner_name": "Dr. Li",
}
ALL = {
    **FINDER,
    **PLACE,
    **NAMES,
    "callback": "312-555-0100",
    "interpreter": "Quechua",
    "discharge_date": "2026-07-04",
    "admitted": "2026-06-28",
    "facility_ccn": "140001",
    "beneficiary": PATIENT_REFERENCE,
    "email": "ana@example.org",
}
SECRETS = (*NAMES.values(), "312-555-0100", "3125550100", "Quechua", "ana@example.org", PATIENT_REFERENCE)


def begun(*contacts: Contact, language: str = "en", **answers: str) -> Draft:
    """An interview with these contacts (the voicemail unless given) and answers."""
    given = tuple(IntakeContact(kind=kind, at=at) for at, kind in contacts or (VOICEMAIL,))
    command = StartIntake.model_validate(
        {"actor": ACTOR, "intake_id": INTAKE, "language": language, "contacts": given, "answers": answers}
    )
    return started(command, NOW)


def more(draft: Draft, *contacts: Contact, **answers: str) -> Draft:
    """The interview with further answers and contacts."""
    given = tuple(IntakeContact(kind=kind, at=at) for at, kind in contacts)
    return continued(draft, AnswerIntake(actor=ACTOR, intake_id=INTAKE, contacts=given, answers=answers), NOW)
