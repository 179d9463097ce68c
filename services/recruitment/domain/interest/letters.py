"""The letters somebody who asks or offers gets: that it came, and the answer."""

import datetime as dt
from typing import Final
from uuid import UUID

from services.recruitment.domain.interest.enquirers import WhoAsks
from services.recruitment.domain.interest.state import Interest
from shared.contracts.notifications import REQUESTS, NoticeRequested, Recipient, Role
from shared.contracts.recruitment.interest import Direction, Enquirer
from shared.messaging.handling import Emit
from shared.program.jurisdictions import UNKNOWN
from shared.program.states import STATES

# Our own promise; no rule sets a time.
LETTER_WITHIN: Final = dt.timedelta(days=1)
# Whoever writes as a person gets the plain letter that beneficiaries and families get.
_ROLES: Final[dict[Enquirer, Role]] = {
    Enquirer.PERSON: "beneficiary",
    Enquirer.BENEFICIARY_OR_FAMILY: "beneficiary",
    Enquirer.PRACTICE: "facility",
    Enquirer.NURSING_HOME: "facility",
    Enquirer.ORGANISATION: "facility",
}
_WHO: Final = {
    "en": ("our staff, because we do not know your local network yet", "Offer", "Question or wish"),
    "es": ("nuestro personal, porque aún no conocemos su red local", "Ofrecimiento", "Pregunta o deseo"),
}


def acknowledgement(who: WhoAsks, interest: Interest, notice_id: UUID, now: dt.datetime) -> Emit:
    """The request to say that it came, who answers and until when."""
    staff, offer, ask = _WHO.get(_language(interest), _WHO["en"])
    facts = {
        "interest_kind": offer if interest.direction is Direction.OFFER else ask,
        "interest_subject": interest.subject,
        "received_on": interest.received_on.isoformat(),
        "answers": staff if interest.qin_qio == UNKNOWN else interest.qin_qio,
        "answer_due_on": interest.answer_due_on.isoformat(),
    }
    return _letter("INTEREST_RECEIVED", interest, notice_id, facts, _recipient(interest, who), now)


def answer(who: WhoAsks, text: str, interest: Interest, notice_id: UUID, now: dt.datetime) -> Emit:
    """The request to send an answer."""
    facts = {
        "interest_subject": interest.subject,
        "received_on": interest.received_on.isoformat(),
        "answer": text,
    }
    return _letter("INTEREST_ANSWERED", interest, notice_id, facts, _recipient(interest, who), now)


def _letter(
    kind: str, interest: Interest, notice_id: UUID, facts: dict[str, str], recipient: Recipient, now: dt.datetime
) -> Emit:
    event = NoticeRequested(
        notice_id=notice_id,
        notice_type=kind,
        subject=str(interest.id),
        recipient=recipient,
        facts={"interest_id": str(interest.id), **facts},
        due_at=now + LETTER_WITHIN,
    )
    return Emit(REQUESTS.name, str(notice_id), event)


def _recipient(interest: Interest, who: WhoAsks) -> Recipient:
    assert who.name is not None, "nobody writes to who was forgotten"
    state = STATES.get(interest.state)
    return Recipient(
        role=_ROLES[interest.enquirer],
        name=who.name,
        email=who.email,
        phone=who.phone,
        language=interest.language,
        time_zone=state.zone if state else "UTC",
    )


def _language(interest: Interest) -> str:
    """The language the letter will be in: only the plain one is written in others than English."""
    return interest.language if _ROLES[interest.enquirer] == "beneficiary" else "en"
