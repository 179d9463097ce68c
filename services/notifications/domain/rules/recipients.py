"""Whom the rows of the table are for, each named once."""

import datetime as dt
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final

from services.notifications.domain.roster.cases import CASE
from services.notifications.domain.roster.communities import COMMUNITY
from services.notifications.domain.roster.facilities import FACILITY
from services.notifications.domain.roster.program import CONTRACT, NETWORKS, THE_NETWORKS
from services.notifications.domain.rules import places
from services.notifications.domain.rules.row import Recipients
from shared.contracts.notifications.terms import Part
from shared.records.deciding import Held

THE_NETWORKS_KEY: Final = NETWORKS.key(THE_NETWORKS)


def about_community(event: Any) -> tuple[str, ...]:
    """What is read of the roster about the event's community."""
    return (COMMUNITY.key(community_of(event)), THE_NETWORKS_KEY)


def community_of(event: Any) -> str:
    """The community an event is about; a coalition has the id of its community."""
    found = getattr(event, "community", None) or getattr(event, "coalition", None)
    assert isinstance(found, str)
    return found


def _coalition(event: Any) -> tuple[str, ...]:
    return (f"coalition:{community_of(event)}",)


LEAD: Final = Recipients("the coalition's lead", (Part.COALITION_LEAD,), _coalition)
MEMBERS: Final = Recipients("the coalition's members", (Part.COALITION_MEMBER,), _coalition)
LEADERS: Final = Recipients(
    "leaders of the community",
    (Part.COMMUNITY_LEADER,),
    lambda event: (f"community:{community_of(event)}", f"coalition:{community_of(event)}"),
)
STAFF_OF_COMMUNITY: Final = Recipients(
    "QIO staff of the community's states",
    (Part.QIO_STAFF,),
    around=lambda event, held, on: places.of_community(held, community_of(event), on),
    reads=about_community,
)
STAFF_OF_CONTRACT: Final = Recipients(
    "staff of the QIO whose contract it is",
    (Part.QIO_STAFF,),
    around=lambda event, held, on: places.of_contract(held, event.due.contract or "", on),
    reads=lambda event: (CONTRACT.key(event.due.contract or ""), THE_NETWORKS_KEY),
)
PLEDGE_LEAD: Final = Recipients(
    "the coalition's lead", (Part.COALITION_LEAD,), lambda event: (f"coalition:{event.due.coalition}",)
)
PLEDGER: Final = Recipients(
    "administrator and quality lead of who pledged",
    (Part.ADMINISTRATOR, Part.QUALITY_LEAD),
    lambda event: (f"facility:{event.due.participant}",),
)
SUPERVISORS_OF_CASE: Final = Recipients(
    "supervisors of the QIO that has the case",
    (Part.SUPERVISOR,),
    around=lambda event, held, _: places.of_case(held, str(event.case_id)),
    reads=lambda event: (CASE.key(str(event.case_id)),),
)


_NOTICE: Final[Mapping[str, Any]] = {
    "around": lambda event, held, on: places.of_subject(held, event.subject, on),
    "reads": lambda event: places.about_subject(event.subject),
}
SUPERVISORS_OF_NOTICE: Final = Recipients(
    "supervisors of the QIO that has the case, writes the campaign, or answers for the facility or community",
    (Part.SUPERVISOR,),
    **_NOTICE,
)
STAFF_OF_NOTICE: Final = Recipients(
    "staff of the QIO that has the case, writes the campaign, or answers for the facility or community",
    (Part.QIO_STAFF,),
    **_NOTICE,
)
CONVENER: Final = Recipients(
    "the coalition's lead, and coaches of the community",
    (Part.COALITION_LEAD, Part.PEER_COACH),
    lambda event: (f"coalition:{community_of(event)}", f"community:{community_of(event)}"),
)


def about_unit(unit: str) -> tuple[str, ...]:
    """What is read of the roster about the facility or community a figure is of."""
    return (FACILITY.key(unit), COMMUNITY.key(unit), THE_NETWORKS_KEY)


def _lead(words: str, measured: Callable[[Any], Any]) -> Recipients:
    """The lead of what ``measured`` finds in the event: something with ``unit_type`` and ``unit``."""

    def place(event: Any) -> tuple[str, ...]:
        one = measured(event)
        return (f"{'coalition' if one.unit_type == 'community' else 'facility'}:{one.unit}",)

    return Recipients(words, (Part.COALITION_LEAD, Part.QUALITY_LEAD), place)


def _staff(measured: Callable[[Any], Any]) -> Recipients:
    def around(event: Any, held: Held, on: dt.date) -> AbstractSet[str]:
        one = measured(event)
        of = places.of_community if one.unit_type == "community" else places.of_facility
        return of(held, one.unit, on)

    return Recipients(
        "QIO staff of its states",
        (Part.QIO_STAFF,),
        around=around,
        reads=lambda event: about_unit(measured(event).unit),
    )


LEAD_OF_GAP: Final = _lead("the coalition's lead; of a hospital its quality lead", lambda event: event.own)
STAFF_OF_GAP: Final = _staff(lambda event: event.own)
LEAD_OF_CHART: Final = _lead("the coalition's lead; of a facility its quality lead", lambda event: event)
STAFF_OF_CHART: Final = _staff(lambda event: event)
