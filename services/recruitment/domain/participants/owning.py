"""Owners, who owns them, and who owns which participant from when on."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from services.recruitment.domain.participants.kinds import OWNER, OWNER_TREE, PARTICIPANT, THE_TREE
from services.recruitment.domain.participants.registering import PERSON
from services.recruitment.domain.participants.standing import latest_today, reason_against
from services.recruitment.domain.participants.state import owner_before, owner_on
from shared.contracts.recruitment.owners import (
    AmendOwner,
    OwnerAmended,
    OwnerRegistered,
    ParentOwnerRecorded,
    RecordParentOwner,
    RegisterOwner,
)
from shared.contracts.recruitment.participant_commands import RecordOwnership
from shared.contracts.recruitment.participants import OwnershipRecorded
from shared.contracts.replies import Reason
from shared.records.deciding import Against, Asked, Decided, Held, Ids, against, refused

Steps = Mapping[str, str | None]


def owner_keys(command: RegisterOwner | AmendOwner, ids: Ids) -> Iterable[str]:
    """The owner alone."""
    del ids
    return (OWNER.key(command.owner),)


def register_owner(command: RegisterOwner, held: Held, asked: Asked) -> Decided | Against:
    """Register an owner."""
    del asked
    if held.get(OWNER, command.owner) is not None:
        return against("ALREADY_KNOWN", "owner", f"The owner {command.owner} is known already.")
    event = OwnerRegistered(owner=command.owner, name=command.name)
    return Decided({"owner": command.owner, "name": command.name}, (event,))


def amend_owner(command: AmendOwner, held: Held, asked: Asked) -> Decided | Against:
    """Record an owner's name anew."""
    del asked
    before = held.get(OWNER, command.owner)
    if before is None:
        return Against((_unknown(command.owner, "owner"),))
    made = {"owner": command.owner, "name": command.name}
    if before.name == command.name:
        return Decided(made)
    return Decided(made, (OwnerAmended(owner=command.owner, name=command.name),))


def ownership_keys(command: RecordOwnership, ids: Ids) -> Iterable[str]:
    """The participant and the owner."""
    del ids
    owner = () if command.owner is None else (OWNER.key(command.owner),)
    return (PARTICIPANT.key(command.participant), *owner)


def record_ownership(command: RecordOwnership, held: Held, asked: Asked) -> Decided | Against:
    """Record who owns a participant from a day on; what is recorded already changes nothing."""
    participant = held.get(PARTICIPANT, command.participant)
    found = list(_about_owner(command.owner, held, "owner"))
    if gone := reason_against(participant, command.since, "participant"):
        found.append(gone)
    if participant is not None and command.since > latest_today(participant.state, asked.now):
        found.append(_in_the_future())
    if participant is not None and participant.setting is PERSON:
        found.append(Reason(code="PERSON", field="participant", text="Nobody owns a person."))
    if found or participant is None:
        return Against(tuple(found))
    before = owner_on(participant.owners, command.since)
    made = {
        "participant": participant.id,
        "owner": command.owner,
        "since": command.since.isoformat(),
        "owner_before": owner_before(participant.owners, command.since),
    }
    if command.since.isoformat() in participant.owners and before == command.owner:
        return Decided(made)
    event = OwnershipRecorded(participant=participant.id, owner=command.owner, since=command.since)
    return Decided(made, (event,))


def parent_keys(command: RecordParentOwner, ids: Ids) -> Iterable[str]:
    """Both owners, and the tree in which a circle could come about."""
    del ids
    parent = () if command.parent is None else (OWNER.key(command.parent),)
    return (OWNER.key(command.owner), *parent, OWNER_TREE.key(THE_TREE))


def record_parent(command: RecordParentOwner, held: Held, asked: Asked) -> Decided | Against:
    """Record whom an owner belongs to from a day on; what is recorded already changes nothing."""
    found = [*_about_owner(command.owner, held, "owner"), *_about_owner(command.parent, held, "parent")]
    if command.since > asked.now.date():
        found.append(_in_the_future())
    tree = held.get(OWNER_TREE, THE_TREE)
    parents = tree.parents if tree else {}
    if command.parent is not None and (day := circle_on(parents, command.owner, command.parent, command.since)):
        text = f"From {day} {command.owner} would own itself through {command.parent}."
        found.append(Reason(code="CIRCLE", field="parent", text=text))
    if reasons := refused(found):
        return reasons
    made = {"owner": command.owner, "parent": command.parent, "since": command.since.isoformat()}
    steps = parents.get(command.owner, {})
    if command.since.isoformat() in steps and steps[command.since.isoformat()] == command.parent:
        return Decided(made)
    return Decided(made, (ParentOwnerRecorded(owner=command.owner, parent=command.parent, since=command.since),))


def circle_on(parents: Mapping[str, Steps], owner: str, parent: str, since: dt.date) -> dt.date | None:
    """The first day on which ``owner`` would own itself if it belonged to ``parent`` from ``since``; None if none.

    What is recorded for the owner from a later day on holds from there. Who owns whom changes only on days of
    change, so only those are looked at.
    """
    own = (dt.date.fromisoformat(day) for day in parents.get(owner, {}))
    until = min((day for day in own if day > since), default=dt.date.max)
    changes = {dt.date.fromisoformat(day) for steps in parents.values() for day in steps}
    for day in sorted({since, *(change for change in changes if since < change < until)}):
        if owner in above(parents, parent, day):
            return day
    return None


def above(parents: Mapping[str, Steps], owner: str, day: dt.date) -> tuple[str, ...]:
    """The chain of an owner on a day: itself first, then whom it belongs to, up to the one that belongs to nobody."""
    chain = [owner]
    while (parent := owner_on(parents.get(chain[-1], {}), day)) is not None:
        chain.append(parent)
    return tuple(chain)


def _about_owner(owner: str | None, held: Held, field: str) -> Iterator[Reason]:
    if owner is not None and held.get(OWNER, owner) is None:
        yield _unknown(owner, field)


def _unknown(owner: str, field: str) -> Reason:
    return Reason(code="OWNER_UNKNOWN", field=field, text=f"There is no owner {owner}. Register it first.")


def _in_the_future() -> Reason:
    return Reason(code="IN_THE_FUTURE", field="since", text="The day is in the future.")
