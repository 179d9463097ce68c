"""Contracts of the QIOs, and who answers for a state where staff entered it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from services.notifications.domain.roster.silent import silent
from shared.contracts.recruitment.program import NetworkConfigured, NetworkEnded, NetworkWithdrawn
from shared.contracts.recruitment.qio_contracts import ContractAwarded, ContractChanged
from shared.program.jurisdictions import UNKNOWN, jurisdiction
from shared.records.kinds import Kind, Record

THE_NETWORKS: Final = "all"


class Contract(Record):
    """Whose contract it is, and for which states."""

    id: str
    qio: str = ""
    states: tuple[str, ...] = ()


class Entered(Record):
    """A QIO that staff entered for days up to ``ends_on``, the last."""

    qio: str
    ends_on: dt.date


class Network(Record):
    """What staff entered of a state and role, by first day."""

    id: str
    entered: Mapping[dt.date, Entered] = {}


class Networks(Record):
    """All that staff entered, by role and state."""

    by_place: Mapping[str, Network] = {}

    def qin_of(self, state: str, on: dt.date) -> str:
        """The QIN-QIO that answers for a state on a day: as a source names it, else as entered; else UNKNOWN."""
        try:
            named = jurisdiction(state, on).qin_qio.name
        except KeyError:
            return UNKNOWN
        if named != UNKNOWN:
            return named
        for role in ("QIN-QIO", "STATE-QIO"):
            held = self.by_place.get(f"{role}|{state}", Network(id="")).entered
            for since in sorted(held, reverse=True):
                if since <= on <= held[since].ends_on:
                    return held[since].qio
        return UNKNOWN


def _contract(before: Contract | None, event: ContractAwarded | ContractChanged, at: dt.datetime) -> Contract:
    del at
    if isinstance(event, ContractAwarded):
        return Contract(id=event.contract, qio=event.qio, states=tuple(sorted(event.states)))
    held = before or Contract(id=event.contract)
    states = {*held.states, *event.add_states} - set(event.drop_states)
    return held.model_copy(update={"states": tuple(sorted(states))})


def _network(before: Network | None, event: Any, at: dt.datetime) -> Network:
    del at
    held = before or Network(id=_place(event))
    entered = dict(held.entered)
    match event:
        case NetworkConfigured():
            entered[event.starts_on] = Entered(qio=event.qio, ends_on=event.ends_on)
        case NetworkEnded() if event.starts_on in entered:
            entered[event.starts_on] = Entered(qio=entered[event.starts_on].qio, ends_on=event.ended_on)
        case NetworkWithdrawn():
            entered.pop(event.starts_on, None)
    return held.model_copy(update={"entered": entered})


def _place(event: NetworkConfigured | NetworkEnded | NetworkWithdrawn) -> str:
    return f"{event.role}|{event.state}"


CONTRACT: Final = Kind(
    name="roster-contract",
    state=Contract,
    events=(ContractAwarded, ContractChanged),
    id_of=lambda event: str(event.contract),
    evolve=_contract,
    topic=None,
)
NETWORK: Final = Kind(
    name="roster-network",
    state=Network,
    events=(NetworkConfigured, NetworkEnded, NetworkWithdrawn),
    id_of=_place,
    evolve=_network,
    topic=None,
)
# Loaded from all of them; what one batch enters is seen by the next.
NETWORKS: Final = silent("roster-networks", Networks)
