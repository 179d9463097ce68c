"""Which documents the QIO asks for in a case, which are there, and what stands against calling them complete."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from services.complaints.domain.case import Case
from services.complaints.domain.documents.kinds import Document, Kind
from shared.contracts.complaints import CaseType, ProviderType, Role
from shared.contracts.replies import Reason

_AGENCIES = frozenset({ProviderType.HHA, ProviderType.CORF})
# Steps after which the senders know what is wanted of them.
_ASKED_BY = frozenset({"provider_notified", "records_requested", "hospital_notified", "case_received", "filed"})


@dataclass(frozen=True, slots=True)
class Item:
    """A document that is asked for, of whom, and where that is written; ``when``: only in cases like these."""

    kind: Kind
    of: Role
    citation: str
    when: Callable[[Case], bool] = lambda _case: True


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a case's list and what came of it."""

    item: Item
    requested_at: dt.datetime | None
    received_at: dt.datetime | None
    documents: int
    pages: int

    @property
    def missing(self) -> bool:
        """Whether nothing of it is there."""
        return not self.documents


@dataclass(frozen=True, slots=True)
class Checklist:
    """All items of a case, in the order they are asked for."""

    lines: tuple[Line, ...]

    @property
    def missing(self) -> tuple[Line, ...]:
        """What is still wanted."""
        return tuple(line for line in self.lines if line.missing)

    @property
    def complete(self) -> bool:
        """Whether everything asked for is there."""
        return not self.missing


def _acted_for(case: Case) -> bool:
    return any(party.role is Role.REPRESENTATIVE for party in case.sealed.parties)


AUTHORITY = Item(Kind.AUTHORITY, Role.REPRESENTATIVE, "42 CFR 405.910, 476.1", _acted_for)
_DISCHARGE = (
    Item(Kind.DISCHARGE_NOTICE, Role.PROVIDER, "42 CFR 405.1205(b)-(c), 405.1206(e)(2)"),
    Item(Kind.DETAILED_NOTICE, Role.PROVIDER, "42 CFR 405.1206(e)(1)"),
    Item(Kind.MEDICAL_RECORD, Role.PROVIDER, "42 CFR 405.1206(e)(2)"),
)
_PAYMENT = (Item(Kind.MEDICAL_RECORD, Role.PROVIDER, "42 CFR 476.78(b)(2)"),)
_EMTALA = (
    Item(Kind.REQUEST_OF_CMS, Role.CMS, "42 CFR 489.24(h)"),
    Item(Kind.MEDICAL_RECORD, Role.PROVIDER, "42 CFR 489.24(h)"),
)
ITEMS: Mapping[CaseType, tuple[Item, ...]] = MappingProxyType(
    {
        CaseType.HOSP_DISCHARGE_FFS: _DISCHARGE,
        CaseType.HOSP_DISCHARGE_MA: (
            Item(Kind.DISCHARGE_NOTICE, Role.PROVIDER, "42 CFR 422.620, 422.622(e)(3)"),
            Item(Kind.DETAILED_NOTICE, Role.PLAN, "42 CFR 422.622(e)(1)"),
            Item(Kind.MEDICAL_RECORD, Role.PLAN, "42 CFR 422.622(e)(2)"),
        ),
        CaseType.SERVICE_TERM_FFS: (
            Item(
                Kind.PHYSICIAN_CERTIFICATE,
                Role.BENEFICIARY,
                "42 CFR 405.1202(a)",
                lambda case: case.facility.type in _AGENCIES,
            ),
            Item(Kind.NONCOVERAGE_NOTICE, Role.PROVIDER, "42 CFR 405.1200(b), 405.1202(f)(2)"),
            Item(Kind.DETAILED_NOTICE, Role.PROVIDER, "42 CFR 405.1202(f)(1)"),
            Item(Kind.MEDICAL_RECORD, Role.PROVIDER, "42 CFR 405.1202(f)(2)"),
        ),
        CaseType.SERVICE_TERM_MA: (
            Item(Kind.NONCOVERAGE_NOTICE, Role.PLAN, "42 CFR 422.624(b), 422.626(e)(2)"),
            Item(Kind.DETAILED_NOTICE, Role.PLAN, "42 CFR 422.626(e)(1)"),
            Item(Kind.MEDICAL_RECORD, Role.PLAN, "42 CFR 422.626(e)(2)"),
        ),
        CaseType.HOSPITAL_REQUESTED_REVIEW: (Item(Kind.MEDICAL_RECORD, Role.PROVIDER, "42 CFR 405.1208(b)"),),
        CaseType.STATUS_CHANGE: (
            Item(Kind.STATUS_NOTICE, Role.PROVIDER, "42 CFR 405.1210(b)"),
            Item(Kind.MEDICAL_RECORD, Role.PROVIDER, "42 CFR 405.1211"),
        ),
        CaseType.PREADMIT_HINN1: (
            Item(Kind.HINN, Role.PROVIDER, "Medicare Claims Processing Manual ch. 30"),
            Item(Kind.MEDICAL_RECORD, Role.PROVIDER, "42 CFR 476.78(b)(2)"),
        ),
        CaseType.NONCOVERED_HINN: (
            Item(Kind.HINN, Role.PROVIDER, "Medicare Claims Processing Manual ch. 30"),
            Item(Kind.MEDICAL_RECORD, Role.PROVIDER, "42 CFR 476.78(b)(2)"),
        ),
        CaseType.BENE_COMPLAINT: (
            Item(Kind.COMPLAINT, Role.BENEFICIARY, "42 CFR 476.120(a)(1)"),
            Item(Kind.MEDICAL_RECORD, Role.PROVIDER, "42 CFR 476.130(b)(1)"),
        ),
        CaseType.GENERAL_QOC: (Item(Kind.MEDICAL_RECORD, Role.PROVIDER, "42 CFR 476.160(b)"),),
        CaseType.IMMEDIATE_ADVOCACY: (),  # nothing is reviewed, so no record is asked for
        CaseType.EMTALA_5DAY: _EMTALA,
        CaseType.EMTALA_60DAY: _EMTALA,
        CaseType.HWDRG: _PAYMENT,
        CaseType.SHORT_STAY: _PAYMENT,
        CaseType.MEDNEC_RETRO: _PAYMENT,
        CaseType.REFERRAL: (),
        CaseType.SANCTION: (),
        CaseType.RECONSIDERATION: (Item(Kind.MEDICAL_RECORD, Role.PROVIDER, "42 CFR 405.1204(d)"),),
    }
)


def checklist(case: Case, documents: Iterable[Document]) -> Checklist:
    """The items of the case with what is there of each, whoever sent it."""
    kept = tuple(documents)
    asked = min((done.at for done in case.course.log if done.step in _ASKED_BY), default=None)
    wanted = (item for item in (*ITEMS[case.type], AUTHORITY) if item.when(case))
    return Checklist(tuple(_line(item, asked, kept) for item in wanted))


def against_completing(found: Checklist, reason: str | None) -> Reason | None:
    """What stands against recording the information as complete: documents missing, and no reason to go on without.

    The flag starts the clock of the review (42 CFR 405.1206(d)(6), 476.130(c)); evidence at hand is such a reason
    (405.1206(d)(7), 476.90).
    """
    if found.complete or reason:
        return None
    names = ", ".join(line.item.kind.value for line in found.missing)
    text = f"Not everything asked for is there ({names}); give the reason to go on without it."
    return Reason(code="DOCUMENTS_MISSING", field="note", text=text, citation=found.missing[0].item.citation)


def advice(found: Checklist) -> tuple[str, ...]:
    """What staff do next, a sentence for each document that is missing."""
    sentences = [
        f"Ask the {line.item.of.value} for {line.item.kind.value} ({line.item.citation})." for line in found.missing
    ]
    return (*sentences,) or ("Everything asked for is there: record information_complete.",)


def _line(item: Item, asked: dt.datetime | None, kept: tuple[Document, ...]) -> Line:
    own = [document for document in kept if document.kind is item.kind]
    received = min((document.received_at for document in own), default=None)
    return Line(item, asked, received, len(own), sum(document.pages for document in own))
