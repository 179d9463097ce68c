"""A request for help with an account as it stands, and how it changes by its events."""

import datetime as dt
from enum import StrEnum
from typing import Final

from shared.contracts.message import Event
from shared.contracts.recruitment.account_requests import (
    ACCOUNT_REQUESTS,
    AccountClosing,
    AccountDesk,
    AccountHelpRequested,
    AccountRequestClosed,
    AccountRequestReopened,
    AccountRequestRouted,
    AccountRequestSolved,
    AccountSystem,
    AccountTrouble,
)
from shared.records.kinds import Kind, Record
from shared.records.machine import Machine


class AccountStage(StrEnum):
    """How far a request has come."""

    RECEIVED = "RECEIVED"
    FORWARDED = "FORWARDED"
    SOLVED = "SOLVED"
    CLOSED = "CLOSED"


class AccountStep(StrEnum):
    """What can be done with a request."""

    FORWARD = "FORWARD"
    SOLVE = "SOLVE"
    CLOSE = "CLOSE"
    REOPEN = "REOPEN"


ACCOUNT_MACHINE: Final = Machine(
    "the request",
    {
        (AccountStage.RECEIVED, AccountStep.FORWARD): AccountStage.FORWARDED,
        (AccountStage.RECEIVED, AccountStep.SOLVE): AccountStage.SOLVED,
        (AccountStage.RECEIVED, AccountStep.CLOSE): AccountStage.CLOSED,
        (AccountStage.FORWARDED, AccountStep.FORWARD): AccountStage.FORWARDED,
        (AccountStage.FORWARDED, AccountStep.SOLVE): AccountStage.SOLVED,
        (AccountStage.FORWARDED, AccountStep.CLOSE): AccountStage.CLOSED,
        (AccountStage.SOLVED, AccountStep.REOPEN): AccountStage.RECEIVED,
        (AccountStage.CLOSED, AccountStep.REOPEN): AccountStage.RECEIVED,
    },
)


class AccountTurn(Record):
    """A step of a request: what followed on a day."""

    to: AccountStage
    on: dt.date
    desk: AccountDesk | None = None
    why: AccountClosing | None = None
    note: str | None = None


class AccountRequest(Record):
    """Help with an account of a home's people, none of whom is named; ``turns`` is its whole way."""

    id: str
    home: str
    state: str
    system: AccountSystem
    trouble: AccountTrouble
    about: str | None
    received_on: dt.date
    stage: AccountStage = AccountStage.RECEIVED
    turns: tuple[AccountTurn, ...] = ()

    def latest_day(self) -> dt.date:
        """The day of the last step."""
        return self.turns[-1].on if self.turns else self.received_on


def _evolve(before: AccountRequest | None, event: Event, at: dt.datetime) -> AccountRequest:
    del at
    if isinstance(event, AccountHelpRequested):
        return AccountRequest(id=event.request, **event.model_dump(exclude={"request", "actor"}))
    assert before is not None, "help is requested first"
    turn = _turn(event)
    return before.model_copy(update={"stage": turn.to, "turns": (*before.turns, turn)})


def _turn(event: Event) -> AccountTurn:
    match event:
        case AccountRequestRouted():
            return AccountTurn(to=AccountStage.FORWARDED, on=event.routed_on, desk=event.to, note=event.note)
        case AccountRequestSolved():
            return AccountTurn(to=AccountStage.SOLVED, on=event.solved_on, note=event.note)
        case AccountRequestClosed():
            return AccountTurn(to=AccountStage.CLOSED, on=event.closed_on, why=event.why, note=event.note)
        case AccountRequestReopened():
            return AccountTurn(to=AccountStage.RECEIVED, on=event.reopened_on, note=event.note)
        case _:
            raise AssertionError("an event of the kind that nothing evolves by")


ACCOUNT_REQUEST: Final = Kind(
    name="account-request",
    state=AccountRequest,
    events=(
        AccountHelpRequested,
        AccountRequestRouted,
        AccountRequestSolved,
        AccountRequestClosed,
        AccountRequestReopened,
    ),
    begins=(AccountHelpRequested,),
    id_of=lambda event: event.request,
    evolve=_evolve,
    topic=ACCOUNT_REQUESTS.name,
)
