"""A confirmed concern becomes a referral to the QIN-QIO: provider and topic, nothing that identifies a person."""

from services.complaints.domain.case import Case
from services.complaints.domain.procedures.quality import not_met
from services.complaints.domain.procedures.referral import QIN_QIO
from services.complaints.domain.wording import WORDS
from shared.contracts.complaints import CaseParty, CaseType, Channel, Concern, FileCase, Role

ACTOR = "complaints"
_CLOSINGS = frozenset({"closed", "reconsideration_completed"})
_REVIEWS = frozenset({CaseType.BENE_COMPLAINT, CaseType.GENERAL_QOC})
_RECIPIENT = "the Quality Innovation Network QIO (QIN-QIO) that helps providers of this area to improve"


def referral_of(case: Case) -> FileCase | None:
    """The referral that a closed review with a standard not met leads to, or None.

    The same case gives the same command, and so the same referral, however often it is asked; reopened and closed
    again it gives another. No beneficiary, narrative, practitioner or finding goes along: the family stands in for
    the person (42 CFR 480.101, 480.105(a)).
    """
    closed_at = max((done.at for done in case.course.log if done.step in _CLOSINGS), default=None)
    confirmed = confirmed_concerns(case)
    provider = case.sealed.contact(Role.PROVIDER)
    if case.type not in _REVIEWS or case.state != "CLOSED" or closed_at is None or provider is None or not confirmed:
        return None
    topics = ", ".join(sorted({concern.topic for concern in confirmed}))
    information = f"the name of the provider and the topics in which a standard of care was not met: {topics}"
    return FileCase(
        actor=ACTOR,
        case_type=CaseType.REFERRAL,
        beneficiary=case.family.hex,
        parties=(CaseParty(role=Role.PROVIDER, contact=provider),),
        facility_ccn=case.facility.ccn,
        provider_type=case.facility.type,
        state=case.facility.state,
        zip_code=case.facility.zip_code,
        zone=case.facility.zone,
        received_at=closed_at,
        channel=Channel.PORTAL,
        circumstances=frozenset({"confirmed_concern", "institution"}),
        concerns=confirmed,
        family=case.family,
        words={
            "disclosed_to": _RECIPIENT,
            "disclosed_information": information,
            "referred_to": _RECIPIENT,
            "referred_information": information,
        },
    )


def topics_for_qin_qio(case: Case) -> tuple[tuple[str, str], ...]:
    """Of a referral that was sent to the QIN-QIO, each concern's id and topic; of any other case nothing."""
    if case.type is not CaseType.REFERRAL or case.course.answers.get("recipient") != QIN_QIO:
        return ()
    if case.course.last("sent") is None:
        return ()
    return tuple((concern.id, concern.topic) for concern in case.sealed.concerns)


def confirmed_concerns(case: Case) -> tuple[Concern, ...]:
    """The concerns in which the last determination found a standard not met, by topic alone."""
    decided = case.decision()
    reasons = next((one for one in reversed(case.sealed.reasons) if decided and one.step == decided.step), None)
    if reasons is None:
        return ()
    found = not_met(reasons.findings)
    words = WORDS["en"]["STANDARD_NOT_MET"]
    known = (concern for concern in case.sealed.concerns if concern.id in found)
    return tuple(Concern(id=concern.id, topic=concern.topic, words=words) for concern in known)
