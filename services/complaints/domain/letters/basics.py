"""Elements that name the case, the QIO, the parties and the care, and those that ask for information."""

from collections.abc import Callable, Mapping

from services.complaints.domain import clock, wording
from services.complaints.domain.clock import Moment
from services.complaints.domain.letters.source import Source, fixed
from services.complaints.domain.letters.telling import Telling, iso
from shared.contracts.complaints import CaseType, Role, Timeliness

# The care given, by the facts that tell its first and its last day.
_CARE = (
    ("admitted", "discharge_date"),
    ("admitted", "coverage_end"),
    ("admitted", "released"),
    ("admission", "discharge_date"),
    ("service_date", "service_date"),
    ("care_date", "care_date"),
)
_CARE_FACTS = ("admitted", "admission", "service_date", "care_date")
_REQUESTED = ("records_requested", "provider_notified", "hospital_notified")
_QUALITY = frozenset({CaseType.BENE_COMPLAINT, CaseType.IMMEDIATE_ADVOCACY, CaseType.GENERAL_QOC})
_PAYMENT = frozenset({CaseType.HWDRG, CaseType.SHORT_STAY, CaseType.MEDNEC_RETRO})
_HINN = frozenset({CaseType.PREADMIT_HINN1, CaseType.NONCOVERED_HINN})


def name_of(*roles: Role) -> Callable[[Telling], str]:
    """The name of the first of these parties that the case has."""

    def name(telling: Telling) -> str:
        contacts = (telling.case.sealed.contact(role) for role in roles)
        return next((contact.name for contact in contacts if contact is not None), "")

    return name


def _names(role: Role) -> Callable[[Telling], str]:
    return lambda telling: "; ".join(p.contact.name for p in telling.case.sealed.parties if p.role is role)


def patient(telling: Telling) -> str:
    """The patient's own name; of one whom only a representative names, who that is."""
    parties = telling.case.sealed.parties
    own = next((party.contact.name for party in parties if party.role is Role.BENEFICIARY), None)
    if own is not None:
        return own
    acting = next((party.contact.name for party in parties if party.role is Role.REPRESENTATIVE), None)
    return telling.words["represented"].format(name=acting) if acting is not None else ""


def _patient(telling: Telling) -> str:
    """In a referral only to who pays for the care; what else another body is told, people write."""
    if telling.kind == "REFERRAL_SENT" and not telling.patient and telling.role not in (Role.MAC, Role.PLAN):
        return ""
    return patient(telling)


def _days(telling: Telling) -> str:
    facts = telling.case.course.facts
    known = next(((facts[first], facts.get(last)) for first, last in _CARE if {first, last} <= facts.keys()), None)
    first, last = known or (telling.fact(*_CARE_FACTS), None)
    if first is None:
        return ""
    begin = clock.local_date(first, telling.case.zone)
    end = clock.local_date(last, telling.case.zone) if last is not None else begin
    return begin.isoformat() if begin == end else wording.days(begin, end, telling.language)


def _records(telling: Telling) -> str:
    case_type = telling.case.type
    if case_type in _QUALITY:
        return telling.words["records_quality"]
    if case_type in _PAYMENT:
        return telling.words["records_payment"]
    return telling.words[_RECORDS.get(case_type, "records_services")]


_RECORDS = {
    CaseType.HOSP_DISCHARGE_FFS: "records_discharge",
    CaseType.HOSP_DISCHARGE_MA: "records_discharge",
    CaseType.HOSPITAL_REQUESTED_REVIEW: "records_hospital",
    CaseType.STATUS_CHANGE: "records_status",
    CaseType.PREADMIT_HINN1: "records_hinn",
    CaseType.NONCOVERED_HINN: "records_hinn",
}


def _if_late(telling: Telling) -> str:
    if telling.case.type in _QUALITY:
        return telling.words["late_quality"]
    return telling.words["late_payment" if telling.case.type in _PAYMENT else "late_consequence"]


def _protection(telling: Telling) -> str:
    if telling.case.type is CaseType.HOSPITAL_REQUESTED_REVIEW:
        return telling.words["protected_hospital"]
    if telling.case.type in _HINN:
        return telling.words["protected_hinn"]
    return telling.words["unprotected" if telling.case.timeliness is Timeliness.LATE else "protected"]


def _detailed_due(telling: Telling) -> str:
    """In a request for records only where there is such a notice."""
    due = iso(telling.due("detailed_notice_due"))
    return due or (telling.words["none_until"] if telling.kind == "REQ_NOTIFY_PROVIDER" else "")


def _detailed_name(telling: Telling) -> str:
    if "detailed_notice_due" in telling.procedure.dues:
        return wording.detailed_notice(telling.case.type, telling.language)
    return telling.words["none_until"]


def _next(telling: Telling) -> str:
    if telling.kind == "REFERRAL_SENT":
        return telling.say("next_referral")
    if telling.kind == "RETURNED_TO_PLAN":
        return telling.words["next_returned"]
    if telling.case.type is CaseType.IMMEDIATE_ADVOCACY:
        return telling.words["next_advocacy"]
    return telling.words["next_complaint" if telling.case.type in _QUALITY else "next_review"]


def _due(element: str) -> Source:
    return Source(lambda telling: iso(telling.due(element)), due=True)


def _moment(*facts: str) -> Callable[[Telling], str]:
    def moment(telling: Telling) -> str:
        at: Moment | None = telling.fact(*facts)
        return iso(at)

    return moment


ELEMENTS: Mapping[str, Source] = {
    "case_id": Source(lambda telling: str(telling.case.id)),
    "qio_name": Source(lambda telling: telling.office.name),
    "qio_phone": Source(lambda telling: telling.office.phone),
    "provider_name": Source(name_of(Role.PROVIDER, Role.PRACTITIONER), parties=(Role.PROVIDER, Role.PRACTITIONER)),
    "beneficiary_name": Source(_patient, parties=(Role.BENEFICIARY,)),
    "individual_name": Source(patient, parties=(Role.BENEFICIARY,), people=True),
    "plan_name": Source(name_of(Role.PLAN), parties=(Role.PLAN,)),
    "practitioner_name": Source(name_of(Role.PRACTITIONER, Role.PROVIDER), parties=(Role.PRACTITIONER, Role.PROVIDER)),
    "practitioner_names": Source(_names(Role.PRACTITIONER), parties=(Role.PRACTITIONER,), people=True),
    "review_name": Source(lambda telling: wording.review_name(telling.case.type, telling.language)),
    "service_name": Source(lambda telling: wording.service_name(telling.case.facility.type, telling.language)),
    "service_dates": Source(_days, facts=_CARE_FACTS, people=True),
    "citation": Source(lambda telling: telling.procedure.source),
    "request_received": Source(lambda telling: telling.case.received_at.isoformat()),
    "case_received": Source(lambda telling: telling.case.received_at.isoformat()),
    "next_step": Source(_next, kinds=("ACKNOWLEDGEMENT", "REFERRAL_SENT", "RETURNED_TO_PLAN"), people=True),
    "records_wanted": Source(_records, people=True),
    "records_requested": Source(_moment(*_REQUESTED), facts=_REQUESTED),
    "records_due": _due("records_due"),
    "detailed_notice_due": Source(_detailed_due),
    "detailed_notice_name": Source(_detailed_name),
    "late_consequence": Source(_if_late),
    "patient_protection": Source(_protection),
    "file_due": _due("file_due"),
    "file_contents": fixed("file_contents", people=True),
    "qic_notified": Source(_moment("qic_notified_qio"), facts=("qic_notified_qio",)),
    "notice_defect": fixed("not_valid", people=True),
    "notice_delivered": Source(_moment("notice_received"), facts=("notice_received",)),
}
