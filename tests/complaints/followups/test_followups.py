"""What follows from cases: counts by facility and month, and the referral of a confirmed concern to the QIN-QIO."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from services.complaints.domain import engine, filing
from services.complaints.domain.case import Case
from services.complaints.followups import activity
from services.complaints.followups.referrals import Referrals
from services.complaints.repository import PREFIX
from shared.contracts.complaints import ACTIVITY, CONCERNS, CaseType, ProviderType, Role
from shared.contracts.notifications import REQUESTS
from shared.messaging import locks
from tests.complaints.cases import DESK, LATER, command, done, utc, walk
from tests.complaints.conftest import ANNOUNCER, PSEUDONYMS, Desk
from tests.complaints.procedures.quality_cases import issued


async def save(desk: Desk, *cases: Case) -> None:
    """Keep cases as a handler would."""
    keys = sorted(f"{PREFIX}{case.id}" for case in cases)
    async with desk.pool.acquire() as conn, conn.transaction():
        await locks.lock(conn, keys)
        await desk.store.save(conn, {f"{PREFIX}{case.id}": case for case in cases}, LATER)


async def count(desk: Desk) -> int:
    async with desk.pool.acquire() as conn:
        return await activity.tell(conn, LATER)


async def told(desk: Desk) -> list[dict[str, Any]]:
    return [json.loads(row["payload"]) for row in await desk.events(ACTIVITY.name)]


def appeal(received: str, **changes: Any) -> Case:
    request = filing.read(command(received_at=utc(received), **changes), DESK, LATER)
    return filing.open_case(uuid4(), request, DESK, LATER).case


async def test_appeals_are_counted_by_facility_and_month_of_the_facilitys_calendar(desk: Desk) -> None:
    facts = {"discharge_date": "2026-06-30", "admitted": "2026-06-20"}
    await save(
        desk,
        appeal("2026-06-30T23:30:00-05:00", facts=facts),  # July in Greenwich, June in Chicago
        appeal("2026-07-04T12:00:00-05:00"),
        appeal("2026-07-04T13:00:00-05:00"),
        appeal(
            "2026-07-04T14:00:00-05:00",
            case_type=CaseType.SERVICE_TERM_FFS,
            facility_ccn="145001",
            provider_type=ProviderType.SNF,
            facts={"notice_received": "2026-07-04T09:00:00-05:00", "coverage_end": "2026-07-06"},
        ),
    )
    assert await count(desk) == 3
    found = {(one["ccn"], one["month"]): one for one in await told(desk)}
    assert found["140001", "2026-06"]["discharge_appeals"] == 1
    assert found["140001", "2026-07"]["discharge_appeals"] == 2
    assert found["145001", "2026-07"]["termination_appeals"] == 1
    assert found["145001", "2026-07"]["discharge_appeals"] == 0
    assert await count(desk) == 0


async def test_counts_are_complete_each_time_and_told_only_when_they_change(desk: Desk) -> None:
    first = appeal("2026-07-04T12:00:00-05:00")
    await save(desk, first)
    await count(desk)
    case = await desk.case(first.id)
    await save(desk, walk(case, done("provider_notified", "2026-07-04T12:10:00-05:00")))
    await count(desk)
    assert len(await told(desk)) == 1
    await save(desk, appeal("2026-07-05T12:00:00-05:00"))
    await count(desk)
    assert [one["discharge_appeals"] for one in await told(desk)] == [1, 2]


async def test_nothing_of_a_person_is_in_the_counts(desk: Desk) -> None:
    case = appeal("2026-07-04T12:00:00-05:00")
    await save(desk, case)
    await count(desk)
    (one,) = await told(desk)
    assert set(one) == {
        "ccn",
        "state",
        "zip_code",
        "month",
        "discharge_appeals",
        "termination_appeals",
        "concerns_confirmed",
    }


def closed_review() -> Case:
    """A complaint with one standard not met, its reconsideration window over."""
    case = engine.time_passed(issued(), DESK, LATER).case
    assert case.state == "CLOSED"
    return replace(case, id=uuid4())


def referrals(desk: Desk) -> Referrals:
    return Referrals(desk.store, ANNOUNCER, PSEUDONYMS)


async def the_referral(desk: Desk) -> UUID:
    found: UUID = await desk.pool.fetchval("SELECT case_id FROM case_file WHERE case_type = 'REFERRAL'")
    return found


async def test_a_confirmed_concern_is_counted_and_referred_once(desk: Desk) -> None:
    review = closed_review()
    await save(desk, review)
    await count(desk)
    (one,) = await told(desk)
    assert (one["concerns_confirmed"], one["month"]) == (1, "2026-02")
    async with desk.pool.acquire() as conn:
        assert await referrals(desk).open(conn, LATER) == 1
        assert await referrals(desk).open(conn, LATER) == 0
        await conn.execute("INSERT INTO referral_due VALUES ($1)", review.id)  # noted once more
        await referrals(desk).open(conn, LATER)
    assert await desk.pool.fetchval("SELECT count(*) FROM case_file WHERE case_type = 'REFERRAL'") == 1
    notices = [json.loads(row["payload"]) for row in await desk.events(REQUESTS.name)]
    assert [notice["notice_type"] for notice in notices] == ["DISCLOSURE_30D"]
    assert "Ana" not in json.dumps(notices)


async def test_the_qin_qio_hears_provider_and_topic_only_after_thirty_days(desk: Desk) -> None:
    """42 CFR 480.105(a): notice to the institution 30 days before."""
    await save(desk, closed_review())
    async with desk.pool.acquire() as conn:
        await referrals(desk).open(conn, utc("2026-04-01T12:00:00-05:00"))
    case = await desk.case(await the_referral(desk))
    noticed = walk(
        case,
        done("notice_given", "2026-04-02T09:00:00-05:00", party=Role.PROVIDER),
        now=utc("2026-05-01T12:00:00-05:00"),
    )
    assert noticed.state == "WAITING"
    ready = engine.time_passed(noticed, DESK, utc("2026-05-03T00:00:00-05:00")).case
    assert ready.state == "DISCLOSABLE"
    taken = engine.act(ready, done("sent", "2026-05-04T09:00:00-05:00"), DESK, LATER)
    emits = ANNOUNCER.changes(ready, taken, DESK, LATER)
    (concern,) = [emit.event.model_dump(mode="json") for emit in emits if emit.topic == CONCERNS.name]
    assert (concern["ccn"], concern["topic"], concern["confirmed_on"]) == ("140001", "falls", "2026-05-04")
    assert set(concern) == {"concern", "ccn", "topic", "confirmed_on", "redisclosure"}
    assert str(case.id) not in json.dumps(concern)


async def test_a_case_with_all_standards_met_leads_to_no_referral(desk: Desk) -> None:
    await save(desk, appeal("2026-07-04T12:00:00-05:00"))
    assert await desk.pool.fetchval("SELECT count(*) FROM referral_due") == 0


async def test_a_count_interrupted_before_its_end_is_counted_again(desk: Desk) -> None:
    await save(desk, appeal("2026-07-04T12:00:00-05:00"))
    async with desk.pool.acquire() as conn:
        transaction = conn.transaction()
        await transaction.start()
        await activity.tell(conn, LATER)
        await transaction.rollback()
    assert await told(desk) == []
    assert await count(desk) == 1
    assert len(await told(desk)) == 1


async def test_sequences_of_a_facilitys_month_rise(desk: Desk) -> None:
    for day in (4, 5, 6):
        await save(desk, appeal(f"2026-07-0{day}T12:00:00-05:00"))
        await count(desk)
    rows = await desk.events(ACTIVITY.name)
    assert [row["sequence"] for row in rows] == ["1:1", "1:2", "1:3"]
    assert {row["key"] for row in rows} == {"140001:2026-07"}
