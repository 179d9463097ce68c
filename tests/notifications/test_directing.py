"""A request for a facility that names no address finds whoever holds a part of it, and becomes one notice."""

import asyncpg
import pytest

from services.notifications.domain import directing
from services.notifications.domain.circles import Circle, Member, circle_of
from services.notifications.domain.contacts.kinds import CONTACT
from shared.contracts.notifications import NoticeRequested
from shared.contracts.notifications.terms import Part
from shared.messaging import locks
from tests.notifications.heard.ear import member
from tests.notifications.support import NOW, RECORDS, request, take_in
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

HOME = "225009"
PLACE = f"facility:{HOME}"
ADA = member("Ada", (Part.ADMINISTRATOR, PLACE))
QUINN = member("Quinn", (Part.QUALITY_LEAD, PLACE))
ELSEWHERE = member("Else", (Part.QUALITY_LEAD, "facility:225010"))
GONE = member("Gone", (Part.QUALITY_LEAD, PLACE), until="2014-08-06")


def asked(kind: str = "SESSION_REMINDER", role: str = "facility") -> NoticeRequested:
    return request(kind=kind, role=role, email=None).model_copy(update={"subject": HOME})


def named(one: NoticeRequested, *members: Member) -> str | None:
    def circle(key: str) -> Circle:
        part, place = circle_of(key.removeprefix("circle:"))
        held = [m for m in members if any((h.part, h.place) == (part, place) for h in m.facts.holds)]
        return Circle(members=tuple(held))

    found = directing.directed(one, circle, NOW.date())
    return found.recipient.name if found else None


@pytest.mark.parametrize(
    ("kind", "members", "expected"),
    [
        ("SESSION_REMINDER", (ADA, QUINN), "Quinn"),
        ("SESSION_REMINDER", (ADA, ELSEWHERE), "Ada"),
        ("SESSION_REMINDER", (ADA, GONE), "Ada"),
        ("WELCOME", (ADA, QUINN), "Quinn"),
        ("WELCOME", (), None),
    ],
)
def test_it_goes_to_the_quality_lead_or_else_to_the_administrator_of_that_day(
    kind: str, members: tuple[Member, ...], expected: str | None
) -> None:
    assert named(asked(kind), *members) == expected


def test_of_several_who_hold_the_part_it_is_always_the_same() -> None:
    other = member("Quentin", (Part.QUALITY_LEAD, PLACE))
    assert named(asked(), QUINN, other) == named(asked(), other, QUINN)


def test_nobody_stands_in_for_a_named_recipient_another_role_or_in_what_a_rule_wants() -> None:
    given = asked().recipient.model_copy(update={"email": "desk@home.example"})
    assert named(asked().model_copy(update={"recipient": given}), ADA, QUINN) is None
    assert named(asked(role="coach"), ADA, QUINN) is None
    assert directing.keys(asked("REC_REQUEST")) == ()
    assert named(asked("REC_REQUEST"), ADA, QUINN) is None


async def test_it_is_asked_for_again_with_the_contact_and_becomes_one_notice(database: Database) -> None:
    await migrated(database, "notifications")
    async with app_pool(database, "notifications") as pool:
        async with pool.acquire() as conn, conn.transaction():
            records = {CONTACT.key(str(QUINN.id)): CONTACT.state(id=QUINN.id, facts=QUINN.facts)}
            await locks.lock(conn, records)
            await RECORDS.save(conn, records, NOW)
            await locks.raise_versions(conn, records)
        await take_in(pool, [asked()])
        assert await notices(pool) == []
        again = await _requested(pool)
        assert again.notice_id == asked().notice_id
        assert again.recipient.contact == QUINN.id
        await take_in(pool, [again], offset=1)
        await take_in(pool, [again], offset=2)
        assert await notices(pool) == [(asked().notice_id, "QUEUED")]


async def notices(pool: asyncpg.Pool) -> list[tuple[object, str]]:
    return [tuple(row) for row in await pool.fetch("SELECT id, state FROM notice")]


async def _requested(pool: asyncpg.Pool) -> NoticeRequested:
    (payload,) = await pool.fetch("SELECT payload FROM outbox WHERE type LIKE '%NoticeRequested%'")
    return NoticeRequested.model_validate_json(payload["payload"])
