"""Filing a discharge appeal: what is refused, what opens a case, what joins one (42 CFR 405.1206(b))."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

from services.complaints.domain import clock, rules
from services.complaints.domain.appeal import Appeal, Confidential, Filing, Progress, Step
from services.complaints.domain.refusal import Refusal, check_instant
from services.complaints.domain.rulebook import RuleBook
from services.complaints.domain.rules import DISCHARGE_APPEAL
from services.complaints.domain.states import State, Trigger
from shared.contracts.complaints import DischargeAppealed, FileDischargeAppeal, RequestJoined, Timeliness
from shared.contracts.replies import Reason
from shared.program.jurisdictions import UNKNOWN, jurisdiction
from shared.program.zones import ZoneError, facility_zone

_REQUEST = "42 CFR 405.1206(b)(1)"


def filing_of(command: FileDischargeAppeal, now: dt.datetime) -> Filing:
    """The request with the hospital's clock and region; raises Refusal for what cannot be."""
    received_at = check_instant("received_at", command.received_at, now=now, citation=_REQUEST)
    notice = command.notice_given_at
    if notice is not None:
        notice = check_instant("notice_given_at", notice, now=now, citation="42 CFR 405.1205(c)")
    try:
        zone = facility_zone(command.state, command.zip_code, command.zone)
    except ZoneError as error:
        raise Refusal(Reason(code=error.code, field=error.field, text=str(error), citation=_REQUEST)) from None
    day = clock.local_date(received_at, zone)
    found = jurisdiction(command.state, day).bfcc_qio
    filing = Filing(
        facility_ccn=command.facility_ccn,
        state=command.state,
        zone=zone,
        region=found.area or UNKNOWN,
        admitted_on=command.admitted_on,
        discharge_on=command.discharge_on,
        received_at=received_at,
        channel=command.channel,
        still_inpatient=command.still_inpatient,
        notice_given_at=notice,
        good_cause=command.good_cause,
    )
    impossible = _impossible(filing, day)
    if impossible is not None:
        raise Refusal(impossible)
    return filing


def _impossible(filing: Filing, day: dt.date) -> Reason | None:
    """The first thing that contradicts itself."""
    if filing.discharge_on < filing.admitted_on:
        text, citation = "The discharge date is before the admission date.", "42 CFR 405.1206(a)"
        return Reason(code="DISCHARGE_BEFORE_ADMISSION", field="discharge_on", text=text, citation=citation)
    if day < filing.admitted_on:
        text, citation = "The request was received before the admission.", "42 CFR 405.1206(a)"
        return Reason(code="REQUEST_BEFORE_ADMISSION", field="received_at", text=text, citation=citation)
    if not filing.still_inpatient and filing.discharge_on > day:
        text = "A patient who has left the hospital was discharged no later than the day of the request."
        return Reason(code="LEFT_BEFORE_DISCHARGE", field="discharge_on", text=text, citation="42 CFR 405.1206(b)(6)")
    if not DISCHARGE_APPEAL.covers(rules.FILING, day):
        text = "No rule for discharge appeals was in force on the day of the request."
        return Reason(code="NO_RULE_IN_FORCE", field="received_at", text=text, citation="71 FR 68721")
    return None


def needs_good_cause(filing: Filing) -> bool:
    """Whether the request came too long after the patient left to be heard without good cause (405.1206(b)(6))."""
    if filing.timeliness() is not Timeliness.LATE_LEFT or filing.good_cause is not None:
        return False
    opened_on = clock.local_date(filing.received_at, filing.zone)
    rule = DISCHARGE_APPEAL.in_force(rules.LATE_FILING, opened_on)
    return not clock.in_time(filing.received_at, rule.due(filing.discharge_on, filing.zone))


def open_case(
    case_id: UUID,
    filing: Filing,
    confidential: Confidential,
    now: dt.datetime,
    known: Appeal | None = None,
    book: RuleBook = DISCHARGE_APPEAL,
) -> Step:
    """Open a case, or open a withdrawn one anew; an untimely request is accepted, with its consequences."""
    if needs_good_cause(filing):
        text = "More than 30 calendar days after discharge a request needs good cause; give the reason."
        citation = "42 CFR 405.1206(b)(6), 478.22(b)"
        raise Refusal(Reason(code="GOOD_CAUSE_NEEDED", field="good_cause", text=text, citation=citation))
    if known is None:
        appeal = Appeal(
            id=case_id,
            state=State.RECEIVED,
            opened_at=now,
            filing=filing,
            progress=Progress(),
            confidential=confidential,
            book=book,
        )
    else:
        appeal = replace(
            known.moved(Trigger.REFILED),
            opened_at=now,
            filing=filing,
            progress=Progress(),
            confidential=confidential,
        )
    appeal = appeal.start(rules.NOTIFY_HOSPITAL, filing.received_at)
    fact = DischargeAppealed(
        case_id=case_id,
        region=filing.region,
        zone=filing.zone,
        timeliness=filing.timeliness(),
        received_at=filing.received_at,
    )
    return Step(appeal, (fact,))


def join(appeal: Appeal, filing: Filing) -> Step:
    """Another request for the same notice: the case keeps the earliest receipt, and open clocks follow it."""
    joined = appeal.moved(Trigger.JOINED)
    if filing.received_at < appeal.filing.received_at:
        earliest = replace(
            appeal.filing,
            received_at=filing.received_at,
            channel=filing.channel,
            still_inpatient=filing.still_inpatient,
            good_cause=filing.good_cause or appeal.filing.good_cause,
        )
        joined = _restarted(replace(joined, filing=earliest))
    fact = RequestJoined(
        case_id=appeal.id, received_at=joined.filing.received_at, timeliness=joined.filing.timeliness()
    )
    return Step(joined, (fact,))


def _restarted(appeal: Appeal) -> Appeal:
    """With the running clocks that count from the request voided and started again."""
    determine = rules.DETERMINE[appeal.filing.timeliness()]
    for running in appeal.deadlines:
        if not running.open:
            continue
        if running.rule_id == rules.NOTIFY_HOSPITAL:
            appeal = _void(appeal, running.id).start(running.rule_id, appeal.filing.received_at)
        elif running.rule_id in rules.DETERMINE.values() and running.rule_id != determine:
            appeal = _void(appeal, running.id).start(determine, running.trigger_at)
    return appeal


def _void(appeal: Appeal, deadline_id: UUID) -> Appeal:
    return appeal.each_deadline(lambda deadline: deadline.void() if deadline.id == deadline_id else deadline)
