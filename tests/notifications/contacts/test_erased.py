"""Who is forgotten: gone from what the broker keeps, and not missed by a rebuild."""

from collections.abc import Iterable

from services.notifications.domain.contacts.kinds import CONTACT
from shared.contracts.notifications.contacts import ContactsTidied
from shared.messaging.handling import Emit
from tests.notifications.contacts.people import amend, forget, give, known
from tests.notifications.desk import Desk


def compacted(said: Iterable[Emit]) -> list[Emit]:
    """What the broker keeps: the last of each key."""
    return list({emit.key: emit for emit in said}.values())


def test_what_the_broker_keeps_makes_the_same_records_and_names_nobody_who_was_forgotten() -> None:
    desk = Desk()
    stays, goes = known(desk, name="Willoughby"), known(desk, name="Oakhanger")
    desk.done(give(stays))
    desk.done(amend(goes, name="Oakhanger-Marsh"))
    desk.done(forget(goes))
    kept = compacted(desk.said)
    assert "Oakhanger" not in str(kept)
    again = Desk().has(*(emit.event for emit in kept))
    assert again.records == desk.records
    assert again.has(ContactsTidied(on=desk.now.date())).held(CONTACT, str(goes)).facts is None
