"""The read API of work: queues by role and region, what will be late, what falls due unstaffed, the handover sheet."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from services.complaints.work.gauges import Gauges
from shared.contracts.complaints import AssignReviewer, DecideCase, How, RecordStep, Role
from shared.contracts.replies import CommandRejected
from shared.contracts.reviewers import Profession, PutOnCall
from shared.contracts.work import ClaimWork, WorkRole
from shared.runtime import metrics
from tests.complaints.cases import utc
from tests.complaints.conftest import REVIEWER
from tests.complaints.work.conftest import Office

AT = utc("2026-07-04T23:50:00-05:00")
ANN, BOB = "ann@example.org", "bob@example.org"
SECRETS = ("Ana Perez", "ana@example.org", "Lakeside", "Dr. Li", "140001")


def step(case_id: UUID, name: str, at: dt.datetime = AT, **details: Any) -> RecordStep:
    return RecordStep(actor=ANN, case_id=case_id, at=at, step=name, **details)


async def complete(office: Office, at: dt.datetime = AT, **changes: Any) -> UUID:
    """A case whose information is in: the QIO must decide and tell by the end of the next day (405.1206(d)(6))."""
    case_id = await office.opened(**changes)
    await office.done(step(case_id, "provider_notified", at), step(case_id, "information_complete", at))
    return case_id


async def asked(office: Office, path: str = "", region: str | None = None, actor: str = ANN, **params: Any) -> Any:
    async with office.api(region, actor) as client:
        answer = await client.get(f"/api/queues{path}", params=params)
    assert answer.status_code == 200, answer.text
    assert not [secret for secret in SECRETS if secret in answer.text]
    return answer.json()


async def test_work_is_listed_by_role_soonest_due_first_and_without_persons(office: Office) -> None:
    later = await complete(office)
    office.now = utc("2026-07-06T09:00:00-05:00")
    at = utc("2026-07-04T12:00:00-05:00")
    sooner = await complete(office, at=at, received_at=at)
    intake = await office.opened()
    rows = await asked(office)
    assert {row["case_id"]: row["role"] for row in rows} == {
        str(sooner): "TRIAGE",
        str(later): "TRIAGE",
        str(intake): "INTAKE",
    }
    assert [row["due_at"] for row in rows] == sorted(row["due_at"] for row in rows)
    triage = await asked(office, role="TRIAGE")
    assert [row["case_id"] for row in triage] == [str(sooner), str(later)]
    assert [row["due_at"] for row in triage] == sorted(row["due_at"] for row in triage)
    assert triage[0]["next_steps"] == ["assigned"]
    assert triage[0]["rule"] == "HD-DETERMINE"
    assert triage[0]["citation"].startswith("42 CFR 405.1206")


async def test_what_others_owe_is_told_beside_the_work(office: Office) -> None:
    case_id = await office.opened()
    await office.done(step(case_id, "provider_notified"))
    (row,) = await asked(office)
    assert (row["role"], row["due_at"]) == ("RECORDS", None)
    assert [(one["who"], one["rule"], one["due_local"]) for one in row["waiting_on"]] == [
        ("PROVIDER", "HD-DETAILED-NOTICE", "Sun 2026-07-05 12:00:00 CDT (UTC-05:00)"),
        ("PROVIDER", "HD-RECORDS", "Sun 2026-07-05 12:00:00 CDT (UTC-05:00)"),
    ]


async def test_mine_is_what_the_reader_has_and_unclaimed_what_nobody_has(office: Office) -> None:
    own, others, free = [await office.opened() for _ in range(3)]
    await office.done(ClaimWork(actor=ANN, case_id=own), ClaimWork(actor=BOB, case_id=others))
    assert [row["case_id"] for row in await asked(office, mine=True)] == [str(own)]
    assert [row["case_id"] for row in await asked(office, unclaimed=True)] == [str(free)]
    assert len(await asked(office)) == 3


async def test_who_belongs_to_a_region_sees_and_counts_no_other(office: Office) -> None:
    case_id = await office.opened()  # Illinois is in Region 5
    await office.done(ClaimWork(actor=ANN, case_id=case_id))
    for region, seen in (("Region 5", 1), ("Region 2", 0)):
        assert len(await asked(office, region=region)) == seen
        found = await asked(office, "/supervision", region=region)
        assert sum(queue["items"] for queue in found["queues"]) == seen
        assert found["due_today"] == seen
        assert len((await asked(office, "/handover", region=region))["people"]) == seen
        assert len((await asked(office, "/forecast", region=region))["acts"]) == seen
    async with office.api("Region 2") as client:
        assert (await client.get("/api/queues", params={"region": "Region 5"})).json() == []


async def test_every_look_is_in_the_registers_audit(office: Office) -> None:
    for path in ("", "/supervision", "/forecast", "/handover"):
        await asked(office, path)
    rows = await office.pool.fetch("SELECT actor, action, purpose FROM audit WHERE purpose IS NOT NULL ORDER BY number")
    actions = ("list-work", "supervise-work", "forecast-work", "hand-over-work")
    assert [tuple(row) for row in rows] == [(ANN, action, "case-work") for action in actions]


async def test_work_is_escalated_as_its_time_goes_whether_the_ticker_has_spoken_or_not(office: Office) -> None:
    await complete(office)  # from 23:50 on the 4th to 23:59:59 on the 5th
    levels = []
    for at in ("00:00:00", "12:00:00", "18:00:00", "21:40:00", "23:59:59"):
        office.now = utc(f"2026-07-05T{at}-05:00")
        (row,) = await asked(office)
        levels.append(row["escalation"])
        await office.ticker().tick()
        (row,) = await asked(office)
        assert row["escalation"] == levels[-1]
    office.now = utc("2026-07-06T00:00:00-05:00")
    for _ in range(2):
        (row,) = await asked(office)
        levels.append(row["escalation"])
        await office.ticker().tick()
    assert levels == [0, 50, 75, 90, 90, 100, 100]


async def test_the_supervisor_sees_what_is_missed_today_and_what_will_be(office: Office) -> None:
    unclaimed, claimed = await complete(office), await complete(office)
    await office.done(ClaimWork(actor=ANN, case_id=claimed))
    office.now = utc("2026-07-05T10:00:00-05:00")
    found = await asked(office, "/supervision")
    assert found["office_day"] == "2026-07-05"
    # In New York the day ends an hour before it does in Chicago, where these are due.
    assert (found["due_today"], found["will_be_missed_today"]) == (0, [])
    office.now = utc("2026-07-05T23:30:00-05:00")
    found = await asked(office, "/supervision")
    assert found["office_day"] == "2026-07-06"
    assert found["due_today"] == 2
    assert {act["case_id"] for act in found["will_be_missed_today"]} == {str(unclaimed), str(claimed)}
    office.now = utc("2026-07-06T00:00:00-05:00")
    found = await asked(office, "/supervision")
    assert found["will_be_missed_today"] == []
    assert {act["case_id"] for act in found["missed_today"]} == {str(unclaimed), str(claimed)}
    await office.ticker().tick()
    again = await asked(office, "/supervision")
    assert len(again["missed_today"]) == 2
    assert [queue for queue in again["queues"] if queue["role"] == "TRIAGE"] == [
        {"role": "TRIAGE", "items": 2, "unclaimed": 1, "overdue": 2}
    ]


async def test_work_somebody_has_is_at_risk_only_when_nine_tenths_of_its_time_are_gone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QIO_COMPLAINTS_OFFICE_ZONE", "America/Chicago")
    unclaimed, claimed = await complete(office), await complete(office)
    await office.done(ClaimWork(actor=ANN, case_id=claimed))
    office.now = utc("2026-07-05T21:30:00-05:00")
    found = await asked(office, "/supervision")
    assert [act["case_id"] for act in found["will_be_missed_today"]] == [str(unclaimed)]
    office.now = utc("2026-07-05T21:40:00-05:00")
    found = await asked(office, "/supervision")
    assert {act["case_id"] for act in found["will_be_missed_today"]} == {str(unclaimed), str(claimed)}


async def test_the_forecast_names_all_that_falls_due_before_the_next_shift_and_who_decides(office: Office) -> None:
    case_id = await complete(office)
    notify = await office.opened()
    on_call = PutOnCall(
        actor="chief@example.org",
        reviewer_id=REVIEWER,
        shift_id=UUID(int=9),
        start=utc("2026-07-05T08:00:00-05:00"),
        end=utc("2026-07-05T20:00:00-05:00"),
        states=frozenset({"IL"}),
        profession=Profession.MD,
    )
    found = await asked(office, "/forecast")
    assert found["next_shift_at"] == "2026-07-06T12:00:00Z"  # Monday 08:00 in New York
    assert found["staffed_now"] is False
    acts = {act["case_id"]: act for act in found["acts"]}
    assert acts.keys() == {str(case_id), str(notify)}
    assert (acts[str(notify)]["rule"], acts[str(notify)]["decision"]) == ("HD-NOTIFY-HOSPITAL", False)
    assert (acts[str(case_id)]["decision"], acts[str(case_id)]["on_call"]) == (True, [])
    assert found["decisions_without_reviewer"] == 1
    await office.done(on_call)
    (act,) = [one for one in (await asked(office, "/forecast"))["acts"] if one["decision"]]
    assert [(one["name"], one["reviewer_id"]) for one in act["on_call"]] == [("Dr. Vega", str(REVIEWER))]
    office.now = utc("2026-07-05T23:59:59-05:00")
    assert (await asked(office, "/forecast"))["decisions_without_reviewer"] == 1  # the shift is over


async def test_what_is_due_when_the_next_shift_has_begun_is_not_in_the_forecast(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await complete(office)
    monkeypatch.setenv("QIO_COMPLAINTS_OFFICE_HOURS", '{"sun": ["08:00", "17:00"], "mon": ["08:00", "17:00"]}')
    assert (await asked(office, "/forecast"))["acts"] == []


async def test_the_handover_sheet_has_each_persons_open_work_and_what_nobody_has_that_will_not_wait(
    office: Office,
) -> None:
    first, second, free = await office.opened(), await complete(office), await complete(office)
    await office.done(ClaimWork(actor=BOB, case_id=first), ClaimWork(actor=ANN, case_id=second))
    sheet = await asked(office, "/handover")
    assert {who: [row["case_id"] for row in rows] for who, rows in sheet["people"].items()} == {
        ANN: [str(second)],
        BOB: [str(first)],
    }
    assert [row["case_id"] for row in sheet["unclaimed"]] == [str(free)]
    assert sheet["people"][ANN][0]["next_steps"] == ["assigned"]
    assert sheet["people"][ANN][0]["due_local"] == "Sun 2026-07-05 23:59:59 CDT (UTC-05:00)"


async def test_a_case_that_only_waits_for_others_stands_in_no_queue_and_cannot_be_claimed(office: Office) -> None:
    case_id = await complete(office)
    base: dict[str, Any] = {"actor": ANN, "case_id": case_id, "at": AT}
    parties = (Role.BENEFICIARY, Role.PROVIDER, Role.PRACTITIONER)
    await office.done(
        step(case_id, "views_solicited"),
        step(case_id, "explanation_offered"),
        step(case_id, "validity_found", answers={"notice_valid": "yes"}),
        AssignReviewer(**base, reviewer=REVIEWER, attested_no_conflict=True),
        DecideCase(**base, reviewer=REVIEWER, outcome="UPHELD_PROVIDER", rationale="You may go home safely."),
        *(step(case_id, "told", party=party, how=How.PHONE) for party in parties),
        *(step(case_id, "letter_left", party=party) for party in parties),
    )
    assert (await office.item(case_id))["state"] == "NOTIFIED"
    assert await asked(office) == []
    found = await asked(office, "/supervision")
    assert found["queues"] == [{"role": None, "items": 1, "unclaimed": 1, "overdue": 0}]
    (refused,) = await office.ask(ClaimWork(actor=ANN, case_id=case_id))
    assert isinstance(refused, CommandRejected)
    assert [reason.code for reason in refused.reasons] == ["NOBODYS_TURN"]


async def test_the_gauges_show_each_queue_and_zero_for_an_empty_one(office: Office) -> None:
    case_id = await complete(office)
    gauges = Gauges(office.pool, lambda: office.now)
    await gauges.show()

    def shown(role: WorkRole) -> tuple[float, float, float]:
        all_three = (metrics.WORK_ITEMS, metrics.WORK_UNCLAIMED, metrics.WORK_OVERDUE)
        items, unclaimed, overdue = (gauge.labels(role.value)._value.get() for gauge in all_three)
        return items, unclaimed, overdue

    assert shown(WorkRole.TRIAGE) == (1, 1, 0)
    assert shown(WorkRole.PANEL) == (0, 0, 0)
    await office.done(ClaimWork(actor=ANN, case_id=case_id))
    office.now = utc("2026-07-06T00:00:00-05:00")
    await gauges.show()
    assert shown(WorkRole.TRIAGE) == (1, 0, 1)
