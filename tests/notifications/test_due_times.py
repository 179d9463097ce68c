"""What a regulation wants said is queued in time: cases of all types, in zones of the US, around both clock changes."""

import asyncio
import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from services.complaints.domain.notices import NOTICES
from services.notifications.carrier import Carrier
from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.catalogue.kind import Category
from services.notifications.domain.notice import Channel, Notice, State
from services.notifications.domain.planning import plan
from services.notifications.domain.route import DISTURBING, NOTHING, Known
from services.notifications.repository.deliveries import waiting
from services.notifications.settings import MailSettings
from shared.contracts.complaints import CaseCommand, CaseType, RecordStep
from shared.contracts.notifications import NoticeRequested
from shared.contracts.notifications.contacts import ContactFacts
from shared.contracts.notifications.notices import NoticeOverdue
from shared.program.states import STATES
from tests.complaints.procedures.test_walks import Walk
from tests.notifications.delivery.support import person
from tests.notifications.support import Clock, desk, follows, request, take_in
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

HOUR: Final = dt.timedelta(hours=1)
MINUTE: Final = dt.timedelta(minutes=1)
# In New York clocks change at 07:00Z in March and 06:00Z in November, in Los Angeles three hours later.
CHANGES: Final = (dt.datetime(2026, 3, 8, 7, tzinfo=dt.UTC), dt.datetime(2026, 11, 1, 6, tzinfo=dt.UTC))
# case-rules 17 and 42 CFR 405.1200-.1212, 422.620-.626: what is told at any hour, because hours count.
EXPEDITED: Final = frozenset({"REQ_NOTIFY_PROVIDER", "DECISION_CALL", "QIC_FILE"})
APPEALS: Final = tuple(
    CaseType[name]
    for name in (
        *("HOSP_DISCHARGE_FFS", "HOSP_DISCHARGE_MA", "SERVICE_TERM_FFS", "SERVICE_TERM_MA", "STATUS_CHANGE"),
        *("HOSPITAL_REQUESTED_REVIEW", "PREADMIT_HINN1", "NONCOVERED_HINN"),
    )
)
CALLS: Final = sorted(kind for kind, described in NOTICES.items() if described.calls)
TOLD: Final = ("DECISION_CALL", "DECISION_LETTER")
MOST: Final = 45  # commands of a case

minutes = st.integers(0, 1439).map(lambda minute: dt.time(minute // 60, minute % 60))
quiet_hours = st.tuples(minutes, minutes).filter(lambda pair: pair[0] != pair[1])
around_a_change = st.tuples(st.sampled_from(CHANGES), st.integers(-5 * 1440, 2 * 1440)).map(
    lambda pair: pair[0] + pair[1] * MINUTE
)
zones = st.sampled_from(sorted({state.zone for state in STATES.values()}))


class Heard(Walk):
    """A case whose notices are noted as they are asked for, each with the time (UTC)."""

    def __init__(self, case_type: CaseType, seed: int, received_at: dt.datetime) -> None:
        self.asked: list[tuple[dt.datetime, NoticeRequested]] = []
        self.complete = received_at  # 42 CFR 405.1202(a): with the physician's certificate, where that comes later
        self._heard = 0
        super().__init__(case_type, f"due/{seed}", mischief=0.0, received_at=received_at)

    def _note(self, before: object, command: CaseCommand | None) -> None:
        super()._note(before, command)  # type: ignore[arg-type]
        if isinstance(command, RecordStep) and command.step == "certificate_received":
            self.complete = max(self.complete, command.at)
        fresh = [emit.event for emit in self.office.published[self._heard :]]
        self._heard = len(self.office.published)
        self.asked += [(self.office.now, event) for event in fresh if isinstance(event, NoticeRequested)]


def played(case_type: CaseType, seed: int, received_at: dt.datetime) -> Heard:
    """One case and its legal notices."""
    walk = Heard(case_type, seed, received_at)
    walk.go(MOST)
    walk.asked = [(now, one) for now, one in walk.asked if CATALOGUE[one.notice_type].category is Category.LEGAL]
    return walk


def contact(pair: tuple[dt.time, dt.time], zone: str) -> ContactFacts:
    """Somebody who wants quiet, a digest once a week, and not to be written to at all."""
    return person(
        preferences={
            "quiet": {"start": pair[0], "end": pair[1]},
            "rhythm": "weekly",
            "stopped": True,
            "time_zone": zone,
        },
        addresses={"email": "ana@mail.example", "phone": "402-555-0100", "mobile": "402-555-0101"},
    )


def planned(asked: NoticeRequested, now: dt.datetime, known: Known = NOTHING) -> Notice:
    """The notice as it is first kept."""
    return plan(asked, desk(now, known)).notice


@given(st.sampled_from(CaseType), st.integers(0, 10_000), around_a_change, quiet_hours, zones)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_a_rule_wants_is_queued_by_its_due_time_whatever_its_reader_wishes(
    case_type: CaseType, seed: int, received_at: dt.datetime, pair: tuple[dt.time, dt.time], zone: str
) -> None:
    for now, asked in played(case_type, seed, received_at).asked:
        told = (planned(asked, now), planned(asked, now, Known(contact=contact(pair, zone))))
        calls = NOTICES[asked.notice_type].calls
        for notice in told:
            assert notice.state in (State.QUEUED, State.AWAITING, State.TASK)
            assert notice.due_at == asked.due_at
            assert notice.available_at <= max(asked.due_at, now), "asked for in time, and would be late"
            assert (notice.channel is Channel.CALL) == calls
            if asked.notice_type in EXPEDITED or notice.channel not in DISTURBING:
                assert notice.available_at == now, "waits although hours count"


@given(st.sampled_from(CALLS), around_a_change, st.integers(0, 3 * 1440), quiet_hours, zones)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_call_waits_for_the_morning_only_where_the_morning_is_in_time_and_no_hours_count(
    kind: str, now: dt.datetime, ahead: int, pair: tuple[dt.time, dt.time], zone: str
) -> None:
    due_at = now + ahead * MINUTE
    role = next(iter(CATALOGUE[kind].letters))
    notice = planned(request(1, kind, role, due=due_at), now, Known(contact=contact(pair, zone)))
    assert (notice.channel, notice.state) == (Channel.CALL, State.AWAITING)
    assert now <= notice.available_at <= due_at
    if kind in EXPEDITED:
        assert notice.available_at == now


@given(st.sampled_from(APPEALS), st.integers(0, 10_000), around_a_change)
@example(CaseType.SERVICE_TERM_FFS, 4864, CHANGES[0])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_due_time_of_an_appeal_is_the_one_on_the_facilitys_wall_or_counts_hours_as_they_pass(
    case_type: CaseType, seed: int, received_at: dt.datetime
) -> None:
    walk = played(case_type, seed, received_at)
    for now, asked in walk.asked:
        zone = ZoneInfo(asked.recipient.time_zone)
        local, today = asked.due_at.astimezone(zone), now.astimezone(zone).date()
        end_of_day = local.time() == dt.time(23, 59, 59)
        match asked.notice_type:
            case "REQ_NOTIFY_PROVIDER":  # the same day; what came in its last minute is asked for on the next
                assert end_of_day
                assert today - local.date() <= dt.timedelta(days=1)
                assert local.date() <= today
            case "DECISION_LETTER":  # the day after the call
                assert end_of_day
                assert abs(local.date() - today) <= dt.timedelta(days=1)
            case "DECISION_CALL" if case_type is CaseType.SERVICE_TERM_FFS:  # 42 CFR 405.1202(e)(6)
                assert end_of_day or asked.due_at == walk.complete + 72 * HOUR
            case "DECISION_CALL" if case_type is CaseType.SERVICE_TERM_MA:  # 42 CFR 422.626(d)(5): close of business
                assert end_of_day or local.time() == dt.time(17)
            case "DECISION_CALL":
                assert end_of_day


@pytest.mark.parametrize("due", ["2026-03-09T16:30:00+00:00", "2026-11-02T04:59:59+00:00"])
async def test_a_call_not_made_and_a_letter_not_mailed_by_their_due_time_are_said_and_shown_to_be_overdue(
    database: Database, due: str
) -> None:
    due_at = dt.datetime.fromisoformat(due)
    clock = Clock()
    clock.now = due_at
    await migrated(database, "notifications")
    async with app_pool(database, "notifications") as pool:
        await take_in(pool, [request(n, kind, "beneficiary", due=due_at) for n, kind in enumerate(TOLD)])
        carrier = Carrier(pool, follows(), MailSettings(), clock, asyncio.Event())
        assert await carrier.say_overdue() == 0
        clock.advance(1)
        assert await carrier.say_overdue() == len(TOLD)
        async with pool.acquire() as conn:
            assert (await waiting(conn, clock.now)).overdue == len(TOLD)
        said = await pool.fetch("SELECT payload FROM outbox WHERE type = $1", NoticeOverdue.wire_type())
    events = [NoticeOverdue.model_validate_json(row["payload"]) for row in said]
    assert sorted(event.notice_type for event in events) == sorted(TOLD)
    assert {event.due_at for event in events} == {due_at}
