"""What follows from a gateway's answer, and from none in time."""

import datetime as dt
from dataclasses import replace
from typing import Final

from services.notifications.domain import telling
from services.notifications.domain.letters import NotSendable
from services.notifications.domain.notice import GATEWAYS, Channel, Notice, Proof, State
from services.notifications.domain.planning import Desk, Plan, follow
from services.notifications.domain.route import address
from shared.contracts.notifications.gateways import (
    GATEWAY_REQUESTS,
    GatewayAnswered,
    GatewayOutcome,
    GatewayRequested,
)
from shared.messaging.handling import Emit

NO_ANSWER: Final = "gateway-silent"
_BY: Final = "gateway"


def answered(answer: GatewayAnswered, notice: Notice, desk: Desk) -> Plan:
    """The notice after an answer; one that is late, repeated or about an earlier step changes nothing."""
    waits = notice.state in (State.AWAITING, State.HELD) and notice.channel in GATEWAYS and notice.step == answer.step
    proof = Proof(answer.outcome, answer.at, _BY, {"reason": answer.reason} if answer.reason else {})
    if not waits or any((one.what, one.at) == (proof.what, proof.at) for one in notice.proof):
        return Plan(notice, ())
    told = replace(notice, proof=(*notice.proof, proof))
    match answer.outcome:
        case GatewayOutcome.ACCEPTED:
            return Plan(told, ())
        case GatewayOutcome.DELIVERED:
            at = min(answer.at, desk.now)
            given = replace(told, state=State.SENT, reason=None, finished_at=at)
            return Plan(given, (telling.delivered(given, at),))
    if notice.state is State.HELD:
        return Plan(told, ())  # staff decide what follows
    return silent(told, answer.reason or f"gateway-{answer.outcome.lower()}", desk)


def silent(notice: Notice, reason: str, desk: Desk) -> Plan:
    """The next way, because the gateway could not deliver it or did not say so in time."""
    try:
        return follow(notice, reason, desk)
    except NotSendable as verdict:
        return follow(replace(notice, route=()), verdict.code, desk)


def handed_over(notice: Notice, title: str, answer_by: dt.datetime) -> tuple[Notice, Emit]:
    """The notice while the gateway has it, and what the gateway is asked; ``answer_by`` in UTC."""
    recipient, content = notice.recipient, notice.content
    assert recipient is not None
    assert content is not None
    request = GatewayRequested.model_validate(
        {
            "notice_id": notice.id,
            "step": notice.step,
            "channel": notice.channel,
            "to": address(Channel(notice.channel), recipient),
            "language": recipient.language,
            "title": title,
            "text": content.decode(),
            "answer_by": answer_by,
        }
    )
    waiting = replace(notice, state=State.AWAITING, available_at=answer_by, attempts=notice.attempts + 1)
    return waiting, Emit(GATEWAY_REQUESTS.name, str(notice.id), request)
