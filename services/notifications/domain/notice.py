"""A notice, its states and what may follow from each."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from shared.contracts.notifications import Recipient
from shared.contracts.notifications.terms import Channel
from shared.records.machine import Machine

__all__ = ["GATEWAYS", "MACHINE", "PAPER", "Action", "Channel", "Notice", "Proof", "State", "Step", "notice_key"]

PAPER: Final = frozenset((Channel.LETTER, Channel.CERTIFIED))
GATEWAYS: Final = frozenset((Channel.SMS, Channel.VOICE, Channel.PORTAL))


class State(StrEnum):
    """Where a notice is; FAILED, TASK, RETURNED and HELD are staff's work list, nothing is ever dropped."""

    QUEUED = "QUEUED"
    SENDING = "SENDING"
    AWAITING = "AWAITING"  # handed to staff or to a gateway: they say what became of it
    SENT = "SENT"  # the channel accepted it; of a call: the recipient was told
    RETURNED = "RETURNED"  # it came back, and no other way is left
    FAILED = "FAILED"  # the last way failed
    TASK = "TASK"  # there was no way from the start
    STOPPED = "STOPPED"  # the recipient asked not to be written to, or staff took it back
    GATHERED = "GATHERED"  # waits for the recipient's digest
    HELD = "HELD"  # known from before a rebuild, and nothing says that it left: staff release it


class Action(StrEnum):
    """What happens to a notice."""

    CLAIM = "CLAIM"  # a worker takes it up
    PUT_BACK = "PUT_BACK"  # not now
    HAND_OVER = "HAND_OVER"  # to staff or a gateway
    NOTE = "NOTE"  # something became known that changes nothing else
    DELIVER = "DELIVER"
    QUEUE = "QUEUE"  # by the next way, or by the first again
    TELEPHONE = "TELEPHONE"  # the next way is a call of staff
    FAIL = "FAIL"
    RETURN = "RETURN"
    STOP = "STOP"
    WITHHOLD = "WITHHOLD"  # its recipient does not want it any more: no way is gone, or no other


_S, _A = State, Action
# Staff may find a way of their own for whatever stopped short of the recipient.
_STAFFS: Final = {
    (state, action): after
    for state in (_S.RETURNED, _S.FAILED, _S.TASK, _S.HELD)
    for action, after in (
        (_A.DELIVER, _S.SENT),
        (_A.QUEUE, _S.QUEUED),
        (_A.TELEPHONE, _S.AWAITING),
        (_A.STOP, _S.STOPPED),
    )
}
MACHINE: Final = Machine(
    "the notice",
    MappingProxyType(
        {
            (_S.QUEUED, _A.CLAIM): _S.SENDING,
            (_S.QUEUED, _A.HAND_OVER): _S.AWAITING,
            (_S.QUEUED, _A.STOP): _S.STOPPED,
            **{(one, _A.WITHHOLD): _S.STOPPED for one in (_S.QUEUED, _S.SENDING, _S.AWAITING, _S.SENT, _S.HELD)},
            (_S.SENDING, _A.CLAIM): _S.SENDING,  # the worker before died
            (_S.SENDING, _A.PUT_BACK): _S.QUEUED,
            (_S.SENDING, _A.DELIVER): _S.SENT,
            (_S.SENDING, _A.HAND_OVER): _S.AWAITING,
            (_S.SENDING, _A.QUEUE): _S.QUEUED,
            (_S.SENDING, _A.TELEPHONE): _S.AWAITING,
            (_S.SENDING, _A.FAIL): _S.FAILED,
            (_S.AWAITING, _A.NOTE): _S.AWAITING,
            (_S.AWAITING, _A.DELIVER): _S.SENT,
            (_S.AWAITING, _A.QUEUE): _S.QUEUED,
            (_S.AWAITING, _A.TELEPHONE): _S.AWAITING,
            (_S.AWAITING, _A.FAIL): _S.FAILED,
            (_S.AWAITING, _A.RETURN): _S.RETURNED,
            (_S.AWAITING, _A.STOP): _S.STOPPED,
            (_S.SENT, _A.NOTE): _S.SENT,
            (_S.SENT, _A.RETURN): _S.RETURNED,
            (_S.SENT, _A.QUEUE): _S.QUEUED,
            (_S.SENT, _A.TELEPHONE): _S.AWAITING,
            **_STAFFS,
            (_S.FAILED, _A.NOTE): _S.FAILED,
            (_S.TASK, _A.NOTE): _S.TASK,
            (_S.RETURNED, _A.NOTE): _S.RETURNED,
            (_S.HELD, _A.RETURN): _S.RETURNED,
            (_S.GATHERED, _A.DELIVER): _S.SENT,
            (_S.GATHERED, _A.QUEUE): _S.QUEUED,
            (_S.GATHERED, _A.STOP): _S.STOPPED,
        }
    ),
)


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that is known of a step: ``what`` happened ``at`` a time (UTC), who says so, and details in words.

    Sealed where it is kept: details may tell of the recipient.
    """

    what: str
    at: dt.datetime
    by: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One way that was tried and is over: what was given that way, and what is known of it. Times are UTC."""

    number: int
    channel: Channel
    state: State
    reason: str | None
    letter: str | None
    content: bytes | None
    proof: tuple[Proof, ...]
    begun_at: dt.datetime
    over_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """What was asked for and what was made of it. Times are UTC.

    ``content`` is the complete mail as it is sent, the PDF of the letter as it is printed, or the text that staff read
    out or a gateway passes on (UTF-8). ``route`` are the ways that follow when this one, the step of this number,
    fails; ``over`` are steps that have come to an end since it was loaded. Of a notice known from before a rebuild
    ``recipient`` and ``facts`` are None until the request is heard again.
    """

    id: UUID
    type: str
    subject: str
    role: str
    recipient: Recipient | None
    facts: Mapping[str, str] | None
    channel: Channel
    state: State
    reason: str | None
    letter: str | None
    citation: str | None
    due_at: dt.datetime
    queued_at: dt.datetime
    available_at: dt.datetime
    begun_at: dt.datetime
    content: bytes | None = None
    route: tuple[Channel, ...] = ()
    list_id: str | None = None
    campaign: UUID | None = None
    step: int = 1
    attempts: int = 0
    finished_at: dt.datetime | None = None
    proof: tuple[Proof, ...] = ()
    over: tuple[Step, ...] = ()


def notice_key(notice_id: UUID) -> str:
    """The key under which a notice is locked and loaded."""
    return f"notice:{notice_id}"
