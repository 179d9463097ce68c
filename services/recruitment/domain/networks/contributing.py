"""Contributions to networks: how they change by their events, and the rules about them."""

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final
from uuid import NAMESPACE_OID, uuid5

from services.recruitment.domain.networks.kinds import NETWORK
from services.recruitment.domain.networks.partners import PARTNERS
from services.recruitment.domain.networks.standing import at_work, in_future, learning_id, too_early, unknown
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against
from shared.contracts.message import Event
from shared.contracts.recruitment.contributions import (
    CONTRIBUTIONS,
    ContributionKind,
    ContributionRecorded,
    ContributionWithdrawn,
    RecordContribution,
    WithdrawContribution,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused
from shared.records.kinds import Kind, Record
from shared.records.machine import Machine


class ContributionStatus(StrEnum):
    """Whether a contribution is to be used."""

    USABLE = "USABLE"
    WITHDRAWN = "WITHDRAWN"


class ContributionStep(StrEnum):
    """What can happen to a contribution."""

    WITHDRAW = "WITHDRAW"


CONTRIBUTION_MACHINE: Final = Machine(
    "the contribution",
    {(ContributionStatus.USABLE, ContributionStep.WITHDRAW): ContributionStatus.WITHDRAWN},
)


class Contribution(Record):
    """What somebody contributed; ``contributor`` is ``partner:`` or ``participant:`` and an id."""

    id: str
    network: str
    contributor: str
    kind: ContributionKind
    what: str
    source: str | None
    contributed_on: dt.date
    status: ContributionStatus = ContributionStatus.USABLE
    withdrawn_on: dt.date | None = None
    reason: str | None = None


def _evolve(before: Contribution | None, event: Event, at: dt.datetime) -> Contribution:
    del at
    if isinstance(event, ContributionRecorded):
        return Contribution(id=event.contribution, **event.model_dump(exclude={"contribution", "actor"}))
    assert before is not None, "a contribution is recorded first"
    assert isinstance(event, ContributionWithdrawn)
    told = event.model_dump(include={"withdrawn_on", "reason"})
    return before.model_copy(update={"status": ContributionStatus.WITHDRAWN, **told})


CONTRIBUTION: Final = Kind(
    name="contribution",
    state=Contribution,
    events=(ContributionRecorded, ContributionWithdrawn),
    begins=(ContributionRecorded,),
    id_of=lambda event: event.contribution,
    evolve=_evolve,
    topic=CONTRIBUTIONS.name,
)


def _id(command: RecordContribution) -> str:
    # From what it says, so that the same told twice is one.
    told = command.model_dump_json(exclude={"actor", "source"})
    return learning_id(command.network, uuid5(NAMESPACE_OID, told))


def _record_keys(command: RecordContribution, ids: Ids) -> Iterable[str]:
    del ids
    yield NETWORK.key(command.network)
    yield CONTRIBUTION.key(_id(command))
    kind, _, identifier = command.contributor.partition(":")
    if kind == "participant":
        yield PARTICIPANT.key(identifier)


def record(command: RecordContribution, held: Held, asked: Asked) -> Decided | Against:
    """Record a contribution."""
    identifier = _id(command)
    made = {"contribution": identifier, "network": command.network}
    before = held.get(CONTRIBUTION, identifier)
    if before is not None and before.status is ContributionStatus.USABLE:
        return Decided({**made, "changed": False})
    reasons = [
        *at_work(held.get(NETWORK, command.network), command.contributed_on, "contributed_on"),
        *in_future(command.contributed_on, asked.now, "contributed_on"),
        *_about(command, held),
    ]
    if before is not None:
        text = f"This very contribution was withdrawn on {before.withdrawn_on}. Say it in other words."
        reasons.append(Reason(code="WITHDRAWN", field="what", text=text))
    if against := refused(reasons):
        return against
    event = ContributionRecorded(**command.model_dump(), contribution=identifier)
    return Decided({**made, "changed": True}, (event,))


def _about(command: RecordContribution, held: Held) -> Iterator[Reason]:
    kind, _, identifier = command.contributor.partition(":")
    if kind == "participant":
        if gone := reason_against(held.get(PARTICIPANT, identifier), command.contributed_on, "contributor"):
            yield gone
    elif identifier not in PARTNERS:
        text = f"No such national partner is known; there are {', '.join(PARTNERS)}."
        yield Reason(code="PARTNER_UNKNOWN", field="contributor", text=text)


def _withdraw_keys(command: WithdrawContribution, ids: Ids) -> Iterable[str]:
    del ids
    return (CONTRIBUTION.key(command.contribution),)


def withdraw(command: WithdrawContribution, held: Held, asked: Asked) -> Decided | Against:
    """Withdraw a contribution."""
    found = held.get(CONTRIBUTION, command.contribution)
    if found is None:
        return unknown("contribution")
    if impossible := CONTRIBUTION_MACHINE.reason_against(found.status, ContributionStep.WITHDRAW, "contribution"):
        return Against((impossible,))
    reasons = [
        *too_early(command.withdrawn_on, found.contributed_on, "withdrawn_on", "it was contributed"),
        *in_future(command.withdrawn_on, asked.now, "withdrawn_on"),
    ]
    if against := refused(reasons):
        return against
    event = ContributionWithdrawn(**command.model_dump(), network=found.network)
    return Decided({"contribution": found.id, "withdrawn_on": command.withdrawn_on.isoformat()}, (event,))


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(RecordContribution, _record_keys, record),
    Rule(WithdrawContribution, _withdraw_keys, withdraw),
)
