"""Whom the rows of the table are for, each named once."""

from collections.abc import Mapping
from typing import Any, Final

from services.notifications.domain.roster.cases import CASE
from services.notifications.domain.roster.communities import COMMUNITY
from services.notifications.domain.roster.facilities import FACILITY
from services.notifications.domain.roster.program import CONTRACT, NETWORKS, THE_NETWORKS
from services.notifications.domain.rules import places
from services.notifications.domain.rules.row import Recipients
from shared.contracts.notifications.terms import Part

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


def _gap_place(event: Any) -> str:
    kind = "facility" if event.own.unit_type == "hospital" else "coalition"
    return f"{kind}:{event.own.unit}"


LEAD_OF_GAP: Final = Recipients(
    "the coalition's lead; of a hospital its quality lead",
    (Part.COALITION_LEAD, Part.QUALITY_LEAD),
    lambda event: (_gap_place(event),),
)
STAFF_OF_GAP: Final = Recipients(
    "QIO staff of its states",
    (Part.QIO_STAFF,),
    around=lambda event, held, on: (
        places.of_facility(held, event.own.unit, on)
        if event.own.unit_type == "hospital"
        else places.of_community(held, event.own.unit, on)
    ),
    reads=lambda event: (FACILITY.key(event.own.unit), COMMUNITY.key(event.own.unit), THE_NETWORKS_KEY),
)
