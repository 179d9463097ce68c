"""Who is forgotten: gone from the broker within the time said, and not missed by a rebuild."""

import datetime as dt
from collections.abc import Iterable

from services.notifications.domain.contacts.kinds import CONTACT
from services.notifications.erasable import ERASABLE
from shared.contracts.notifications.contacts import CONTACTS, ContactsTidied
from shared.contracts.topic import OVERWRITTEN_DAYS
from shared.messaging.handling import Emit
from shared.stack.plan import acls, topics
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


def test_the_broker_is_told_to_clean_within_the_time_that_is_said() -> None:
    (spec,) = [spec for spec in topics() if spec.name == CONTACTS.name]
    assert spec.partitions == 1, "a day's record is behind all of it"
    assert (spec.config["cleanup.policy"], spec.config["retention.ms"]) == ("compact", "-1")
    lag = dt.timedelta(milliseconds=int(spec.config["max.compaction.lag.ms"]))
    assert dt.timedelta(days=1) + lag < dt.timedelta(days=OVERWRITTEN_DAYS)
    assert f"within {OVERWRITTEN_DAYS} days" in CONTACTS.summary
    assert CONTACTS.name in {one.tidied.topic for one in ERASABLE}


def test_nobody_but_the_service_itself_reads_contacts() -> None:
    readers = {acl.principal for acl in acls(("p1",)) if (acl.name, acl.operation) == (CONTACTS.name, "READ")}
    assert readers == {"qio-notifications"}
