"""What partners are shown of each public event: its own facts, opaque ids under a name of the partner's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from shared.contracts.complaints import PUBLIC_CASES, PublicCaseMilestone
from shared.contracts.measures import PUBLIC as PUBLIC_MEASURES
from shared.contracts.measures import MeasuresSnapshotPublished
from shared.contracts.message import PublicEvent
from shared.contracts.recruitment.coalition_public import CoalitionFormed
from shared.contracts.recruitment.pipeline import PUBLIC_NETWORK, FacilityJoined, FacilityLeft
from shared.contracts.topic import Topic

Renamed = Callable[[str, UUID], UUID]
"""Another id for an id of a sort, the same for the same one, which nobody else is given."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Of one public model: the sort of id in each field that is opaque, and the fields the subject is made of.

    The subject is what order is kept for. It is made of fields that are shown, so that no key tells more than the body.
    """

    opaque: Mapping[str, str]
    subject: tuple[str, ...]


TOPICS: Final[tuple[Topic, ...]] = (PUBLIC_NETWORK, PUBLIC_MEASURES, PUBLIC_CASES)

SHOWN: Final[Mapping[type[PublicEvent], Shown]] = MappingProxyType(
    {
        # Certification numbers and communities are institutions under their public names (42 CFR 480.105).
        FacilityJoined: Shown({}, ("ccn",)),
        FacilityLeft: Shown({}, ("ccn",)),
        CoalitionFormed: Shown({}, ("community",)),
        MeasuresSnapshotPublished: Shown({}, ("measure", "unit_type", "unit", "period")),
        PublicCaseMilestone: Shown({"case": "case"}, ("case",)),
    }
)


def as_shown(event: PublicEvent, renamed: Renamed) -> tuple[str, bytes]:
    """Subject and body of an event for one partner; KeyError for a model that nobody has said anything about."""
    rule = SHOWN[type(event)]
    ids: dict[str, Any] = {name: renamed(sort, getattr(event, name)) for name, sort in rule.opaque.items()}
    copy = event.model_copy(update=ids)
    subject = "|".join(str(getattr(copy, name)) for name in rule.subject)
    return subject, copy.model_dump_json().encode()
