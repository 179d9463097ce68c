"""Change packages: how they change by their events, which change a version and a number name, and their rule."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.networks.kinds import NETWORK
from services.recruitment.domain.networks.standing import at_work, in_future, too_early
from shared.contracts.recruitment.change_packages import (
    MOST_CHANGES,
    Change,
    ChangePackagePublished,
    Driver,
    PublishChangePackage,
)
from shared.contracts.recruitment.learning_networks import LEARNING_NETWORKS
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused
from shared.records.kinds import Kind, Record


class Version(Record):
    """A version of a change package as it was published."""

    version: int
    title: str
    drivers: tuple[Driver, ...]
    published_on: dt.date

    def changes(self) -> Iterator[Change]:
        """All changes, in the order that they are counted in."""
        return (change for driver in self.drivers for change in driver.changes)


class ChangePackage(Record):
    """The change package of a network; ``versions`` in their order, the last one holds."""

    id: str
    versions: tuple[Version, ...]

    def change(self, version: int, number: int) -> Change | None:
        """The change that a version and a number (both from 1) name; None where there is none."""
        found = next((one for one in self.versions if one.version == version), None)
        changes = tuple(found.changes()) if found else ()
        return changes[number - 1] if 1 <= number <= len(changes) else None


def _evolve(before: ChangePackage | None, event: ChangePackagePublished, at: dt.datetime) -> ChangePackage:
    del at
    told = Version(**event.model_dump(exclude={"network", "actor"}))
    return ChangePackage(id=event.network, versions=(*(before.versions if before else ()), told))


CHANGE_PACKAGE: Final = Kind(
    name="change-package",
    state=ChangePackage,
    events=(ChangePackagePublished,),
    id_of=lambda event: event.network,
    evolve=_evolve,
    topic=LEARNING_NETWORKS.name,
)


def change_named(package: ChangePackage | None, version: int, number: int, field: str) -> Iterator[Reason]:
    """Why a version and a number name no change of a network."""
    if package is None or package.change(version, number) is None:
        text = f"The network's change package has no change {number} in a version {version}."
        yield Reason(code="CHANGE_UNKNOWN", field=field, text=text)


def _keys(command: PublishChangePackage, ids: Ids) -> Iterable[str]:
    del ids
    return NETWORK.key(command.network), CHANGE_PACKAGE.key(command.network)


def publish(command: PublishChangePackage, held: Held, asked: Asked) -> Decided | Against:
    """Publish a version."""
    found = held.get(CHANGE_PACKAGE, command.network)
    last = found.versions[-1] if found else None
    changes = sum(len(driver.changes) for driver in command.drivers)
    reasons = [
        *at_work(held.get(NETWORK, command.network), command.published_on, "published_on"),
        *in_future(command.published_on, asked.now, "published_on"),
    ]
    if last is not None:
        reasons += too_early(command.published_on, last.published_on, "published_on", f"version {last.version}")
    if changes > MOST_CHANGES:
        text = f"It has {changes} changes; {MOST_CHANGES} is the most. Gather them under fewer, or leave some out."
        reasons.append(Reason(code="TOO_MANY_CHANGES", field="drivers", text=text))
    if against := refused(reasons):
        return against
    same = last is not None and (last.title, last.drivers) == (command.title, command.drivers)
    version = (last.version if last else 0) + (not same)
    made = {"network": command.network, "version": version, "changes": changes, "changed": not same}
    event = ChangePackagePublished(**command.model_dump(), version=version)
    return Decided(made, () if same else (event,))


RULES: Final[tuple[AnyRule, ...]] = (Rule(PublishChangePackage, _keys, publish),)
