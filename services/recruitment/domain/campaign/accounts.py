"""Help with accounts: asked for, passed on, solved or closed, taken up again."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from services.recruitment.domain.campaign.account_kind import (
    ACCOUNT_MACHINE,
    ACCOUNT_REQUEST,
    AccountRequest,
    AccountStep,
)
from services.recruitment.domain.campaign.registering import campaign_id, no_home
from services.recruitment.domain.networks.standing import in_future, too_early
from services.recruitment.domain.participants.kinds import PARTICIPANT
from shared.contracts.message import Event
from shared.contracts.recruitment.account_requests import (
    AccountHelpRequested,
    AccountRequestClosed,
    AccountRequestReopened,
    AccountRequestRouted,
    AccountRequestSolved,
    CloseAccountRequest,
    CompleteAccountRequest,
    ReopenAccountRequest,
    RequestAccountHelp,
    RouteAccountRequest,
)
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against, refused

Turn = RouteAccountRequest | CompleteAccountRequest | CloseAccountRequest | ReopenAccountRequest


def _request_keys(command: RequestAccountHelp, ids: Ids) -> Iterable[str]:
    return PARTICIPANT.key(command.home), ACCOUNT_REQUEST.key(campaign_id(ids("account-request")))


def request(command: RequestAccountHelp, held: Held, asked: Asked) -> Decided | Against:
    """Take in what a home asks for."""
    home = held.get(PARTICIPANT, command.home)
    reasons = (
        *no_home(home, command.received_on, "home"),
        *in_future(command.received_on, asked.now, "received_on"),
    )
    if refusal := refused(reasons):
        return refusal
    assert home is not None
    identifier = campaign_id(asked.new_id("account-request"))
    event = AccountHelpRequested(**command.model_dump(), request=identifier, state=home.state)
    return Decided({"request": identifier, "trouble": event.trouble.value}, (event,))


def _keys(command: Turn, ids: Ids) -> Iterable[str]:
    del ids
    return (ACCOUNT_REQUEST.key(command.request),)


def _turned(command: Turn, held: Held, step: AccountStep, day: dt.date, field: str, now: dt.datetime) -> Against | None:
    found: AccountRequest | None = held.get(ACCOUNT_REQUEST, command.request)
    if found is None:
        return against("ACCOUNT_REQUEST_UNKNOWN", "request", "There is no such request. The list shows their ids.")
    if impossible := ACCOUNT_MACHINE.reason_against(found.stage, step, "request"):
        return Against((impossible,))
    return refused((*too_early(day, found.latest_day(), field, "its last step"), *in_future(day, now, field)))


def _rule(kind: type[Turn], step: AccountStep, field: str, event: type[Event]) -> Rule[Turn]:
    def decide(command: Turn, held: Held, asked: Asked) -> Decided | Against:
        day: dt.date = getattr(command, field)
        if refusal := _turned(command, held, step, day, field, asked.now):
            return refusal
        made = {"request": command.request, "on": day.isoformat()}
        return Decided(made, (event.model_validate(command.model_dump()),))

    return Rule(kind, _keys, decide)


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(RequestAccountHelp, _request_keys, request),
    _rule(RouteAccountRequest, AccountStep.FORWARD, "routed_on", AccountRequestRouted),
    _rule(CompleteAccountRequest, AccountStep.SOLVE, "solved_on", AccountRequestSolved),
    _rule(CloseAccountRequest, AccountStep.CLOSE, "closed_on", AccountRequestClosed),
    _rule(ReopenAccountRequest, AccountStep.REOPEN, "reopened_on", AccountRequestReopened),
)
