"""A disclosure as the log keeps it, and the steps it can take: asked for, notice given, sent."""

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

from services.complaints.domain.disclosure.decide import Decision, Request, decide
from services.complaints.domain.reckoned import Desk
from services.complaints.domain.refusal import Refusal, check_instant
from shared.contracts.complaints import CaseType
from shared.contracts.replies import Reason

_NOTICE = "42 CFR 480.105"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """What disclosures know of a case: its type, the facility's zone, and the id by which its status is looked up.

    ``issue`` counts the ids ever made or ended; ``digest`` is that of the id in force.
    """

    case_id: UUID
    case_type: CaseType
    zone: str
    issue: int = 0
    digest: bytes | None = None
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedDisclosure:
    """One disclosure as its last step left it; ``step`` counts the rows of the log, ``actor`` made the last one.

    ``unsaved`` are the rows before this one that the log does not have yet; ``saved``: it has this one.
    """

    id: UUID
    case_id: UUID
    request: Request
    decision: Decision
    reasons: tuple[Reason, ...]
    citation: str
    disclosable_at: dt.datetime | None
    due_at: dt.datetime | None
    decided_at: dt.datetime
    actor: str
    step: int = 1
    sent_at: dt.datetime | None = None
    unsaved: tuple["LoggedDisclosure", ...] = ()
    saved: bool = False

    def rows(self) -> "tuple[LoggedDisclosure, ...]":
        """What the log still has to take, in order."""
        return self.unsaved if self.saved else (*self.unsaved, replace(self, unsaved=()))


def asked(
    disclosure_id: UUID, case_id: UUID, request: Request, actor: str, desk: Desk, now: dt.datetime
) -> LoggedDisclosure:
    """The first row: what was asked for and what follows; a refusal is kept too.

    Raises Refusal for a time without zone or in the future.
    """
    times = (("notice_given_at", request.notice_given), ("requested_at", request.requested))
    for field, at in times:
        if isinstance(at, dt.datetime):
            check_instant(field, at, now=now, citation=_NOTICE)
    decided = decide(request, desk, now)
    return LoggedDisclosure(
        id=disclosure_id,
        case_id=case_id,
        request=request,
        decision=decided.decision,
        reasons=decided.reasons,
        citation=decided.rule.citation,
        disclosable_at=decided.disclosable_at,
        due_at=decided.due_at,
        decided_at=now,
        actor=actor,
    )


def notice_given(
    before: LoggedDisclosure, at: dt.datetime, actor: str, desk: Desk, now: dt.datetime
) -> LoggedDisclosure:
    """The practitioner or institution got notice and a copy; raises Refusal where no notice is awaited."""
    check_instant("at", at, now=now, citation=_NOTICE)
    if before.decision is not Decision.NOTICE_NEEDED:
        raise Refusal(Reason(code="NO_NOTICE_AWAITED", text="No notice is awaited for this.", citation=_NOTICE))
    return _again(before, replace(before.request, notice_given=at), actor, desk, now)


def sent(before: LoggedDisclosure, at: dt.datetime, actor: str, desk: Desk, now: dt.datetime) -> LoggedDisclosure:
    """The information left; raises Refusal when it was sent already, was not allowed, or left before its time."""
    at = check_instant("at", at, now=now, citation=before.citation)
    if before.sent_at is not None:
        raise Refusal(Reason(code="ALREADY_SENT", text="The information was recorded as sent.", citation=None))
    if before.disclosable_at is not None and at < before.disclosable_at:
        text = "The 30 calendar days after the notice are not over."
        raise Refusal(Reason(code="BEFORE_ITS_TIME", field="at", text=text, citation=before.citation))
    after = _again(before, before.request, actor, desk, max(now, at))
    if after.decision is not Decision.ALLOWED:
        reasons = after.reasons or (Reason(code="NOT_ALLOWED", text="This is not allowed.", citation=after.citation),)
        raise Refusal(*reasons)
    return replace(after, sent_at=at, decided_at=now)


def _again(before: LoggedDisclosure, request: Request, actor: str, desk: Desk, now: dt.datetime) -> LoggedDisclosure:
    decided = decide(request, desk, now)
    return replace(
        before,
        request=request,
        decision=decided.decision,
        reasons=decided.reasons,
        disclosable_at=decided.disclosable_at,
        due_at=decided.due_at,
        decided_at=now,
        actor=actor,
        step=before.step + 1,
        unsaved=before.rows(),
        saved=False,
    )
