"""Filing a case of any type: what is refused, what opens a case, what joins one."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast
from uuid import UUID

from services.complaints.domain import clock, clocks, procedures, surveys
from services.complaints.domain.case import NOBODY, Case, Course, Done, Facility, Sealed, Taken
from services.complaints.domain.clock import Moment
from services.complaints.domain.engine import settled
from services.complaints.domain.letters import BY_PEOPLE
from services.complaints.domain.look import Act, Look
from services.complaints.domain.procedure import Actor, Late, Procedure, Step
from services.complaints.domain.reckoned import Desk, Reckoning, Standing
from services.complaints.domain.refusal import CLOCK_SKEW, Refusal, check_instant
from shared.contracts.complaints import CaseOpened, CaseType, FileCase, RequestJoined, Role, Timeliness
from shared.contracts.replies import Reason
from shared.program.ccn import CcnError, check_ccn
from shared.program.jurisdictions import UNKNOWN, jurisdiction
from shared.program.states import STATES
from shared.program.zones import ZoneError, facility_zone

if TYPE_CHECKING:
    from shared.contracts.complaints import AnnouncedType

_SERVICE = "42 CFR 476.71"
_FILED = Step(id="filed", says="filed", actor=Actor.INTAKE, citation=_SERVICE)
# How a case ended that the one who asked may ask for again: another request opens it anew.
_ASKED_AGAIN = frozenset({"WITHDRAWN", "NOT_ELIGIBLE", "RETURNED_TO_PLAN", "ABANDONED"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A request that was read and found possible; what follows from it by the clocks of its type."""

    command: FileCase
    procedure: Procedure
    received_at: dt.datetime
    facility: Facility
    facts: Mapping[str, Moment]
    reckoning: Reckoning
    timeliness: Timeliness


def identity(command: FileCase) -> str:
    """Which matter a request is about: requests with the same words join; raises Refusal for a time it cannot read."""
    procedure = procedures.of(command.case_type)
    received_at = command.received_at.astimezone(dt.UTC) if command.received_at.tzinfo else command.received_at
    zone = STATES[command.state].zone if command.state in STATES else "UTC"
    days = [
        clock.local_date(moment(name, command.facts[name]), zone).isoformat()
        for name in procedure.identity
        if name in command.facts
    ]
    matter = [command.claim or "", *days] if days or command.claim else [received_at.isoformat()]
    return "/".join((command.case_type.value, command.beneficiary, command.facility_ccn, *matter))


def read(command: FileCase, desk: Desk, now: dt.datetime) -> Filing:
    """The request with the facility's clock and region; raises Refusal with what stands against it."""
    procedure = procedures.of(command.case_type)
    received_at = check_instant("received_at", command.received_at, now=now, citation=_SERVICE)
    facility = _facility(command, received_at)
    _check_in_force(procedure, clock.local_date(received_at, facility.zone))
    facts = _facts(command, procedure, received_at, facility.zone, now)
    reasons = tuple(_against(command, procedure, facts))
    if reasons:
        raise Refusal(*reasons)
    case = _case(command, procedure, received_at, facility, facts)
    reckoning = clocks.reckoning(case, procedure, desk)
    timeliness = _timeliness(command, procedure, reckoning)
    look = Look(
        case=replace(case, timeliness=timeliness),
        procedure=procedure,
        step=_FILED,
        act=Act(step=_FILED.id, at=received_at, actor=command.actor, good_cause=command.good_cause),
        reckoning=reckoning,
    )
    against = tuple(
        Reason(code=guard.id, field=guard.field, text=guard.text, citation=guard.citation)
        for guard in procedure.eligible
        if not guard.holds(look)
    )
    if against:
        raise Refusal(*against)
    return Filing(
        command=command,
        procedure=procedure,
        received_at=received_at,
        facility=facility,
        facts=facts,
        reckoning=reckoning,
        timeliness=timeliness,
    )


def open_case(case_id: UUID, filing: Filing, desk: Desk, now: dt.datetime, known: Case | None = None) -> Taken:
    """Open a case, or a withdrawn one anew; an untimely request is accepted as far as its rule says."""
    command, procedure = filing.command, filing.procedure
    case = replace(
        _case(command, procedure, filing.received_at, filing.facility, filing.facts),
        id=case_id,
        family=command.family or case_id,
        opened_at=now,
        timeliness=filing.timeliness,
    )
    if known is not None:
        case = replace(
            case,
            family=known.family,
            deadlines=known.deadlines,
            version=known.version,
            unsaved=known.unsaved,
            stored=known.stored,
        )
    done = Done(step="filed", at=filing.received_at, actor=command.actor)
    case, _ = clocks.synced(case.did(log=(done,)), procedure, desk, revived=known is not None)
    return settled(Taken(case, tuple(_opened(case, procedure)), (done,)), desk, now)


def joins(known: Case | None, filing: Filing) -> bool:
    """Whether a request joins the case there is; one that ended without determination may be asked for anew.

    What went back to the plan for being late is opened anew only by a request that came in time.
    """
    if known is None or known.course.ended not in _ASKED_AGAIN:
        return known is not None
    return known.course.ended == "RETURNED_TO_PLAN" and filing.timeliness is Timeliness.LATE


def _opened(case: Case, procedure: Procedure) -> Iterator[CaseOpened]:
    if procedure.announced:
        yield CaseOpened(
            case_id=case.id,
            case_type=cast("AnnouncedType", case.type),
            region=case.facility.region,
            zone=case.zone,
            timeliness=case.timeliness,
            received_at=case.received_at,
        )


def join(case: Case, filing: Filing, desk: Desk) -> Taken:
    """Another request for the same matter: the case keeps the earliest receipt, and open clocks follow it."""
    joined = case
    if filing.received_at < case.received_at and not filing.procedure.terminal(case.state):
        received = {filing.procedure.received: filing.received_at} if filing.procedure.received else {}
        joined = replace(
            case,
            received_at=filing.received_at,
            channel=filing.command.channel,
            timeliness=filing.timeliness,
        ).did(
            facts={**case.course.facts, **received},
            good_cause=filing.command.good_cause or case.course.good_cause,
            circumstances=filing.command.circumstances | (case.course.circumstances - filing.command.circumstances),
        )
        joined, _ = clocks.synced(joined, filing.procedure, desk)
    done = Done(step="joined", at=filing.received_at, actor=filing.command.actor)
    joined = joined.did(log=(*joined.course.log, done))
    fact = RequestJoined(case_id=case.id, received_at=joined.received_at, timeliness=joined.timeliness)
    return Taken(joined, (fact,), (done,))


def moment(name: str, text: str) -> Moment:
    """An instant with its zone, or a date; raises Refusal naming the fact."""
    field = f"facts.{name}"
    try:
        if len(text) == 10:
            return dt.date.fromisoformat(text)
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        words = "The time is neither a date nor an instant; give it as 2026-07-04 or 2026-07-04T23:40-05:00."
        raise Refusal(Reason(code="NOT_A_TIME", field=field, text=words)) from None
    if at.tzinfo is None:
        words = "The time has no time zone; give it as 2026-07-04T23:40-05:00."
        raise Refusal(Reason(code="TIME_WITHOUT_ZONE", field=field, text=words))
    return at.astimezone(dt.UTC)


def placed(state: str, zip_code: str | None, zone: str | None, received_at: dt.datetime) -> tuple[str, str]:
    """Zone and region of a facility by its place; raises Refusal."""
    try:
        found = facility_zone(state, zip_code, zone)
    except ZoneError as error:
        raise Refusal(Reason(code=error.code, field=error.field, text=str(error), citation=_SERVICE)) from None
    region = jurisdiction(state, clock.local_date(received_at, found)).bfcc_qio.area
    return found, region or UNKNOWN


def _facility(command: FileCase, received_at: dt.datetime) -> Facility:
    zone, region = placed(command.state, command.zip_code, command.zone, received_at)
    try:
        check_ccn(command.facility_ccn, command.state, command.provider_type.value)
    except CcnError as error:
        raise Refusal(Reason(code=error.code, field=error.field, text=str(error), citation=_SERVICE)) from None
    return Facility(
        ccn=command.facility_ccn,
        type=command.provider_type,
        state=command.state,
        zip_code=command.zip_code,
        zone=zone,
        region=region,
    )


def _check_in_force(procedure: Procedure, day: dt.date) -> None:
    """The first filing window, or else some rule, held on the day."""
    first = procedure.limits[0].rule if procedure.limits else None
    rules = [rule for rule in procedure.clock.rules if first is None or rule.id == first]
    if not any(rule.in_force(day) for rule in rules):
        text = "No rule of the case type was in force on the day of the request."
        raise Refusal(Reason(code="NO_RULE_IN_FORCE", field="received_at", text=text, citation=procedure.source))


def _facts(
    command: FileCase, procedure: Procedure, received_at: dt.datetime, zone: str, now: dt.datetime
) -> dict[str, Moment]:
    known = {fact.id: fact for fact in procedure.clock.facts}
    found: dict[str, Moment] = {}
    for name, text in command.facts.items():
        if name not in known:
            words = f"{procedure.type} knows no such fact; qio case clock {procedure.type} --facts lists them."
            raise Refusal(Reason(code="UNKNOWN_FACT", field=f"facts.{name}", text=words))
        at = moment(name, text)
        instant = at if isinstance(at, dt.datetime) else clock.start_of_day(at, zone)
        if not known[name].planned and instant > now + CLOCK_SKEW:
            raise Refusal(Reason(code="TIME_IN_FUTURE", field=f"facts.{name}", text="The time is in the future."))
        found[name] = at
    if procedure.received is not None:
        found[procedure.received] = received_at
    return found


def _against(command: FileCase, procedure: Procedure, facts: Mapping[str, Moment]) -> Iterator[Reason]:
    for name in procedure.required:
        if name not in facts:
            text = f"{procedure.type} cannot be opened without it: {procedure.clock.fact(name).meaning}."
            yield Reason(code="MISSING_FACT", field=f"facts.{name}", text=text, citation=procedure.source)
    circumstances = {known.id for known in procedure.clock.circumstances} | surveys.circumstances(procedure.type)
    if command.circumstances - circumstances:
        text = f"{procedure.type} knows no such circumstance; qio case clock {procedure.type} --facts lists them."
        yield Reason(code="UNKNOWN_CIRCUMSTANCE", field="circumstances", text=text)
    for name in sorted(command.words.keys() - BY_PEOPLE):
        text = "No notice has such an element that people write."
        yield Reason(code="UNEXPECTED", field=f"words.{name}", text=text)
    roles = {party.role for party in command.parties}
    if Role.REPRESENTATIVE in roles:
        roles.add(Role.BENEFICIARY)
    for role in procedure.parties:
        if role not in roles:
            text = f"The case needs its {role.value}."
            yield Reason(code="MISSING_PARTY", field="parties", text=text, citation=procedure.source)
    for party in command.parties:
        if party.role is Role.REPRESENTATIVE and party.authority is None:
            text = "A representative needs an authority: an appointment, or State law."
            yield Reason(code="MISSING_AUTHORITY", field="parties", text=text, citation="42 CFR 405.910, 476.1")


def _timeliness(command: FileCase, procedure: Procedure, reckoning: Reckoning) -> Timeliness:
    """When the request came; raises Refusal where late is too late.

    Who asks on the working day after a weekend or holiday end is late, and heard all the same.
    """
    if not procedure.limits:
        return Timeliness.UNLIMITED
    for limit, item in procedure.passed(reckoning):
        if item.standing is not Standing.LATE:
            continue
        if limit.late is Late.REFUSED:
            text = f"The request is too late ({item.arithmetic}): {item.rule.if_late}."
            raise Refusal(Reason(code="TOO_LATE", field="received_at", text=text, citation=item.rule.citation))
        if limit.late is Late.GOOD_CAUSE and command.good_cause is None:
            text = f"The request is late ({item.arithmetic}): {item.rule.if_late}; give the reason."
            raise Refusal(Reason(code="GOOD_CAUSE_NEEDED", field="good_cause", text=text, citation=item.rule.citation))
    return Timeliness.LATE if procedure.passed(reckoning) else Timeliness.TIMELY


def _case(
    command: FileCase,
    procedure: Procedure,
    received_at: dt.datetime,
    facility: Facility,
    facts: Mapping[str, Moment],
) -> Case:
    return Case(
        id=NOBODY,
        family=command.family or NOBODY,
        type=CaseType(command.case_type),
        state=procedure.initial,
        opened_at=received_at,
        received_at=received_at,
        channel=command.channel,
        timeliness=Timeliness.UNLIMITED,
        facility=facility,
        course=Course(
            facts=facts,
            circumstances=command.circumstances,
            good_cause=command.good_cause,
            claim=command.claim,
            amount_cents=command.amount_cents,
            local_factors=command.local_factors,
        ),
        sealed=Sealed(
            beneficiary=command.beneficiary,
            parties=command.parties,
            concerns=command.concerns,
            words=command.words,
        ),
    )
