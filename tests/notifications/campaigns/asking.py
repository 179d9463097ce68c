"""Campaigns to ask for, and contacts they go to."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid5

from services.notifications.domain.audiences.reach import left_out
from services.notifications.domain.campaigns.sending import Member
from shared.contracts.notifications.campaigns import (
    ApproveCampaign,
    PrepareCampaign,
    StartCampaign,
)
from shared.contracts.notifications.contacts import ContactFacts
from shared.contracts.notifications.terms import Part
from tests.notifications.desk import NOW, Desk

SPACE = UUID("0195b0de-0000-7000-8000-0000000000ca")
ENGLISH = {"title": "Falls can be prevented", "text": "Ask for help when you stand up.\nKeep the floor dry."}
SPANISH = {"title": "Las caídas se pueden evitar", "text": "Pida ayuda al levantarse.\nMantenga seco el piso."}


def prepare(**changed: Any) -> PrepareCampaign:
    """A campaign to homes in Massachusetts."""
    values: dict[str, Any] = {
        "actor": "ann",
        "name": "Falls week",
        "notice_type": "CAMPAIGN_MESSAGE",
        "words": {"en": ENGLISH, "es": SPANISH},
        "audience": {"states": ["MA"]},
        "writer": "Example QIN-QIO",
        "phone": "1-866-555-0100",
    }
    return PrepareCampaign.model_validate(values | changed)


def running(desk: Desk, **changed: Any) -> UUID:
    """Prepare, approve and start a campaign."""
    campaign = UUID(desk.done(prepare(**changed))["campaign"])
    desk.done(ApproveCampaign(actor="bob", campaign=campaign))
    desk.done(StartCampaign(actor="bob", campaign=campaign))
    return campaign


def facts(number: int = 1, **changed: Any) -> ContactFacts:
    """What is kept of a contact with an address."""
    values: dict[str, Any] = {"name": f"Contact {number}", "addresses": {"email": f"c{number}@home.example"}}
    return ContactFacts.model_validate(values | changed)


def contact_id(number: int) -> UUID:
    """The same id for the same number."""
    return uuid5(SPACE, str(number))


def members(count: int, **changed: Any) -> list[Member]:
    """Members of an audience in order of id."""
    made = facts(**changed)
    parts = frozenset({Part.ADMINISTRATOR})
    return [
        Member(one, made, parts, left_out(made, None, frozenset())) for one in sorted(map(contact_id, range(count)))
    ]


def hours(count: float) -> dt.datetime:
    """So many hours after the desk opens."""
    return NOW + dt.timedelta(hours=count)
