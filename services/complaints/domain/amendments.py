"""What is set right on a case without a step of its table: its place, its concerns, the time of a fact."""

import datetime as dt
from dataclasses import replace

from services.complaints.domain import clock, clocks, filing, procedures
from services.complaints.domain.case import Assigned, Case, Done, Taken
from services.complaints.domain.clock import Moment
from services.complaints.domain.procedure import Stage
from services.complaints.domain.reckoned import Desk
from services.complaints.domain.refusal import Refusal, check_instant
from shared.contracts.complaints import (
    AddConcern,
    AssignReviewer,
    CaseTransferred,
    ClockBasisCorrected,
    CorrectFact,
    NameParty,
    Role,
    TransferCase,
)
from shared.contracts.replies import Reason

_OPEN = frozenset({Stage.RECEIVED, Stage.IN_REVIEW})


def transferred(case: Case, command: TransferCase, desk: Desk, now: dt.datetime) -> Taken:
    """The service was given in another state: another QIO, another clock, the same receipt (42 CFR 405.1202(b)(1))."""
    _check_open(case, "transferred")
    at = check_instant("at", command.at, now=now, citation="42 CFR 476.78")
    zone, region = filing.placed(command.state, command.zip_code, command.zone, case.received_at)
    facility = replace(case.facility, state=command.state, zip_code=command.zip_code, zone=zone, region=region)
    after = replace(case, facility=facility).hides(notes=(*case.sealed.notes, ("transferred", command.note)))
    fact = CaseTransferred(case_id=case.id, from_region=case.facility.region, to_region=region)
    return _recorded(after, "transferred", at, command.actor, desk, fact)


def concern_added(case: Case, command: AddConcern, desk: Desk, now: dt.datetime) -> Taken:
    """A further concern belongs to the complaint until the interim determination, then to a new one (476.120(b))."""
    procedure = procedures.of(case.type)
    if not procedure.concerns or any(done.step == "interim_made" for done in case.course.log):
        text = "Concerns that come after the interim initial determination are a new complaint."
        raise Refusal(Reason(code="NEW_COMPLAINT", field="concern", text=text, citation="42 CFR 476.120(b)"))
    _check_open(case, "given a further concern")
    if any(known.id == command.concern.id for known in case.sealed.concerns):
        raise Refusal(Reason(code="KNOWN_CONCERN", field="concern.id", text="The case has this concern already."))
    at = check_instant("at", command.at, now=now, citation="42 CFR 476.120(b)")
    after = case.hides(concerns=(*case.sealed.concerns, command.concern))
    return _recorded(after, "concern_added", at, command.actor, desk)


def party_named(case: Case, command: NameParty, desk: Desk, now: dt.datetime) -> Taken:
    """A party became known after the filing, or its address changed; who asked, and for whom, does not change."""
    if procedures.of(case.type).terminal(case.state):
        text = f"A case that is {case.state} cannot be given another party."
        raise Refusal(Reason(code="ILLEGAL_TRANSITION", field=None, text=text))
    if command.party.role is Role.REPRESENTATIVE and command.party.authority is None:
        text = "A representative needs an authority: an appointment, or State law."
        raise Refusal(Reason(code="MISSING_AUTHORITY", field="party.authority", text=text, citation="42 CFR 405.910"))
    at = check_instant("at", command.at, now=now, citation="")
    others = tuple(party for party in case.sealed.parties if party.role is not command.party.role)
    return _recorded(case.hides(parties=(*others, command.party)), "party_named", at, command.actor, desk)


def fact_corrected(case: Case, command: CorrectFact, desk: Desk, now: dt.datetime) -> Taken:
    """The time of a fact was wrong: open clocks are counted anew, what was met or missed stays so."""
    _check_open(case, "corrected")
    if command.fact not in case.course.facts:
        raise Refusal(Reason(code="UNKNOWN_FACT", field="fact", text="The case has no such fact to correct."))
    at = check_instant("at", command.at, now=now, citation="")
    value = filing.moment(command.fact, command.value)
    _check_happened(case, command.fact, value, now)
    after = case.did(facts={**case.course.facts, command.fact: value})
    if command.fact == procedures.of(case.type).received:
        after = replace(after, received_at=_hour(value))
    after = after.hides(notes=(*case.sealed.notes, ("corrected", command.note)))
    fact = ClockBasisCorrected(case_id=case.id, fact=command.fact)
    return _recorded(after, "corrected", at, command.actor, desk, fact)


def _check_happened(case: Case, fact: str, value: Moment, now: dt.datetime) -> None:
    """What is not planned has happened; a date has begun on the facility's clock."""
    instant = value if isinstance(value, dt.datetime) else clock.start_of_day(value, case.zone)
    if not procedures.of(case.type).clock.fact(fact).planned:
        check_instant("value", instant, now=now, citation="")


def _hour(value: Moment) -> dt.datetime:
    """A receipt has an hour: the case keeps it beside the fact that the clocks count from."""
    if not isinstance(value, dt.datetime):
        text = "The receipt is an instant: give its hour and zone, as in 2026-07-04T23:40-05:00."
        raise Refusal(Reason(code="HOUR_NEEDED", field="value", text=text))
    return value


def part_given(case: Case, assigned: Assigned, command: AssignReviewer, desk: Desk, now: dt.datetime) -> Taken:
    """Somebody screens the case, recommends, or sits on a panel: no step of the table, and nobody outside hears."""
    if procedures.of(case.type).terminal(case.state):
        text = f"A case that is {case.state} cannot be given to anyone."
        raise Refusal(Reason(code="ILLEGAL_TRANSITION", field=None, text=text))
    at = check_instant("at", command.at, now=now, citation="42 CFR 476.98")
    after = case.hides(assigned=(*case.sealed.assigned, assigned))
    return _recorded(after, "part_given", at, command.actor, desk)


def _check_open(case: Case, says: str) -> None:
    if procedures.of(case.type).states[case.state] not in _OPEN:
        text = f"A case that is {case.state} cannot be {says}."
        raise Refusal(Reason(code="ILLEGAL_TRANSITION", field=None, text=text))


def _recorded(
    case: Case,
    step: str,
    at: dt.datetime,
    actor: str,
    desk: Desk,
    *facts: CaseTransferred | ClockBasisCorrected,
) -> Taken:
    done = Done(step=step, at=at, actor=actor)
    case = case.did(log=(*case.course.log, done))
    case, _ = clocks.synced(case, procedures.of(case.type), desk)
    return Taken(case, facts, (done,))
