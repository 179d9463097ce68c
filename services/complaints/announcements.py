"""What the world hears when a case changes: facts on the internal topic, notices, coarse public milestones."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Literal
from uuid import uuid5

from services.complaints.domain import clock, letters, rules
from services.complaints.domain.appeal import Appeal
from services.complaints.domain.changes import clock_facts
from services.complaints.domain.letters import Desk
from services.complaints.pseudonyms import Pseudonyms
from services.complaints.settings import ComplaintsSettings
from shared.contracts.complaints import (
    CASES,
    PUBLIC_CASES,
    CaseClosed,
    CaseDetermined,
    CaseEvent,
    CaseWithdrawn,
    DischargeAppealed,
    HospitalNotified,
    Party,
    PublicCaseMilestone,
)
from shared.contracts.notifications import REQUESTS, NoticeRequested, Recipient
from shared.messaging.handling import Emit
from shared.program.jurisdictions import UNKNOWN, jurisdiction

Milestone = Literal["OPENED", "DECIDED", "CLOSED"]
_MILESTONES: dict[type[CaseEvent], Milestone] = {
    DischargeAppealed: "OPENED",
    CaseDetermined: "DECIDED",
    CaseClosed: "CLOSED",
    CaseWithdrawn: "CLOSED",
}


class Announcer:
    """Turns a change of a case into what is published about it; pure."""

    def __init__(self, pseudonyms: Pseudonyms, settings: ComplaintsSettings) -> None:
        self._pseudonyms = pseudonyms
        self._settings = settings

    def changes(
        self, before: Appeal | None, after: Appeal, facts: Sequence[CaseEvent], now: dt.datetime
    ) -> tuple[Emit, ...]:
        """The facts of a step, what its clocks say, its notices and milestones; lock the case before publishing.

        The end of a case is the last that is said of it.
        """
        ended = [fact for fact in facts if isinstance(fact, CaseClosed)]
        told = [*(fact for fact in facts if fact not in ended), *clock_facts(before, after), *ended]
        return (
            *(Emit(CASES.name, str(after.id), fact) for fact in told),
            *(
                Emit(REQUESTS.name, str(notice.notice_id), notice)
                for notice in self._notices(before, after, facts, now)
            ),
            *self._milestones(after, facts, now),
        )

    def _notices(
        self, before: Appeal | None, after: Appeal, facts: Sequence[CaseEvent], now: dt.datetime
    ) -> Iterator[NoticeRequested]:
        desk = self._desk(after)
        for fact in facts:
            if isinstance(fact, DischargeAppealed):
                # The mail is itself a notification: what it asks for is due from when it leaves.
                told = letters.request_facts(after, now, desk)
                running = after.open_deadline(rules.NOTIFY_HOSPITAL)
                due_at = running.due_at if running is not None else now
                yield _notice(after, "REQ_NOTIFY_PROVIDER", Party.HOSPITAL, told, due_at, "42 CFR 405.1206(d)(1)")
            elif isinstance(fact, HospitalNotified):
                told = letters.request_facts(after, fact.notified_at, desk)
                due_at = clock.end_of_day(clock.local_date(fact.notified_at, after.filing.zone), after.filing.zone)
                yield _notice(after, "REC_REQUEST", Party.HOSPITAL, told, due_at, "42 CFR 405.1206(e)(2)")
        if _letters_of(after) > (_letters_of(before) if before is not None else 0):
            due_at = next(d.due_at for d in reversed(after.deadlines) if d.rule_id == rules.LETTERS)
            for party in Party:
                told = letters.decision_facts(after, party, desk)
                yield _notice(after, "DECISION_LETTER", party, told, due_at, "42 CFR 405.1206(d)(8)")

    def _milestones(self, after: Appeal, facts: Sequence[CaseEvent], now: dt.datetime) -> Iterator[Emit]:
        pseudonym = self._pseudonyms.public(after.id)
        month = clock.local_date(now, after.filing.zone).strftime("%Y-%m")
        for fact in facts:
            milestone = _MILESTONES.get(type(fact))
            if milestone is not None:
                event = PublicCaseMilestone(
                    case=pseudonym, case_type="APPEAL", milestone=milestone, region=after.filing.region, month=month
                )
                yield Emit(PUBLIC_CASES.name, str(pseudonym), event)

    def _desk(self, appeal: Appeal) -> Desk:
        name = self._settings.qio_name or jurisdiction(appeal.filing.state, appeal.opened_on).bfcc_qio.name
        known = name if name != UNKNOWN else "Quality Improvement Organization"
        return Desk(name=known, phone=self._settings.qio_phone)


def _letters_of(appeal: Appeal) -> int:
    return sum(deadline.rule_id == rules.LETTERS for deadline in appeal.deadlines)


def _notice(
    appeal: Appeal, kind: str, party: Party, facts: dict[str, str], due_at: dt.datetime, citation: str
) -> NoticeRequested:
    person = letters.contact(appeal, party)
    # A case that was withdrawn and filed again asks again: the clocks started so far tell the occasions apart.
    occasion = f"{kind}/{party}/{len(appeal.deadlines)}"
    return NoticeRequested(
        notice_id=uuid5(appeal.id, occasion),
        notice_type=kind,
        subject=str(appeal.id),
        recipient=Recipient(
            role=party.value,
            name=person.name,
            email=person.email,
            language=person.language,
            time_zone=appeal.filing.zone,
        ),
        facts=facts,
        due_at=due_at,
        citation=citation,
    )
