"""Around a community, case or contract: the places whose staff look after it."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from services.notifications.domain.campaigns.kinds import CAMPAIGN
from services.notifications.domain.contacts.parts import ANYWHERE
from services.notifications.domain.roster.cases import CASE
from services.notifications.domain.roster.communities import COMMUNITY
from services.notifications.domain.roster.facilities import FACILITY
from services.notifications.domain.roster.program import CONTRACT, NETWORKS, THE_NETWORKS, Networks
from shared.program.jurisdictions import UNKNOWN
from shared.program.states import STATES
from shared.records.deciding import Held

_OTHER: Final = re.compile(r"[^a-z0-9]+")
_LONGEST: Final = 80
_CAMPAIGN: Final = "campaign:"
YOUR_QIO: Final = "Your Quality Improvement Organization"


def qio_place(name: str) -> str:
    """The place of a QIO by its name or its region: ``Area 1`` is ``qio:area-1``."""
    return "qio:" + _OTHER.sub("-", name.lower()).strip("-")[:_LONGEST]


def of_states(held: Held, states: Iterable[str], on: dt.date) -> frozenset[str]:
    """The states, their QIN-QIOs, and everywhere."""
    networks = held.get(NETWORKS, THE_NETWORKS) or Networks()
    found = {ANYWHERE}
    for state in states:
        qin = networks.qin_of(state, on)
        found |= {f"state:{state}", *([qio_place(qin)] if qin != UNKNOWN else [])}
    return frozenset(found)


def of_community(held: Held, community: str, on: dt.date) -> frozenset[str]:
    """The community, its coalition and its states."""
    known = held.get(COMMUNITY, community)
    return of_states(held, known.states if known else (), on) | {f"community:{community}", f"coalition:{community}"}


def of_facility(held: Held, facility: str, on: dt.date) -> frozenset[str]:
    """The facility and its state."""
    known = held.get(FACILITY, facility)
    state = known.get("state") if known else ""
    return of_states(held, (state,) if state else (), on) | {f"facility:{facility}"}


def of_contract(held: Held, contract: str, on: dt.date) -> frozenset[str]:
    """The QIO whose contract it is, and its states."""
    known = held.get(CONTRACT, contract)
    if known is None:
        return frozenset({ANYWHERE})
    return of_states(held, known.states, on) | ({qio_place(known.qio)} if known.qio else frozenset())


def of_case(held: Held, case_id: str) -> frozenset[str]:
    """The QIO of the region that has the case."""
    known = held.get(CASE, case_id)
    return frozenset({ANYWHERE, *([qio_place(known.region)] if known and known.region != UNKNOWN else [])})


def about_subject(subject: str) -> tuple[str, ...]:
    """What is read to tell whose staff look after what a notice is about."""
    if is_case(subject):
        return (CASE.key(subject),)
    if subject.startswith(_CAMPAIGN):
        return (CAMPAIGN.key(subject.removeprefix(_CAMPAIGN)),)
    return (FACILITY.key(subject), COMMUNITY.key(subject), NETWORKS.key(THE_NETWORKS))


def of_subject(held: Held, subject: str, on: dt.date) -> frozenset[str]:
    """The QIO that has the case, writes the campaign, or answers for the facility or community; and everywhere."""
    if is_case(subject):
        return of_case(held, subject)
    if subject.startswith(_CAMPAIGN):
        campaign = held.get(CAMPAIGN, subject.removeprefix(_CAMPAIGN))
        return frozenset({ANYWHERE, *([qio_place(campaign.writer)] if campaign else [])})
    return of_facility(held, subject, on) | of_community(held, subject, on)


def is_case(subject: str) -> bool:
    """Whether what a notice is about is a case; else it is a participant, community, list or campaign."""
    try:
        UUID(subject)
    except ValueError:
        return False
    return True


def qin_of(held: Held, states: Iterable[str], on: dt.date) -> str:
    """The QIN-QIO that signs: of the first state that has one, else without a name."""
    networks = held.get(NETWORKS, THE_NETWORKS) or Networks()
    named = (networks.qin_of(state, on) for state in states)
    return next((one for one in named if one != UNKNOWN), YOUR_QIO)


def state_in_words(state: str) -> str:
    """A state by its postal code."""
    return STATES[state].name if state in STATES else state
