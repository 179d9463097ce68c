"""An interview in plain values, for replies and the read API: what to ask and say next, no answer of the caller."""

import datetime as dt
from dataclasses import asdict, dataclass
from uuid import UUID

from services.complaints.domain import clock, filing
from services.complaints.domain.intake import interview
from services.complaints.domain.intake.draft import CHANNELS, Draft, State
from services.complaints.domain.intake.finder import find
from services.complaints.domain.intake.lateness import needs_good_cause
from services.complaints.domain.intake.place import Served
from services.complaints.domain.intake.request import missing, request, zone_of
from services.complaints.domain.reckoned import Desk
from services.complaints.domain.refusal import Refusal
from services.complaints.pseudonyms import Pseudonyms
from shared.contracts.envelope import format_instant
from shared.contracts.replies import Reason


@dataclass(frozen=True, slots=True)
class Counter:
    """What an interview is seen with besides itself: the rules of the day, whose cases are ours, ids of cases."""

    desk: Desk
    served: Served
    pseudonyms: Pseudonyms


def outline(draft: Draft, counter: Counter, now: dt.datetime) -> dict[str, object]:
    """Where the interview stands; instants in UTC (``..._at``) and on the facility's clock (``..._local``)."""
    found = find(draft)
    first = draft.first_contact(found.case_type)
    is_open = draft.state is State.OPEN
    asked = interview.next_question(draft, counter.desk, now) if is_open else None
    case_id, reasons = _leads_to(draft, counter, now) if is_open else (draft.case_id, ())
    return {
        "intake_id": str(draft.id),
        "state": draft.state.value,
        "language": draft.language,
        "case_type": found.case_type.value if found.case_type is not None else None,
        "elsewhere": found.elsewhere.value if found.elsewhere is not None else None,
        "channel": CHANNELS[first.kind].value,
        "received_at": format_instant(first.at),
        "received_local": clock.in_words(first.at, zone_of(draft)),
        "contacts": [{"kind": contact.kind.value, "at": format_instant(contact.at)} for contact in draft.contacts],
        "expires_at": format_instant(draft.expires_at) if draft.expires_at is not None else None,
        "answered": sorted(name for name in draft.answers if draft.answer(name) is not None),
        "next": asdict(asked) if asked is not None else None,
        "said": [asdict(one) for one in interview.consequences(draft, counter.desk, counter.served, now)],
        "missing": [reason.model_dump() for reason in reasons],
        "case_id": str(case_id) if case_id is not None else None,
    }


def _leads_to(draft: Draft, counter: Counter, now: dt.datetime) -> tuple[UUID | None, tuple[Reason, ...]]:
    """The case the answers open or join, or what stands against filing it."""
    reasons = missing(draft, good_cause=needs_good_cause(draft, counter.desk, now))
    if reasons:
        return None, reasons
    try:
        command = request(draft, "intake", now)
        filing.read(command, counter.desk, now)
        return counter.pseudonyms.case(filing.identity(command)), ()
    except Refusal as refusal:
        return None, refusal.reasons
