"""Decides what becomes of a request: which way it goes first and which follow, or what staff must do; never nothing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from services.notifications.domain import telling
from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.catalogue.kind import Category
from services.notifications.domain.letters import Letter, Letters, NotSendable
from services.notifications.domain.lists import leaving
from services.notifications.domain.mail import BAD_ADDRESS, Sender, compose
from services.notifications.domain.notice import MACHINE, PAPER, Action, Channel, Notice, State, Step
from services.notifications.domain.route import NOTHING, Known, addressed, digest_at, not_before, route, usable
from services.notifications.domain.sessions import files, told, without_file
from services.notifications.domain.unsubscribing import Links
from shared.contracts.notifications import NoticeRequested, Recipient
from shared.messaging.handling import Emit

NO_ADDRESS: Final = "no-address"
CONTENT_MISSING: Final = "content-missing"


@dataclass(frozen=True, slots=True)
class Desk:
    """What a notice is written with.

    The templates, our address, the links by which lists are left, the time (UTC), what is known of the recipient.
    """

    letters: Letters
    sender: Sender
    links: Links
    now: dt.datetime
    known: Known = NOTHING


@dataclass(frozen=True, slots=True)
class Plan:
    """The notice as it is to be kept, and what is said about it."""

    notice: Notice
    events: tuple[Emit, ...]


def plan(request: NoticeRequested, desk: Desk) -> Plan:
    """Write the letter and choose the way.

    A letter that lacks a mandatory element, or that there is none of, fails and waits for staff with all its facts.
    What no rule wants is stopped where the recipient does not want it, and waits for the digest where they have one.
    Without any usable way the finished letter becomes a task: queued on that channel, failed on the first way.
    """
    recipient = addressed(request.recipient, desk.known)
    begun = _begun(request, recipient, desk.now)
    try:
        letter = desk.letters.write(request.notice_type, recipient, request.facts)
    except NotSendable as verdict:
        notice = replace(begun, state=State.FAILED, reason=verdict.code, finished_at=desk.now)
        return Plan(notice, (telling.failed(notice, Channel.EMAIL, verdict.code),))
    described = CATALOGUE[request.notice_type]
    begun = replace(begun, letter=letter.name)
    if against := unwanted(request.notice_type, desk):
        notice = replace(begun, channel=described.by, state=State.STOPPED, reason=against, finished_at=desk.now)
        return Plan(notice, (telling.stopped(notice, against),))
    ways = route(described, recipient, desk.known)
    if not ways:
        reason = BAD_ADDRESS if recipient.email else NO_ADDRESS
        notice = replace(begun, reason=reason, content=letter.text.encode(), finished_at=desk.now)
        return Plan(notice, (telling.queued(notice), telling.failed(notice, described.by, reason)))
    try:
        notice = _by(ways, begun, letter, desk)
    except NotSendable as verdict:
        notice = replace(begun, state=State.FAILED, reason=verdict.code, finished_at=desk.now)
        return Plan(notice, (telling.failed(notice, ways[0], verdict.code),))
    digest = digest_at(described, desk.known, desk.now)
    if digest is not None:
        notice = replace(notice, state=State.GATHERED, available_at=digest)
    return Plan(notice, (telling.queued(notice),))


def follow(notice: Notice, reason: str, desk: Desk, *, stays: State = State.FAILED) -> Plan:
    """This way is over for ``reason`` (a code); the next usable one follows, and after the last staff must act.

    ``stays`` is the state of a notice that no other way is left for. What its recipient no longer wants goes no way.
    """
    if why := unwanted(notice.type, desk):
        return withheld(notice, why, desk.now)
    recipient = notice.recipient and addressed(notice.recipient, desk.known)
    ways = () if recipient is None else tuple(one for one in notice.route if usable(one, recipient, desk.known))
    if recipient is not None and ways:
        return _again(notice, recipient, ways, reason, desk, stays)
    state = _after(notice, _ENDS[stays])
    ended = replace(notice, state=state, reason=reason, available_at=desk.now, finished_at=desk.now, route=())
    return Plan(ended, (telling.failed(ended, notice.channel, reason),) if stays is State.FAILED else ())


def unwanted(notice_type: str, desk: Desk) -> str | None:
    """The code of why the recipient is not sent this; None for what a rule wants, whatever they wish."""
    described = CATALOGUE.get(notice_type)
    return None if described is None or described.category is Category.LEGAL else desk.known.against


def withheld(notice: Notice, reason: str, now: dt.datetime) -> Plan:
    """The notice, which leaves by no way any more for ``reason`` (a code)."""
    stopped = replace(notice, state=_after(notice, Action.WITHHOLD), reason=reason, finished_at=now)
    return Plan(stopped, (telling.stopped(stopped, reason),))


def afresh(notice: Notice, reason: str, desk: Desk) -> Plan | None:
    """All ways again from the first, with the addresses there are now; None where there is none.

    Raises NotSendable when the letter cannot be written, ``content-missing`` of one whose request was not heard again.
    """
    if notice.recipient is None:
        raise NotSendable(CONTENT_MISSING)
    recipient = addressed(notice.recipient, desk.known)
    desk.letters.write(notice.type, recipient, notice.facts or {})  # raises for a type that there is not
    ways = route(CATALOGUE[notice.type], recipient, desk.known)
    return _again(notice, recipient, ways, reason, desk, notice.state) if ways else None


_ENDS: Final = {State.FAILED: Action.FAIL, State.RETURNED: Action.RETURN}


def _again(
    notice: Notice, recipient: Recipient, ways: tuple[Channel, ...], reason: str, desk: Desk, was: State
) -> Plan:
    """The notice on its next step, by the first of ``ways``; the step before is over in the state ``was``."""
    letter = desk.letters.write(notice.type, recipient, notice.facts or {})
    fresh = replace(
        notice,
        recipient=recipient,
        letter=letter.name,
        reason=reason,
        step=notice.step + 1,
        attempts=0,
        begun_at=desk.now,
        finished_at=None,
        proof=(),
        over=(*notice.over, _over(notice, was, reason, desk.now)),
    )
    following = _by(ways, fresh, letter, desk)
    action = Action.TELEPHONE if following.state is State.AWAITING else Action.QUEUE
    following = replace(following, state=_after(notice, action))
    return Plan(following, (telling.rerouted(following, notice.channel, reason),))


def rewritten(notice: Notice, facts: Mapping[str, str], desk: Desk) -> Notice:
    """The notice with other facts, before it leaves by the way it is on. Raises NotSendable."""
    assert notice.recipient is not None
    letter = desk.letters.write(notice.type, notice.recipient, facts)
    return _by((notice.channel, *notice.route), replace(notice, facts=facts, letter=letter.name), letter, desk)


def _after(notice: Notice, action: Action) -> State:
    after = MACHINE.after(notice.state, action)
    assert after is not None, f"{action} from {notice.state}"
    return after


def _over(notice: Notice, was: State, reason: str, now: dt.datetime) -> Step:
    return Step(
        number=notice.step,
        channel=notice.channel,
        state=was,
        reason=reason,
        letter=notice.letter,
        content=notice.content,
        proof=notice.proof,
        begun_at=notice.begun_at,
        over_at=now,
    )


def _by(ways: tuple[Channel, ...], notice: Notice, letter: Letter, desk: Desk) -> Notice:
    """The notice on the first of these ways. A call, and a letter without an address, wait for staff at once.

    Only a mail speaks of a file that goes along with it.
    """
    channel = ways[0]
    assert notice.recipient is not None
    facts = notice.facts or {}
    fitting = told(facts) if channel is Channel.EMAIL else without_file(facts)
    if fitting != facts:
        letter = desk.letters.write(notice.type, notice.recipient, fitting)
    by_staff = channel is Channel.CALL or (channel in PAPER and not _postal(notice))
    return replace(
        notice,
        channel=channel,
        route=ways[1:],
        state=State.AWAITING if by_staff else State.QUEUED,
        available_at=not_before(CATALOGUE[notice.type], channel, desk.known, desk.now, notice.due_at),
        content=_content(channel, notice, letter, desk),
    )


def _content(channel: Channel, notice: Notice, letter: Letter, desk: Desk) -> bytes | None:
    """What is given by this way; None for a letter on paper, which is set when it is printed."""
    recipient = notice.recipient
    assert recipient is not None
    if channel is Channel.EMAIL:
        return compose(
            letter,
            notice_id=notice.id,
            to=recipient.email or "",
            sender=desk.sender,
            queued_at=notice.queued_at,
            headers=leaving.headers(notice.type, notice.list_id, recipient.contact, desk.links),
            attachments=files(
                notice.type,
                notice.facts or {},
                organizer=desk.sender.address,
                attendee=recipient.email or "",
                at=notice.queued_at,
            ),
        )
    if channel in PAPER and recipient.postal is not None:
        return None
    if channel in (Channel.SMS, Channel.VOICE):
        return _short(letter, notice.facts or {}).encode()
    return letter.text.encode()


def _short(letter: Letter, facts: Mapping[str, str]) -> str:
    """What may be said where anybody might see or hear it: the title, which names nobody, and whom to call."""
    desk = " ".join(facts[name] for name in ("qio_name", "qio_phone") if facts.get(name))
    return f"{letter.title}. {desk}".strip()


def _postal(notice: Notice) -> bool:
    return notice.recipient is not None and notice.recipient.postal is not None


def _begun(request: NoticeRequested, recipient: Recipient, now: dt.datetime) -> Notice:
    return Notice(
        id=request.notice_id,
        type=request.notice_type,
        subject=request.subject,
        role=request.recipient.role,
        recipient=recipient,
        facts=request.facts,
        channel=Channel.TASK,
        state=State.TASK,
        reason=None,
        letter=None,
        citation=request.citation,
        due_at=request.due_at,
        queued_at=now,
        available_at=now,
        begun_at=now,
        list_id=request.list_id,
        campaign=request.campaign,
    )
