"""Decides what becomes of a request: a mail in the queue or a task for staff; never nothing."""

import datetime as dt
from dataclasses import dataclass

from services.notifications.domain.letters import Letters, NotSendable
from services.notifications.domain.mail import Sender, compose
from services.notifications.domain.notice import Channel, Notice, State
from shared.contracts.notifications import NOTICES, NoticeFailed, NoticeQueued, NoticeRequested
from shared.messaging.handling import Emit

NO_ADDRESS = "no-address"


@dataclass(frozen=True, slots=True)
class Plan:
    """The notice as it is to be kept, and what is said about it."""

    notice: Notice
    events: tuple[Emit, ...]


def plan(request: NoticeRequested, letters: Letters, sender: Sender, now: dt.datetime) -> Plan:
    """Write the letter and choose the channel.

    A letter that lacks a mandatory element, or that there is none of, fails and waits for staff with all its facts.
    A call or certified mail is a task from the start, with its words. Without a usable address the finished letter
    becomes a task: queued on that channel, failed on mail.
    """
    try:
        letter = letters.write(request.notice_type, request.recipient, request.facts)
    except NotSendable as verdict:
        notice = _notice(request, now, Channel.TASK, State.FAILED, reason=verdict.code)
        return Plan(notice, (_failed(request, verdict.code),))
    if letter.by is not Channel.EMAIL:
        words = letter.text.encode()
        notice = _notice(request, now, letter.by, State.TASK, letter=letter.name, content=words)
        return Plan(notice, (_queued(request, letter.by),))
    address = request.recipient.email or ""
    try:
        content = compose(letter, notice_id=request.notice_id, to=address, sender=sender, queued_at=now)
    except NotSendable as verdict:
        reason = verdict.code if address else NO_ADDRESS
        notice = _notice(request, now, Channel.TASK, State.TASK, reason=reason, letter=letter.name)
        return Plan(notice, (_queued(request, Channel.TASK), _failed(request, reason)))
    notice = _notice(request, now, Channel.EMAIL, State.QUEUED, letter=letter.name, content=content)
    return Plan(notice, (_queued(request, Channel.EMAIL),))


def _notice(
    request: NoticeRequested,
    now: dt.datetime,
    channel: Channel,
    state: State,
    *,
    reason: str | None = None,
    letter: str | None = None,
    content: bytes | None = None,
) -> Notice:
    return Notice(
        id=request.notice_id,
        type=request.notice_type,
        subject=request.subject,
        recipient=request.recipient,
        facts=request.facts,
        channel=channel,
        state=state,
        reason=reason,
        letter=letter,
        citation=request.citation,
        due_at=request.due_at,
        queued_at=now,
        content=content,
    )


def _queued(request: NoticeRequested, channel: Channel) -> Emit:
    event = NoticeQueued(
        notice_id=request.notice_id,
        notice_type=request.notice_type,
        subject=request.subject,
        recipient_role=request.recipient.role,
        channel=channel,
        due_at=request.due_at,
    )
    return Emit(NOTICES.name, str(request.notice_id), event)


def _failed(request: NoticeRequested, reason: str) -> Emit:
    event = NoticeFailed(
        notice_id=request.notice_id,
        notice_type=request.notice_type,
        subject=request.subject,
        recipient_role=request.recipient.role,
        channel=Channel.EMAIL,
        reason=reason,
        attempts=0,
    )
    return Emit(NOTICES.name, str(request.notice_id), event)
