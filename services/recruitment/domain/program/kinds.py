"""How contracts, deliverables, objectives, networks and contacts change by their events."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.program.deliverable_evolution import changed as deliverable_changed
from services.recruitment.domain.program.state import (
    Assessment,
    Change,
    Contact,
    ContractStage,
    Deliverable,
    Ending,
    Networks,
    Objective,
    ObjectiveStage,
    QioContact,
    QioContract,
    QioNetwork,
    Spell,
    Wording,
    part_id,
    place_id,
)
from shared.contracts.recruitment.program import (
    PROGRAM,
    ContactEntered,
    ContactWithdrawn,
    NetworkConfigured,
    NetworkEnded,
    NetworkWithdrawn,
)
from shared.contracts.recruitment.qio_contracts import (
    ContractAwarded,
    ContractChanged,
    ContractClosed,
    ContractReplaced,
)
from shared.contracts.recruitment.qio_deliverables import (
    DeliverableAccepted,
    DeliverableMoved,
    DeliverableRequired,
    DeliverableReturned,
    DeliverableSubmitted,
    DeliverableWaived,
)
from shared.contracts.recruitment.qio_objectives import ObjectiveAssessed, ObjectiveDropped, ObjectiveSet
from shared.records.kinds import Kind

ContractEvent = ContractAwarded | ContractChanged | ContractReplaced | ContractClosed
ObjectiveEvent = ObjectiveSet | ObjectiveAssessed | ObjectiveDropped
NetworkEvent = NetworkConfigured | NetworkEnded | NetworkWithdrawn
ContactEvent = ContactEntered | ContactWithdrawn


def _contract(before: QioContract | None, event: ContractEvent, at: dt.datetime) -> QioContract:
    if isinstance(event, ContractAwarded):
        return QioContract(id=event.contract, at=at, **dict(event.model_dump(exclude={"contract"})))
    assert before is not None, "a contract begins with its award"
    if isinstance(event, ContractChanged):
        change = Change(at=at, **dict(event.model_dump(exclude={"contract"})))
        return before.model_copy(update={"changes": (*before.changes, change)})
    by, stage = None, ContractStage.CLOSED
    if isinstance(event, ContractReplaced):
        by, stage = event.by, ContractStage.REPLACED
    ending = Ending(ended_on=event.ended_on, reason=event.reason, by=by, actor=event.actor, at=at)
    return before.model_copy(update={"stage": stage, "ending": ending})


def _objective(before: Objective | None, event: ObjectiveEvent, at: dt.datetime) -> Objective:
    if isinstance(event, ObjectiveSet):
        wording = Wording(at=at, **event.model_dump(include={"text", "target", "task", "source", "actor"}))
        return Objective(
            id=part_id(event.contract, event.objective),
            contract=event.contract,
            objective=event.objective,
            year=event.year,
            begins_on=event.begins_on,
            stage=ObjectiveStage.SET,
            wordings=(*(before.wordings if before else ()), wording),
        )
    assert before is not None, "an objective begins by being set"
    if isinstance(event, ObjectiveAssessed):
        found = Assessment(at=at, **event.model_dump(exclude={"contract", "objective"}))
        return before.model_copy(update={"stage": ObjectiveStage.ASSESSED, "assessments": (*before.assessments, found)})
    return before.model_copy(
        update={
            "stage": ObjectiveStage.DROPPED,
            "dropped_on": event.dropped_on,
            "dropped_because": event.reason,
        }
    )


def _network(before: QioNetwork | None, event: NetworkEvent, at: dt.datetime) -> QioNetwork:
    held = before or QioNetwork(id=place_id(event.role, event.state), role=event.role, state=event.state)
    if isinstance(event, NetworkConfigured):
        spell = Spell(at=at, **event.model_dump(exclude={"role", "state"}))
        return held.model_copy(update={"spells": (*held.spells, spell)})
    change: dict[str, Any] = (
        {"ends_on": event.ended_on, "end_source": event.source}
        if isinstance(event, NetworkEnded)
        else {"withdrawn": event.reason}
    )
    spells = tuple(
        one.model_copy(update=change) if one.starts_on == event.starts_on and one.withdrawn is None else one
        for one in held.spells
    )
    return held.model_copy(update={"spells": spells})


def _contact(before: QioContact | None, event: ContactEvent, at: dt.datetime) -> QioContact:
    held = before or QioContact(id=place_id(event.role, event.state), role=event.role, state=event.state)
    fields = event.model_dump(exclude={"role", "state"})
    return held.model_copy(update={"contacts": (*held.contacts, Contact(**{"qio": None, **fields}, at=at))})


QIO_CONTRACT: Final = Kind(
    name="qio-contract",
    state=QioContract,
    events=(ContractAwarded, ContractChanged, ContractReplaced, ContractClosed),
    begins=(ContractAwarded,),
    id_of=lambda event: event.contract,
    evolve=_contract,
    topic=PROGRAM.name,
)
DELIVERABLE: Final = Kind(
    name="qio-deliverable",
    state=Deliverable,
    events=(
        DeliverableRequired,
        DeliverableMoved,
        DeliverableSubmitted,
        DeliverableAccepted,
        DeliverableReturned,
        DeliverableWaived,
    ),
    begins=(DeliverableRequired,),
    id_of=lambda event: part_id(event.contract, event.deliverable),
    evolve=deliverable_changed,
    topic=PROGRAM.name,
)
OBJECTIVE: Final = Kind(
    name="qio-objective",
    state=Objective,
    events=(ObjectiveSet, ObjectiveAssessed, ObjectiveDropped),
    begins=(ObjectiveSet,),
    id_of=lambda event: part_id(event.contract, event.objective),
    evolve=_objective,
    topic=PROGRAM.name,
)
NETWORK: Final = Kind(
    name="qio-network",
    state=QioNetwork,
    events=(NetworkConfigured, NetworkEnded, NetworkWithdrawn),
    id_of=lambda event: place_id(event.role, event.state),
    evolve=_network,
    topic=PROGRAM.name,
)
CONTACT: Final = Kind(
    name="qio-contact",
    state=QioContact,
    events=(ContactEntered, ContactWithdrawn),
    id_of=lambda event: place_id(event.role, event.state),
    evolve=_contact,
    topic=PROGRAM.name,
)
# Under the id of the participant it is asked for, so that nobody waits for another. It follows no event: what is
# entered in the moment of an enrolment holds for the next.
NETWORKS: Final = Kind(
    name="qio-networks",
    state=Networks,
    events=(),
    id_of=str,
    evolve=lambda before, *_: before or Networks(by_place={}),
    topic=None,
)
KINDS: Final[tuple[Kind[Any], ...]] = (QIO_CONTRACT, DELIVERABLE, OBJECTIVE, NETWORK, CONTACT, NETWORKS)
