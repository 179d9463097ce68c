"""What staff read of lists and addresses, and who may."""

import datetime as dt
from pathlib import Path

import asyncpg
import httpx

from shared.contracts.notifications.lists import AskSubscription, Bounce, ConfirmSubscription, Reach, ReportBounce
from shared.runtime.tokens import LocalIssuer
from tests.notifications.lists.conftest import carry_out
from tests.notifications.lists.desk import ANA, BEN, EMAIL, IDS, LINKS, LIST
from tests.notifications.support import request, take_in
from tests.support.service import KEYRING


async def test_lists_members_and_counts_are_read_page_by_page(pool: asyncpg.Pool, staff: httpx.AsyncClient) -> None:
    token = LINKS.confirm(LIST, BEN).rpartition("/")[2]
    asked = [AskSubscription(actor="t", list_id=LIST, contact=who) for who in (ANA, BEN)]
    await carry_out(pool, [*asked, ConfirmSubscription(actor="t", token=token)], first=1)
    assert [row["id"] for row in (await staff.get("/lists")).json()] == [LIST]
    assert (await staff.get("/lists", params={"closed": True})).json() == []
    shown = (await staff.get(f"/lists/{LIST}")).json()
    assert shown["members"] == {"PENDING": 1, "EXPIRED": 0, "CONFIRMED": 1, "LEFT": 0}
    assert (await staff.get("/lists/no-such")).status_code == 404
    on_list = (await staff.get(f"/lists/{LIST}/members")).json()
    assert [row["contact"] for row in on_list] == [str(BEN)]
    after = {"after": on_list[0]["id"]}
    assert (await staff.get(f"/lists/{LIST}/members", params=after)).json() == []
    [one] = (await staff.get(f"/contacts/{ANA}/lists")).json()
    assert (one["list_id"], one["state"]) == (LIST, "PENDING")


async def test_a_bounce_of_a_notice_that_was_sent_marks_the_address_it_went_to(
    pool: asyncpg.Pool, staff: httpx.AsyncClient
) -> None:
    asked = request(1, email=EMAIL)
    await take_in(pool, [asked])
    known = {row["reach"]: row for row in (await staff.get(f"/notices/{asked.notice_id}/addresses")).json()}
    assert known["email"] == {"reach": "email", "address": str(IDS.of(Reach.EMAIL, EMAIL)), "facts": None}
    report = ReportBounce(
        actor="t", address=known["email"]["address"], notice=asked.notice_id, kind=Bounce.HARD, status="5.1.1"
    )
    await carry_out(pool, [report], first=1)
    of_contact = {row["reach"]: row for row in (await staff.get(f"/contacts/{ANA}/addresses")).json()}
    assert of_contact["email"]["facts"]["why"] == "HARD_BOUNCE"
    assert of_contact["postal"]["facts"] is None
    assert EMAIL not in str(of_contact)
    assert (await staff.get(f"/notices/{BEN}/addresses")).status_code == 404


async def test_a_notice_whose_recipient_cannot_be_unsealed_went_nowhere(
    pool: asyncpg.Pool, staff: httpx.AsyncClient
) -> None:
    asked = request(1, email=EMAIL)
    await take_in(pool, [asked])
    await pool.execute("UPDATE notice SET recipient = $1", KEYRING.encrypt(b"{}", "elsewhere"))
    assert (await staff.get(f"/notices/{asked.notice_id}/addresses")).status_code == 404


async def test_only_staff_may_read_who_is_on_a_list(staff: httpx.AsyncClient, tmp_path: Path) -> None:
    token = LocalIssuer.from_file(tmp_path / "token-key").issue("a", ["partner"], None, dt.timedelta(minutes=5))
    for path in ("/lists", f"/lists/{LIST}/members", f"/contacts/{ANA}/lists", f"/contacts/{ANA}/addresses"):
        answer = await staff.get(path, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 403
