"""Which QIO answers for a state on a day: by our sources first, else as staff entered it, else UNKNOWN and why."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.recruitment.domain.program.state import Contact, Networks, QioContact, QioNetwork, Spell, place_id
from shared.contracts.recruitment.qio_contracts import Role
from shared.program.jurisdictions import ELEVENTH_FROM, UNKNOWN, Responsible, Standing, jurisdiction
from shared.program.states import STATES

_DIVIDED: Final = "since August 2014 the work of one contractor per state is divided between QIN-QIO and BFCC-QIO"


@dataclass(frozen=True, slots=True)
class Answer:
    """The QIO of one role that answers for a state; UNKNOWN where ``source`` says why nobody can be named."""

    state: str
    role: Role
    qio: str
    area: str | None
    standing: Standing
    source: str


def roles_on(day: dt.date) -> tuple[Role, ...]:
    """The roles that every state had a QIO of: one contractor before August 2014, then one of each half."""
    return (Role.STATE_QIO,) if day < ELEVENTH_FROM else (Role.QIN_QIO, Role.BFCC_QIO)


def answering(state: str, day: dt.date, networks: Mapping[Role, QioNetwork | None]) -> tuple[Answer, ...]:
    """Everyone who answers for a state on a day; raises KeyError for no such state."""
    return tuple(answer(state, role, day, networks.get(role)) for role in roles_on(day))


def answer(state: str, role: Role, day: dt.date, network: QioNetwork | None) -> Answer:
    """Who answers for a state in a role on a day; raises KeyError for no such state."""
    sourced = _sourced(state, role, day)
    if sourced.name == UNKNOWN and network is not None and (spell := spell_on(network, day)) is not None:
        source = f"entered by staff: {spell.end_source or spell.source}"
        return Answer(state, role, spell.qio, None, Standing.CONFIGURED, source)
    return Answer(state, role, sourced.name, sourced.area, sourced.standing, sourced.source)


def improving(state: str, day: dt.date, entered: Networks | None) -> str:
    """The QIO that improves care in a state on a day: its one contractor before August 2014, its QIN-QIO since.

    UNKNOWN for places that are none of the program, and where neither a source nor staff names it.
    """
    if state not in STATES:
        return UNKNOWN
    role = roles_on(day)[0]
    return answer(state, role, day, entered.by_place.get(place_id(role, state)) if entered else None).qio


def _sourced(state: str, role: Role, day: dt.date) -> Responsible:
    found = jurisdiction(state, day)
    if role is Role.BFCC_QIO:
        return found.bfcc_qio
    if role is Role.STATE_QIO and day >= ELEVENTH_FROM:
        return Responsible(UNKNOWN, None, Standing.UNKNOWN, _DIVIDED)
    return found.qin_qio


def spell_on(network: QioNetwork, day: dt.date) -> Spell | None:
    """What staff entered for a day and did not take back."""
    held = (one for one in network.spells if one.withdrawn is None and one.starts_on <= day <= one.ends_on)
    return next(held, None)


def contact_on(contact: QioContact | None, day: dt.date, qio: str) -> Contact | None:
    """How that QIO is reached on a day; None where no contact is entered for it."""
    if contact is None:
        return None
    begun = sorted((one for one in contact.contacts if one.since <= day), key=lambda one: one.since)
    return begun[-1] if begun and begun[-1].qio == qio else None
