"""The steps of a review, from telling the hospital to the determination (42 CFR 405.1206(d))."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import replace

from services.complaints.domain import rules
from services.complaints.domain.appeal import Appeal, Reviewer, Step
from services.complaints.domain.refusal import Refusal, check_instant
from services.complaints.domain.states import Trigger
from shared.contracts.complaints import (
    CaseDetermined,
    CaseWithdrawn,
    HospitalNotified,
    InformationReceived,
    Item,
    Obligor,
    Outcome,
    RecordsRequested,
)
from shared.contracts.replies import Reason

# What leaves the patient worse off needs a physician, never a screener or a program.
_ADVERSE = frozenset({Outcome.UPHELD_PROVIDER, Outcome.PARTIAL})


def hospital_notified(appeal: Appeal, at: dt.datetime, now: dt.datetime) -> Step:
    """The hospital knows; its detailed notice and its records are due at noon of the next day."""
    at = _when(appeal, at, now, "42 CFR 405.1206(d)(1)")
    after = appeal.moved(Trigger.HOSPITAL_NOTIFIED).did(hospital_notified_at=at)
    after = after.meet([rules.NOTIFY_HOSPITAL], at).start(rules.DETAILED_NOTICE, at).start(rules.RECORDS, at)
    due_at = after.deadlines[-1].due_at
    facts = (
        HospitalNotified(case_id=appeal.id, notified_at=at),
        RecordsRequested(case_id=appeal.id, due_at=due_at),
    )
    return Step(after, facts)


def information_received(
    appeal: Appeal, at: dt.datetime, items: Collection[Item], *, complete: bool, now: dt.datetime
) -> Step:
    """Information came in; when it is complete the clock of the determination starts.

    Complete means all requested pertinent information, from the later of request and receipt (405.1206(d)(6)).
    """
    at = _when(appeal, at, now, "42 CFR 405.1206(e)(2)")
    if complete and appeal.progress.information_complete_at is not None:
        text = "All information was already recorded as received."
        citation = "42 CFR 405.1206(d)(6)"
        raise Refusal(Reason(code="ALREADY_COMPLETE", field="complete", text=text, citation=citation))
    after = appeal.moved(Trigger.INFORMATION_COMPLETED if complete else Trigger.INFORMATION_RECEIVED)
    if Item.DETAILED_NOTICE in items:
        after = after.meet([rules.DETAILED_NOTICE], at)
    due_at = None
    if complete:
        after = after.did(information_complete_at=at).meet([rules.RECORDS], at)
        after = after.start(rules.DETERMINE[appeal.filing.timeliness()], max(at, appeal.filing.received_at))
        due_at = after.deadlines[-1].due_at
    fact = InformationReceived(case_id=appeal.id, received_at=at, complete=complete, decision_due_at=due_at)
    return Step(after, (fact,))


def views_solicited(appeal: Appeal, at: dt.datetime, now: dt.datetime) -> Step:
    """The patient was asked for their views, or an attempt was made; each attempt is kept."""
    at = _when(appeal, at, now, "42 CFR 405.1206(d)(4)")
    after = appeal.moved(Trigger.VIEWS_SOLICITED)
    return Step(after.did(views_solicited=(*appeal.progress.views_solicited, at)))


def explanation_offered(appeal: Appeal, at: dt.datetime, now: dt.datetime) -> Step:
    """The hospital had its opportunity to explain."""
    at = _when(appeal, at, now, "42 CFR 405.1206(d)(5)")
    return Step(appeal.moved(Trigger.EXPLANATION_OFFERED).did(explanation_offered_at=at))


def validity_found(appeal: Appeal, at: dt.datetime, *, valid: bool, now: dt.datetime) -> Step:
    """The hospital's notice was found valid or not."""
    _when(appeal, at, now, "42 CFR 405.1206(d)(2)")
    return Step(appeal.moved(Trigger.VALIDITY_FOUND).did(notice_valid=valid))


def reviewer_assigned(appeal: Appeal, at: dt.datetime, reviewer: Reviewer, *, attested: bool, now: dt.datetime) -> Step:
    """A reviewer who attested independence has the case; replacing one restarts no clock."""
    _when(appeal, at, now, "42 CFR 476.98")
    if not attested:
        text = "The reviewer must attest that there is no conflict of interest."
        citation = "42 CFR 476.98(d)"
        raise Refusal(Reason(code="NO_ATTESTATION", field="attested_no_conflict", text=text, citation=citation))
    after = appeal.moved(Trigger.REVIEWER_ASSIGNED)
    return Step(replace(after, confidential=replace(appeal.confidential, reviewer=reviewer)))


def determined(
    appeal: Appeal,
    at: dt.datetime,
    *,
    reviewer: str,
    outcome: Outcome,
    rationale: str,
    liable_from: dt.date | None,
    now: dt.datetime,
) -> Step:
    """The assigned reviewer's determination; refused with every reason that stands against it.

    What the hospital still owed is owed no more; the QIO's clock runs on until everyone was told.
    """
    at = _when(appeal, at, now, "42 CFR 405.1206(d)(6)")
    after = appeal.moved(Trigger.DETERMINED)
    missing = tuple(_missing(appeal, at, reviewer, outcome, liable_from))
    if missing:
        raise Refusal(*missing)
    after = after.did(determined_at=at, outcome=outcome, stated_liability=liable_from)
    after = replace(after, confidential=replace(appeal.confidential, rationale=rationale))
    after = after.each_deadline(lambda d: d.void() if d.obligor is Obligor.PROVIDER else d)
    fact = CaseDetermined(
        case_id=appeal.id,
        region=appeal.filing.region,
        timeliness=appeal.filing.timeliness(),
        outcome=outcome,
        determined_at=at,
    )
    return Step(after, (fact,))


def withdrawn(appeal: Appeal, at: dt.datetime, now: dt.datetime) -> Step:
    """The request is taken back; no clock runs on."""
    at = _when(appeal, at, now, "42 CFR 405.1206(b)")
    after = appeal.moved(Trigger.WITHDRAWN).each_deadline(lambda deadline: deadline.void())
    return Step(after, (CaseWithdrawn(case_id=appeal.id, region=appeal.filing.region, withdrawn_at=at),))


def _when(appeal: Appeal, at: dt.datetime, now: dt.datetime, citation: str) -> dt.datetime:
    since = appeal.filing.received_at
    return check_instant("at", at, now=now, citation=citation, since=since, after="the request was received")


def _missing(
    appeal: Appeal, at: dt.datetime, reviewer: str, outcome: Outcome, liable_from: dt.date | None
) -> Iterator[Reason]:
    done, assigned = appeal.progress, appeal.confidential.reviewer
    if assigned is None or assigned.id != reviewer:
        yield _reason("NOT_THE_REVIEWER", "reviewer", "Only the assigned reviewer decides.", "42 CFR 476.98")
    elif outcome in _ADVERSE and not assigned.physician:
        text = "Only a physician reviewer may decide against the patient."
        yield _reason("PHYSICIAN_NEEDED", "reviewer", text, "42 CFR 476.98(a)")
    if not done.views_solicited:
        text = "The patient's views were not solicited; log at least one attempt."
        yield _reason("VIEWS_NOT_SOLICITED", None, text, "42 CFR 405.1206(d)(4)")
    if done.explanation_offered_at is None:
        text = "The hospital had no opportunity to explain."
        yield _reason("NO_EXPLANATION_OFFERED", None, text, "42 CFR 405.1206(d)(5)")
    if done.notice_valid is None:
        text = "It is not recorded whether the hospital's notice was valid."
        yield _reason("VALIDITY_NOT_FOUND", None, text, "42 CFR 405.1206(d)(2)")
    elif outcome is (Outcome.INVALID_NOTICE if done.notice_valid else Outcome.UPHELD_PROVIDER):
        text = "The outcome contradicts the finding on the hospital's notice."
        yield _reason("CONTRADICTS_VALIDITY", "outcome", text, "42 CFR 405.1206(d)(2)")
    yield from _missing_information(appeal, at, outcome)
    if (outcome is Outcome.PARTIAL) is (liable_from is None):
        text = "A partial outcome, and no other, states the first day the patient pays."
        yield _reason("LIABILITY_DATE", "liable_from", text, "42 CFR 405.1206(f)")
    elif liable_from is not None and liable_from <= appeal.filing.discharge_on:
        text = "The first day the patient pays is after the discharge date."
        yield _reason("LIABILITY_DATE", "liable_from", text, "42 CFR 405.1206(f)")


def _missing_information(appeal: Appeal, at: dt.datetime, outcome: Outcome) -> Iterator[Reason]:
    complete_at = appeal.progress.information_complete_at
    if complete_at is not None:
        if at < complete_at:
            text = "The determination is before the information was complete."
            yield _reason("TIME_OUT_OF_ORDER", "at", text, "42 CFR 405.1206(d)(6)")
        return
    if outcome is Outcome.UPHELD_PROVIDER:
        text = "Without the hospital's information its decision is not sustained: the hospital has the burden of proof."
        yield _reason("INFORMATION_INCOMPLETE", "outcome", text, "42 CFR 405.1206(c)")
    if any(d.rule_id == rules.RECORDS and d.due_at > at for d in appeal.deadlines):
        text = "On the evidence at hand a case is decided only when the hospital's time to supply information is over."
        yield _reason("RECORDS_NOT_DUE", "at", text, "42 CFR 405.1206(d)(7)")


def _reason(code: str, field: str | None, text: str, citation: str) -> Reason:
    return Reason(code=code, field=field, text=text, citation=citation)
