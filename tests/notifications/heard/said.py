"""Events of others as they say them, nobody real."""

from typing import Any
from uuid import UUID

from shared.contracts.complaints import CaseOpened, CaseTransferred, DeadlineApproaching, DeadlineMissed
from shared.contracts.effects import EffectEstimated
from shared.contracts.measures import GoalReached, GoalWithdrawn, MeasureUpdated
from shared.contracts.notifications.notices import NoticeFailed, NoticeOverdue
from shared.contracts.recruitment.coalitions import CoalitionConvened, CoalitionJoined, InfrastructureLapsed
from shared.contracts.recruitment.communities import CommunityDefined
from shared.contracts.recruitment.participants import FacilityListed
from shared.contracts.recruitment.pipeline import EngagementMoved
from shared.contracts.recruitment.pledges import PledgeRecorded, PledgeReported
from shared.contracts.recruitment.qio_contracts import ContractAwarded
from shared.contracts.recruitment.qio_deliverables import DeliverableRequired
from shared.contracts.signals import SignalRaised, SignalRetracted

CASE = UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7")
DEADLINE = UUID("7c9e6679-7425-40de-944b-e07fc1f90ae8")
NOTICE = UUID("7c9e6679-7425-40de-944b-e07fc1f90ae9")
AS_OF = "2015-03-06T12:00:00Z"


def _goal(**fields: Any) -> dict[str, Any]:
    plain = {"goal": "rehospitalizations", "community": "greater-boston", "unit_version": 1, "as_of": AS_OF}
    more = {"measure": "rehospitalizations-30d", "period": "2014Q4R4", "value": "44.1", "improvement": "21.3"}
    return {**plain, **more, **fields}


def reached(**fields: Any) -> GoalReached:
    """A goal is reached in Greater Boston."""
    more = {"baseline_period": "2014Q2R4", "baseline": "56.0", "target": "44.8", "status": "FINAL"}
    return GoalReached.model_validate(_goal(**{**more, **fields}))


def withdrawn(**fields: Any) -> GoalWithdrawn:
    """It is not, after all."""
    return GoalWithdrawn.model_validate(_goal(**fields))


def updated(**fields: Any) -> MeasureUpdated:
    """A result of Greater Boston, worse than that of its state unless told otherwise."""
    plain = {
        "measure": "rehospitalizations-30d", "specification": 1, "unit_type": "community", "unit": "greater-boston",
        "unit_version": 1, "period": "2014Q4R4", "computable": True, "reason": None, "numerator": 500,
        "denominator": 9000, "exposure": None, "days_in_period": 365, "value": "60.0", "low": "57.0", "high": "63.0",
        "status": "FINAL", "cause": "DATA", "watermark": None, "revision": 1, "as_of": AS_OF,
    }  # fmt: skip
    return MeasureUpdated.model_validate({**plain, **fields})


def of_state(**fields: Any) -> MeasureUpdated:
    """The result of Massachusetts."""
    state = {"unit_type": "state", "unit": "MA", "value": "50.0", "low": "49.0", "high": "51.0", "numerator": 90_000}
    return updated(**{**state, "denominator": 900_000, **fields})


def community(name: str = "Greater Boston", **fields: Any) -> CommunityDefined:
    """A community in Massachusetts."""
    plain = {"community": "greater-boston", "name": name, "version": 1, "areas": ["zip:02139", "zip:02140"]}
    return CommunityDefined.model_validate({**plain, **fields})


def convened(**fields: Any) -> CoalitionConvened:
    """A coalition over it."""
    member = {"participant": "225009", "setting": "NURSING_HOME", "role": "LEAD"}
    plain = {"community": "greater-boston", "number": 1, "actor": "t", "task": "C.3", "name": "Safe at Home Boston"}
    return CoalitionConvened.model_validate({**plain, "formed_on": "2015-03-01", "members": [member], **fields})


def joined(participant: str = "225010") -> CoalitionJoined:
    """A member more."""
    plain = {"community": "greater-boston", "number": 1, "actor": "t", "setting": "HOSPITAL", "role": "MEMBER"}
    return CoalitionJoined.model_validate({**plain, "participant": participant, "on": "2015-03-02"})


def lapsed() -> InfrastructureLapsed:
    """Its charter was to be reviewed."""
    plain = {"community": "greater-boston", "number": 1, "actor": "clock", "item": "CHARTER", "on": "2015-03-05"}
    return InfrastructureLapsed.model_validate({**plain, "reason": "its review is overdue"})


def listed(ccn: str = "225009", **fields: Any) -> FacilityListed:
    """A nursing home in Massachusetts."""
    plain = {"name": "Willowbrook Manor", "state": "MA", "zip_code": "02139", "qin_qio": "UNKNOWN"}
    return FacilityListed.model_validate({**plain, "ccn": ccn, "as_of": "2014-08-01", **fields})


def moved(stage: str = "RECRUITED", **fields: Any) -> EngagementMoved:
    """It comes to a stage with the collaborative."""
    plain = {"participant": "225009", "collaborative": "NNHQCC", "since": "2015-01-05", "actor": "t", "task": "C.2"}
    return EngagementMoved.model_validate({**plain, "stage": stage, **fields})


def awarded(**fields: Any) -> ContractAwarded:
    """A contract for two states."""
    plain = {"contract": "HHSM-500-2014-QIN1", "qio": "New England QIN", "role": "QIN-QIO", "statement": 11}
    more = {
        "states": ["MA", "ME"],
        "tasks": [],
        "starts_on": "2014-08-01",
        "ends_on": "2019-07-31",
        "source": "Made up",
    }
    return ContractAwarded.model_validate({**plain, **more, "actor": "t", **fields})


def required(**fields: Any) -> DeliverableRequired:
    """A deliverable of it, due in two weeks."""
    plain = {"contract": "HHSM-500-2014-QIN1", "deliverable": "annual-report", "title": "Annual report", "task": "C.3"}
    return DeliverableRequired.model_validate({**plain, "due_on": "2015-03-20", "source": "s", "actor": "t", **fields})


def pledged(**fields: Any) -> PledgeRecorded:
    """A member pledges a room."""
    plain = {"pledge": "greater-boston.0123456789ab", "coalition": "greater-boston", "actor": "t", "number": 1}
    more = {"participant": "225009", "kind": "SPACE", "amount": 1, "what": "a room for meetings"}
    return PledgeRecorded.model_validate(
        {**plain, **more, "pledged_on": "2015-02-01", "due_on": "2015-03-05", **fields}
    )


def kept() -> PledgeReported:
    """And gives it."""
    plain = {"pledge": "greater-boston.0123456789ab", "coalition": "greater-boston", "actor": "t"}
    return PledgeReported.model_validate({**plain, "kept": 1, "on": "2015-03-01", "status": "KEPT"})


def opened(region: str = "Area 1") -> CaseOpened:
    """A case of the QIO of an area."""
    plain = {"case_id": CASE, "case_type": "HOSP_DISCHARGE_FFS", "zone": "America/New_York", "timeliness": "TIMELY"}
    return CaseOpened.model_validate({**plain, "region": region, "received_at": AS_OF})


def transferred(to_region: str) -> CaseTransferred:
    """It goes to another."""
    return CaseTransferred(case_id=CASE, from_region="Area 1", to_region=to_region)


def _deadline(**fields: Any) -> dict[str, Any]:
    plain = {"case_id": CASE, "deadline_id": DEADLINE, "rule_id": "FFS-DECISION", "rule_version": 1, "obligor": "QIO"}
    more = {"citation": "42 CFR 405.1206(d)(6)", "due_at": "2015-03-06T18:00:00Z", "zone": "America/New_York"}
    return {**plain, **more, **fields}


def approaching(percent: int = 75, **fields: Any) -> DeadlineApproaching:
    """Its time is running out."""
    return DeadlineApproaching.model_validate({**_deadline(**fields), "percent": percent})


def missed(**fields: Any) -> DeadlineMissed:
    """Its time is over."""
    return DeadlineMissed.model_validate(_deadline(**fields))


def overdue(notice_type: str = "DECISION_LETTER", subject: str = str(CASE)) -> NoticeOverdue:
    """A notice of ours has not left in time."""
    plain = {"notice_id": NOTICE, "notice_type": notice_type, "subject": subject, "recipient_role": "beneficiary"}
    return NoticeOverdue.model_validate({**plain, "channel": "email", "due_at": "2015-03-06T16:00:00Z"})


def failed(
    notice_type: str = "DECISION_LETTER",
    subject: str = str(CASE),
    at: str = "2015-03-06T16:00:00Z",
    notice: UUID = NOTICE,
) -> NoticeFailed:
    """A notice of ours that no way could deliver."""
    plain = {"notice_id": notice, "notice_type": notice_type, "subject": subject, "recipient_role": "beneficiary"}
    more = {"channel": "email", "reason": "smtp-550", "attempts": 1, "failed_at": at}
    return NoticeFailed.model_validate({**plain, **more})


def _signal(**fields: Any) -> dict[str, Any]:
    plain = {"measure": "nursing-home-falls", "unit_type": "nursing_home", "unit": "225009", "period": "2014Q3"}
    return {**plain, "rule": "WE1", "side": "high", "direction": "worse", **fields}


def signalled(**fields: Any) -> SignalRaised:
    """The falls of a home signal."""
    more = {"revision": 1, "baseline_version": 1, "raised_at": AS_OF}
    return SignalRaised.model_validate(_signal(**{**more, **fields}))


def retracted(**fields: Any) -> SignalRetracted:
    """They do not, after all."""
    more = {"because": "the baseline was restated", "retracted_at": "2015-03-06T14:00:00Z"}
    return SignalRetracted.model_validate(_signal(**{**more, **fields}))


def estimated(*flags: str, revision: int = 1, **fields: Any) -> EffectEstimated:
    """How rehospitalizations changed with an intervention in Greater Boston."""
    plain = {
        "intervention": "greater-boston.0123456789ab", "community": "greater-boston", "stratum": "all",
        "measure": "rehospitalizations-30d", "specification": 1, "estimable": True, "reason": None,
        "method": "beside_communities", "wording": "impact", "scale": "ratio", "estimate": "0.9900", "low": "0.9300",
        "high": "1.0500", "hoped": "0.9000", "compared": ["worcester", "lowell"], "first": "2012Q1",
        "first_with": "2013Q3", "last": "2014Q2", "sentence": "The impact of the intervention: 0.99 (0.93 to 1.05).",
        "estimated_at": AS_OF,
    }  # fmt: skip
    return EffectEstimated.model_validate({**plain, "flags": flags, "revision": revision, **fields})
