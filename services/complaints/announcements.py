"""What the world hears when a case changes: facts on the internal topic, notices, coarse public milestones."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Literal
from uuid import uuid5

from services.complaints.domain import clock, clocks, letters, procedures, surveys, wording
from services.complaints.domain.case import Case, Done, Taken
from services.complaints.domain.changes import clock_facts
from services.complaints.domain.letters import Office, Telling
from services.complaints.domain.notices import NOTICES
from services.complaints.domain.procedure import Notice, Procedure
from services.complaints.domain.reckoned import Desk
from services.complaints.domain.referring import topics_for_qin_qio
from services.complaints.partners.outgoing import Correspondence
from services.complaints.pseudonyms import Pseudonyms
from services.complaints.settings import ComplaintsSettings
from shared.contracts.complaints import (
    CASES,
    CONCERNS,
    PUBLIC_CASES,
    CaseClosed,
    CaseDetermined,
    CaseEvent,
    CaseOpened,
    ConcernConfirmed,
    PublicCaseMilestone,
    Role,
)
from shared.contracts.notifications import REQUESTS, NoticeRequested, Recipient
from shared.messaging.handling import Emit
from shared.program.jurisdictions import UNKNOWN, jurisdiction

Milestone = Literal["OPENED", "DECIDED", "CLOSED"]
_MILESTONES: dict[type[CaseEvent], Milestone] = {
    CaseOpened: "OPENED",
    CaseDetermined: "DECIDED",
    CaseClosed: "CLOSED",
}


class Announcer:
    """Turns a change of a case into what is published about it; pure but for the seals of what partners are told."""

    def __init__(
        self, pseudonyms: Pseudonyms, settings: ComplaintsSettings, partners: Correspondence | None = None
    ) -> None:
        self._pseudonyms = pseudonyms
        self._settings = settings
        self._partners = partners

    def changes(self, before: Case | None, taken: Taken, desk: Desk, now: dt.datetime) -> tuple[Emit, ...]:
        """The facts of a step, what its clocks say, its notices and milestones; lock the case before publishing.

        The end of a case is the last that is said of it. Of a sanction nothing is said but its notices.
        """
        after, procedure = taken.case, procedures.of(taken.case.type)
        ended = [fact for fact in taken.facts if isinstance(fact, CaseClosed)]
        told = [*(fact for fact in taken.facts if fact not in ended), *clock_facts(before, after), *ended]
        notices = list(self._notices(after, taken.steps, procedure, desk, now))
        return (
            *(Emit(CASES.name, str(after.id), fact) for fact in told if procedure.announced),
            *(Emit(REQUESTS.name, str(notice.notice_id), notice) for notice in notices),
            *(self._partners.told(after, taken.steps, notices, desk) if self._partners is not None else ()),
            *(self._survey(after, procedure, now) if ended else ()),
            *self._milestones(after, taken.facts, procedure, now),
            *self._concerns(after, taken.steps),
        )

    def _notices(
        self, after: Case, steps: Iterable[Done], procedure: Procedure, desk: Desk, now: dt.datetime
    ) -> Iterator[NoticeRequested]:
        for done in steps:
            step = procedure.steps.get(done.step)
            notices = procedure.opening if done.step == "filed" else step.notices if step is not None else ()
            for notice in notices:
                if notice.after_call and not self._due_after_call(after, done):
                    continue
                if notice.since is not None and after.course.last(notice.since) is None:
                    continue
                for role in notice.to:
                    if notice.if_named and after.sealed.contact(role) is None:
                        continue
                    yield self._notice(after, procedure, notice, role, done, desk, now)

    def _due_after_call(self, after: Case, done: Done) -> bool:
        """When the patient was reached the first time, or called in vain as often as needed."""
        if done.party is not Role.BENEFICIARY:
            return False
        attempts = after.course.attempts(done.step, Role.BENEFICIARY)
        reached = after.course.told(done.step, Role.BENEFICIARY)
        if reached is not None and reached == done:
            return attempts < self._settings.call_attempts
        return reached is None and attempts == self._settings.call_attempts

    def _notice(
        self,
        after: Case,
        procedure: Procedure,
        notice: Notice,
        role: Role,
        done: Done,
        desk: Desk,
        now: dt.datetime,
    ) -> NoticeRequested:
        at = done.at if done.step != "filed" else now
        telling = Telling(
            case=after,
            procedure=procedure,
            reckoning=clocks.reckoning(after, procedure, desk),
            role=role,
            office=self._office(after),
            at=at,
            practice=desk.practice,
        )
        described = NOTICES[notice.kind]
        contact = after.sealed.contact(role)
        acting = role is Role.BENEFICIARY and any(party.role is Role.REPRESENTATIVE for party in after.sealed.parties)
        # A case withdrawn and filed again asks again: the clocks started so far tell the occasions apart.
        occasion = f"{notice.kind}/{role}/{done.step}/{after.course.times(done.step)}/{len(after.deadlines)}"
        running = (after.open_deadline(rule) for rule in notice.rules)
        due_at = next((deadline.due_at for deadline in running if deadline is not None), None)
        return NoticeRequested(
            notice_id=uuid5(after.id, occasion),
            notice_type=notice.kind,
            subject=str(after.id),
            recipient=Recipient(
                role=Role.REPRESENTATIVE.value if acting else role.value,
                name=contact.name if contact is not None else wording.body(role),
                email=contact.email if contact is not None and not described.calls else None,
                phone=contact.phone if contact is not None else None,
                language=contact.language if contact is not None else "en",
                interpreter=contact.interpreter if contact is not None else None,
                tty=contact is not None and contact.tty,
                time_zone=after.zone,
            ),
            facts=letters.elements(telling, notice.kind),
            due_at=due_at or clock.end_of_day(clock.local_date(at, after.zone), after.zone),
            citation=described.citation[:200],
        )

    def _survey(self, after: Case, procedure: Procedure, now: dt.datetime) -> Iterator[Emit]:
        invitation = surveys.invitation(after, procedure, self._office(after), now)
        if invitation is not None:
            yield Emit(REQUESTS.name, str(invitation.notice_id), invitation)

    def _concerns(self, after: Case, steps: Iterable[Done]) -> Iterator[Emit]:
        """Confirmed concerns for the QIN-QIO, when the referral is sent: after the notice of 42 CFR 480.105."""
        sent = next((done for done in steps if done.step == "sent"), None)
        if sent is None:
            return
        for concern, topic in topics_for_qin_qio(after):
            pseudonym = self._pseudonyms.concern(after.id, concern)
            event = ConcernConfirmed(
                concern=pseudonym,
                ccn=after.facility.ccn,
                topic=topic,
                confirmed_on=clock.local_date(sent.at, after.zone),
            )
            yield Emit(CONCERNS.name, str(pseudonym), event)

    def _milestones(
        self, after: Case, facts: Iterable[CaseEvent], procedure: Procedure, now: dt.datetime
    ) -> Iterator[Emit]:
        if procedure.coarse is None:
            return
        pseudonym = self._pseudonyms.public(after.id)
        month = clock.local_date(now, after.zone).strftime("%Y-%m")
        for fact in facts:
            milestone = _MILESTONES.get(type(fact))
            if milestone is not None:
                event = PublicCaseMilestone(
                    case=pseudonym,
                    case_type=procedure.coarse,
                    milestone=milestone,
                    region=after.facility.region,
                    month=month,
                )
                yield Emit(PUBLIC_CASES.name, str(pseudonym), event)

    def _office(self, case: Case) -> Office:
        name = self._settings.qio_name or jurisdiction(case.facility.state, case.opened_on).bfcc_qio.name
        known = name if name != UNKNOWN else "Quality Improvement Organization"
        return Office(name=known, phone=self._settings.qio_phone, hearings=self._settings.hearing_office)
