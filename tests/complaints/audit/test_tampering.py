"""Whoever changes the audit, even as the database's superuser, is found out, with the case and the line."""

import asyncio
import datetime as dt
from uuid import UUID

import asyncpg
import pytest

from services.complaints.auditing import chain as audit
from services.complaints.auditing import check as audit_check
from services.complaints.auditing.anchors import Digest
from services.complaints.auditing.findings import Finding, Kind
from tests.complaints.audit.conftest import MINUTE, Ledger
from tests.complaints.disclosure.support import KEYRING, NOW, put_case

ALTER = "UPDATE audit SET actor = 'nobody' WHERE case_id = $1 AND number = $2"
DELETE = "DELETE FROM audit WHERE case_id = $1 AND number = $2"
TAIL = "DELETE FROM audit WHERE case_id = $1 AND number > $2"
HEAD = (
    "UPDATE audit_head SET number = $2, hash = coalesce((SELECT hash FROM audit WHERE case_id = $1 AND number = $2), "
    "$3) WHERE case_id = $1"
)


async def rewrite(ledger: Ledger, case_id: UUID, first: int) -> None:
    """Forge a line and make everything after it, the recorded end too, fit again."""
    rows = await ledger.superuser.fetch("SELECT * FROM audit WHERE case_id = $1 ORDER BY number", case_id)
    previous = audit.GENESIS
    for row in rows:
        actor = "nobody" if row["number"] == first else row["actor"]
        line = audit.Line(case_id, row["at"], actor, row["action"], row["purpose"])
        made = audit.hash_of(line, row["number"], previous)
        await ledger.tamper(
            "UPDATE audit SET actor = $3, previous = $4, hash = $5 WHERE case_id = $1 AND number = $2",
            *(case_id, row["number"], actor, previous, made),
        )
        previous = made
    await ledger.tamper("UPDATE audit_head SET hash = $2 WHERE case_id = $1", case_id, previous)


async def forge(ledger: Ledger, case_id: UUID, number: int, *, whole: bool) -> bytes:
    """Put a line behind the others; ``whole``: with the hash that it ought to have."""
    previous = await ledger.superuser.fetchval(
        "SELECT hash FROM audit WHERE case_id = $1 AND number = $2", case_id, number - 1
    )
    line = audit.Line(case_id, NOW, "nobody", "nothing")
    digest = audit.hash_of(line, number, previous) if whole else bytes(range(32))
    await ledger.tamper(
        "INSERT INTO audit (case_id, number, at, actor, action, previous, hash) "
        "VALUES ($1, $2, $3, 'nobody', 'nothing', $4, $5)",
        *(case_id, number, NOW, previous, digest),
    )
    return digest


async def test_an_untouched_audit_is_sound_with_and_without_anchors(ledger: Ledger) -> None:
    assert await ledger.findings() == []
    await ledger.anchor()
    await ledger.grow(ledger.cases[1], 2)
    await ledger.anchor(NOW + MINUTE)
    async with ledger.pool.acquire() as conn:
        report = await audit_check.verify(conn, KEYRING, None, ledger.receipts)
    assert (report.lines, report.chains, report.anchors, report.findings) == (26, 4, 2, [])
    assert await ledger.findings(ledger.cases[0]) == []


@pytest.mark.parametrize("line", [1, 3, 6])
async def test_an_altered_line_is_named(ledger: Ledger, line: int) -> None:
    case = ledger.cases[1]
    await ledger.tamper(ALTER, case, line)
    assert await ledger.findings() == [Finding(Kind.ALTERED, case, line)]
    assert await ledger.findings(case) == [Finding(Kind.ALTERED, case, line)]
    assert await ledger.findings(ledger.cases[0]) == []


async def test_reads_are_guarded_like_writes_also_those_of_many_cases(ledger: Ledger) -> None:
    await ledger.tamper("UPDATE audit SET purpose = 'operations' WHERE number = 3 AND purpose IS NOT NULL")
    cases = (audit.REGISTER, *ledger.cases)
    assert await ledger.findings() == [Finding(Kind.ALTERED, case, 3) for case in cases]


async def test_an_altered_line_with_a_hash_that_fits_it_is_named(ledger: Ledger) -> None:
    case = ledger.cases[0]
    row = await ledger.superuser.fetchrow("SELECT * FROM audit WHERE case_id = $1 AND number = 4", case)
    line = audit.Line(case, row["at"], "nobody", row["action"], row["purpose"])
    forged = audit.hash_of(line, 4, row["previous"])
    await ledger.tamper("UPDATE audit SET actor = 'nobody', hash = $2 WHERE case_id = $1 AND number = 4", case, forged)
    assert await ledger.findings() == [Finding(Kind.ALTERED, case, 4)]


@pytest.mark.parametrize("line", [1, 3, 5])
async def test_a_deleted_line_is_named(ledger: Ledger, line: int) -> None:
    case = ledger.cases[2]
    await ledger.tamper(DELETE, case, line)
    assert await ledger.findings() == [Finding(Kind.MISSING, case, line)]


async def test_a_deleted_line_is_named_when_the_others_close_up(ledger: Ledger) -> None:
    case = ledger.cases[2]
    await ledger.tamper(DELETE, case, 3)
    for number in (4, 5, 6):
        await ledger.tamper("UPDATE audit SET number = number - 1 WHERE case_id = $1 AND number = $2", case, number)
    assert await ledger.findings() == [Finding(Kind.OUT_OF_ORDER, case, 3)]


async def test_a_deleted_tail_is_named_by_its_first_line(ledger: Ledger) -> None:
    case = ledger.cases[0]
    await ledger.tamper(TAIL, case, 4)
    assert await ledger.findings() == [Finding(Kind.MISSING, case, 5)]


async def test_a_deleted_tail_is_named_when_the_recorded_end_was_set_back(ledger: Ledger) -> None:
    case = ledger.cases[0]
    await ledger.anchor()
    await ledger.tamper(TAIL, case, 4)
    await ledger.tamper(HEAD, case, 4, b"")
    assert await ledger.findings() == [Finding(Kind.MISSING, case, 5)]
    assert await ledger.findings(case) == [Finding(Kind.MISSING, case, 5)]


async def test_without_an_anchor_a_tail_taken_with_its_end_leaves_no_trace(ledger: Ledger) -> None:
    """Why there are anchors."""
    await ledger.tamper(TAIL, ledger.cases[0], 4)
    await ledger.tamper(HEAD, ledger.cases[0], 4, b"")
    assert await ledger.findings() == []


@pytest.mark.parametrize("with_head", [False, True])
@pytest.mark.parametrize("anchored", [False, True])
async def test_a_deleted_chain_is_named(ledger: Ledger, with_head: bool, anchored: bool) -> None:
    case = ledger.cases[1]
    if anchored:
        await ledger.anchor()
    await ledger.tamper(TAIL, case, 0)
    if with_head:
        await ledger.tamper("DELETE FROM audit_head WHERE case_id = $1", case)
    assert await ledger.findings() == [Finding(Kind.MISSING, case, 1)]


async def test_a_chain_deleted_together_with_its_case_is_named_by_its_anchor(ledger: Ledger) -> None:
    case = ledger.cases[1]
    await ledger.anchor()
    for table in ("audit", "audit_head", "case_file"):
        await ledger.tamper(f"DELETE FROM {table} WHERE case_id = $1", case)
    assert await ledger.findings() == [Finding(Kind.MISSING, case, 1)]


@pytest.mark.parametrize(("one", "other"), [(2, 3), (2, 5), (1, 6)])
async def test_lines_that_changed_places_are_named_by_the_first(ledger: Ledger, one: int, other: int) -> None:
    case = ledger.cases[1]
    for before, after in ((one, -1), (other, one), (-1, other)):
        await ledger.tamper("UPDATE audit SET number = $3 WHERE case_id = $1 AND number = $2", case, before, after)
    assert await ledger.findings() == [Finding(Kind.OUT_OF_ORDER, case, one)]


@pytest.mark.parametrize(
    ("number", "finding"),
    [(6, (Kind.HEAD_ALTERED, 6)), (4, (Kind.ADDED, 5)), (9, (Kind.MISSING, 7)), (0, (Kind.HEAD_ALTERED, 0))],
)
async def test_an_altered_end_is_named(ledger: Ledger, number: int, finding: tuple[Kind, int]) -> None:
    case = ledger.cases[2]
    if number == 6:
        await ledger.tamper("UPDATE audit_head SET hash = $2 WHERE case_id = $1", case, b"forged")
    else:
        await ledger.tamper(HEAD, case, number, b"forged")
    assert await ledger.findings() == [Finding(finding[0], case, finding[1])]


async def test_a_removed_end_is_named(ledger: Ledger) -> None:
    await ledger.tamper("DELETE FROM audit_head WHERE case_id = $1", ledger.cases[2])
    assert await ledger.findings() == [Finding(Kind.HEAD_ALTERED, ledger.cases[2], 6)]


@pytest.mark.parametrize(("whole", "kind"), [(False, Kind.ALTERED), (True, Kind.ADDED)])
async def test_an_added_line_is_named(ledger: Ledger, whole: bool, kind: Kind) -> None:
    case = ledger.cases[0]
    await forge(ledger, case, 7, whole=whole)
    assert await ledger.findings() == [Finding(kind, case, 7)]


async def test_an_added_line_with_a_forged_hash_is_named_when_the_recorded_end_was_moved_to_it(
    ledger: Ledger,
) -> None:
    case = ledger.cases[0]
    forged = await forge(ledger, case, 7, whole=False)
    await ledger.tamper("UPDATE audit_head SET number = 7, hash = $2 WHERE case_id = $1", case, forged)
    assert await ledger.findings() == [Finding(Kind.ALTERED, case, 7)]


async def test_a_chain_made_anew_is_named_between_the_anchors_around_it(ledger: Ledger) -> None:
    case = ledger.cases[0]
    await ledger.anchor()
    await ledger.grow(case, 4)
    await ledger.anchor(NOW + MINUTE)
    await rewrite(ledger, case, first=8)
    assert await ledger.findings() == [Finding(Kind.ALTERED, case, 7, 10)]


async def test_an_altered_anchor_and_one_made_without_the_key_are_named(ledger: Ledger) -> None:
    case = ledger.cases[0]
    await ledger.anchor()
    await rewrite(ledger, case, first=2)
    fitting = "UPDATE audit_anchor_head SET hash = (SELECT hash FROM audit_head WHERE case_id = $1) WHERE case_id = $1"
    await ledger.tamper(fitting, case)
    assert await ledger.findings() == [Finding(Kind.ANCHOR_ALTERED, None, 1)]


async def test_an_anchor_made_to_fit_lacks_the_seal_that_only_the_key_makes(ledger: Ledger) -> None:
    case = ledger.cases[0]
    await ledger.anchor()
    await rewrite(ledger, case, first=2)
    fitting = "UPDATE audit_anchor_head SET hash = (SELECT hash FROM audit_head WHERE case_id = $1) WHERE case_id = $1"
    await ledger.tamper(fitting, case)
    digest = Digest()
    for row in await ledger.superuser.fetch("SELECT case_id, line, hash FROM audit_anchor_head ORDER BY case_id"):
        digest.add(row)
    await ledger.tamper("UPDATE audit_anchor SET digest = $1", digest.value())
    assert await ledger.findings() == [Finding(Kind.ANCHOR_ALTERED, None, 1)]


async def test_an_anchor_that_is_not_the_one_the_receipt_tells_of_is_named(ledger: Ledger) -> None:
    """A database put back to an earlier day and anchored again seals well, but not the same."""
    receipt = await ledger.anchor()
    assert receipt is not None
    ledger.receipts[:] = [receipt._replace(seal=bytes(32))]
    assert await ledger.findings() == [Finding(Kind.ANCHOR_ALTERED, None, 1)]


async def test_removed_anchors_are_named(ledger: Ledger) -> None:
    for turn in range(4):
        await ledger.anchor(NOW + turn * MINUTE)
        await ledger.grow(ledger.cases[0], 1)
    assert len(ledger.receipts) == 4
    await ledger.tamper("DELETE FROM audit_anchor_head WHERE anchor IN (2, 4)")
    await ledger.tamper("DELETE FROM audit_anchor WHERE number IN (2, 4)")
    found = await ledger.findings()
    # The third is bound to the second, and only a receipt outside knows of the fourth.
    assert found == [
        Finding(Kind.ANCHOR_MISSING, None, 2),
        Finding(Kind.ANCHOR_ALTERED, None, 3),
        Finding(Kind.ANCHOR_MISSING, None, 4),
    ]
    ledger.receipts.clear()
    assert Finding(Kind.ANCHOR_MISSING, None, 4) not in await ledger.findings()


async def test_an_anchor_takes_only_chains_that_grew_and_none_when_none_did(ledger: Ledger) -> None:
    first = await ledger.anchor()
    assert first is not None
    assert first.heads == 4
    assert await ledger.anchor(NOW + MINUTE) is None
    await ledger.grow(ledger.cases[2], 1)
    second = await ledger.anchor(NOW + MINUTE)
    assert second is not None
    assert (second.number, second.heads) == (2, 1)


async def test_anchors_at_once_and_while_lines_are_written_are_sound(ledger: Ledger) -> None:
    async def anchors(turn: int) -> None:
        await ledger.anchor(NOW + turn * MINUTE)

    await asyncio.gather(*map(anchors, range(6)), *(ledger.grow(case, 8) for case in ledger.cases))
    ledger.receipts.sort()
    assert await ledger.findings() == []


async def test_the_service_itself_cannot_change_lines_or_anchors(ledger: Ledger) -> None:
    await ledger.anchor()
    for table in ("audit", "audit_anchor", "audit_anchor_head"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET hash = ''", f"TRUNCATE {table}"):
            with pytest.raises((asyncpg.RaiseError, asyncpg.InsufficientPrivilegeError, asyncpg.UndefinedColumnError)):
                await ledger.pool.execute(statement)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await ledger.pool.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await ledger.pool.execute("SET session_replication_role = replica")


async def test_a_case_that_was_never_audited_is_named(ledger: Ledger) -> None:
    async with ledger.pool.acquire() as conn:
        case = await put_case(conn)
    assert await ledger.findings() == [Finding(Kind.MISSING, case, 1)]


async def test_every_case_has_its_first_finding_and_no_more(ledger: Ledger) -> None:
    await ledger.anchor()
    for case in ledger.cases:
        await ledger.tamper(ALTER, case, 2)
        await ledger.tamper(ALTER, case, 4)
        await ledger.tamper(DELETE, case, 6)
    assert await ledger.findings() == [Finding(Kind.ALTERED, case, 2) for case in ledger.cases]


async def test_lines_far_apart_in_time_and_zone_verify(ledger: Ledger) -> None:
    zone = dt.timezone(dt.timedelta(hours=-10))
    line = audit.Line(ledger.cases[0], dt.datetime(2010, 1, 1, 3, 0, 0, 123456, zone), "ü\u200d", "x", "")
    async with ledger.pool.acquire() as conn, conn.transaction():
        await audit.append(conn, [line])
    assert await ledger.findings() == []
