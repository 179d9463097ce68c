"""Documents that partners return: a step of the case at the time of arrival, acknowledged once."""

import datetime as dt
from collections.abc import Iterator

from services.complaints.announcements import Announcer
from services.complaints.domain import engine
from services.complaints.domain.case import Case, Entry
from services.complaints.domain.look import Act
from services.complaints.domain.payment.bookkeeping import booked
from services.complaints.domain.refusal import Refusal
from services.complaints.partners.outgoing import Correspondence
from services.complaints.partners.store import Document, Verdict, document_key
from services.complaints.repository import PREFIX, CaseStore
from services.complaints.stores import Stores
from shared.contracts import partners as contracts
from shared.contracts.partners import DocumentAcknowledged, DocumentReturned
from shared.messaging import handling
from shared.messaging.handling import Decision, Emit, On, Received, Subscription, Work
from shared.runtime.partners import Partner

STEP = "information_received"


def subscriptions(
    correspondence: Correspondence, announcer: Announcer, cases: CaseStore, stores: Stores
) -> Iterator[Subscription]:
    """One for each partner, on the topic that it alone writes."""
    for partner in correspondence.directory.partners:
        handler = returned(partner, correspondence, announcer, cases)
        yield Subscription(topic=contracts.documents(partner.id).name, handlers=(handler,), store=stores, park=False)


def returned(
    partner: Partner, correspondence: Correspondence, announcer: Announcer, store: CaseStore
) -> On[DocumentReturned, object]:
    """The handler of one partner's documents: who speaks is known by the topic, never by what the message says."""

    def keys(received: Received[DocumentReturned]) -> tuple[str, str]:
        message = received.message
        case_id = correspondence.names.case(partner.id, message.case)
        return f"{PREFIX}{case_id}", document_key(partner.id, message.document)

    def handle(received: Received[DocumentReturned], work: Work[object]) -> Decision:
        message = received.message
        case_key, key = keys(received)
        if work.get(key) is not None:
            return ()  # received before and acknowledged then
        case = work.get(case_key)
        known = case if isinstance(case, Case) and correspondence.directory.has(case, partner) else None
        at = min(received.arrived_at or work.now, work.now)
        verdict, events = taken(known, at, work) if known is not None else ("UNKNOWN_CASE", ())
        case_id = known.id if known is not None else None
        digest = bytes.fromhex(message.sha256)
        work.put(key, Document(partner.id, message.document, case_id, message.kind, message.pages, digest, at, verdict))
        answer = DocumentAcknowledged(case=message.case, document=message.document, received_at=at, verdict=verdict)
        return (*events, handling.Emit(contracts.requests(partner.id).name, str(message.case), answer))

    def taken(case: Case, at: dt.datetime, work: Work[object]) -> tuple[Verdict, tuple[Emit, ...]]:
        act = Act(step=STEP, at=at, actor=f"partner:{partner.id}")
        try:
            found = engine.act(case, act, store.desk, work.now)
        except Refusal:
            return "NOT_EXPECTED", ()  # it was received, which is all that is acknowledged
        entry = Entry(work.now, act.actor, DocumentReturned.wire_type())
        work.put(f"{PREFIX}{case.id}", booked(case, found).noted(entry))
        return "TAKEN", announcer.changes(case, found, store.desk, work.now)

    return On(DocumentReturned, keys, handle)
