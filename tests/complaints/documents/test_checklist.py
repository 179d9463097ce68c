"""Checklists: what a case type asks for, and when the information may be called complete."""

import datetime as dt
from uuid import UUID

import pytest

from services.complaints.domain.documents.checklist import ITEMS, advice, against_completing, checklist
from services.complaints.domain.documents.kinds import Document, Kind, is_what_it_says
from shared.contracts.complaints import Authority, CaseParty, CaseType, Channel, ProviderType, Role
from tests.complaints.cases import CASE, opened, party, utc

AT = utc("2026-07-05T10:00:00-05:00")


def document(kind: Kind, pages: int = 1, at: dt.datetime = AT) -> Document:
    return Document(
        id=UUID(int=pages),
        case_id=CASE,
        kind=kind,
        sender=Role.PROVIDER,
        channel=Channel.FAX,
        media_type="image/tiff",
        pages=pages,
        size=1000,
        received_at=at,
    )


def test_every_case_type_has_a_checklist() -> None:
    assert set(ITEMS) == set(CaseType)


def test_information_is_complete_when_everything_asked_for_is_there() -> None:
    kinds = (Kind.DISCHARGE_NOTICE, Kind.DETAILED_NOTICE, Kind.MEDICAL_RECORD)
    found = checklist(opened(), [document(kind) for kind in kinds])
    assert found.complete
    assert against_completing(found, None) is None
    assert advice(found) == ("Everything asked for is there: record information_complete.",)


def test_with_something_missing_it_takes_a_reason() -> None:
    found = checklist(opened(), [document(Kind.MEDICAL_RECORD), document(Kind.DISCHARGE_NOTICE)])
    refused = against_completing(found, None)
    assert refused is not None
    assert refused.code == "DOCUMENTS_MISSING"
    assert "DETAILED_NOTICE" in refused.text
    assert refused.citation == "42 CFR 405.1206(e)(1)"
    assert against_completing(found, "The hospital sent none; decided on the evidence at hand.") is None


def test_pages_are_counted_and_the_first_arrival_counts() -> None:
    later = AT + dt.timedelta(hours=2)
    found = checklist(opened(), [document(Kind.MEDICAL_RECORD, 200, later), document(Kind.MEDICAL_RECORD, 14)])
    record = next(line for line in found.lines if line.item.kind is Kind.MEDICAL_RECORD)
    assert (record.documents, record.pages, record.received_at) == (2, 214, AT)


def test_a_representative_shows_an_authority() -> None:
    acting = CaseParty(role=Role.REPRESENTATIVE, contact=party(Role.BENEFICIARY).contact, authority=Authority.APPOINTED)
    parties = (acting, party(Role.BENEFICIARY), party(Role.PROVIDER), party(Role.PRACTITIONER))
    assert Kind.AUTHORITY in [line.item.kind for line in checklist(opened(parties=parties), []).lines]
    assert Kind.AUTHORITY not in [line.item.kind for line in checklist(opened(), []).lines]


@pytest.mark.parametrize(
    ("provider_type", "ccn", "needed"), [(ProviderType.HHA, "147001", True), (ProviderType.SNF, "145001", False)]
)
def test_home_health_needs_the_physicians_certificate_and_a_nursing_facility_none(
    provider_type: ProviderType, ccn: str, *, needed: bool
) -> None:
    # 42 CFR 405.1202(a)
    case = opened(
        case_type=CaseType.SERVICE_TERM_FFS,
        provider_type=provider_type,
        facility_ccn=ccn,
        facts={"notice_received": "2026-07-03", "coverage_end": "2026-07-06"},
        circumstances=frozenset({"uncertified"}) if needed else frozenset(),
    )
    kinds = [line.item.kind for line in checklist(case, []).lines]
    assert (Kind.PHYSICIAN_CERTIFICATE in kinds) is needed


def test_a_file_is_known_by_how_it_begins() -> None:
    assert is_what_it_says("image/tiff", b"II*\x00\x08\x00")
    assert not is_what_it_says("application/pdf", b"II*\x00\x08\x00")
    assert not is_what_it_says("text/html", b"<html>")
