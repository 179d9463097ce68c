"""Names that were erased are left to the broker to clean away: one record a day behind them, over a real database."""

import datetime as dt

import asyncpg

from services.recruitment.domain.registry import KINDS
from services.recruitment.erasable import ERASABLE
from shared.contracts.recruitment.family_partners import RegisterPartner, WithdrawConsent
from shared.records.tidying import Tidying
from tests.recruitment.desk import NOW
from tests.recruitment.support import STORE
from tests.recruitment.test_commands import carry_out, types

DAY = dt.timedelta(days=1)
REGISTER = RegisterPartner.model_validate(
    {"actor": "t", "display_name": "Oak", "state": "MA", "consented_on": "2015-03-01", "consent": "SPOKEN"}
)


async def test_a_day_has_one_record_from_the_first_name_that_was_erased_on(pool: asyncpg.Pool) -> None:
    now = [NOW]
    tidy = Tidying(pool, KINDS, STORE, lambda: now[0], ERASABLE)

    async def said() -> int:
        for _ in range(2):
            await tidy()
        return (await types(pool)).count("recruitment.PartnerNamesTidied.v1")

    await carry_out(pool, REGISTER)
    assert await said() == 0
    participant = await pool.fetchval("SELECT id FROM record WHERE kind = 'family-partner'")
    await carry_out(pool, WithdrawConsent(actor="t", participant=participant, on=NOW.date()), first=1)
    assert await said() == 1
    now[0] += DAY
    assert await said() == 2
    rows = await pool.fetch("SELECT sequence FROM outbox WHERE aggregateid = 'tidied' ORDER BY position")
    assert [row["sequence"] for row in rows] == ["1:1", "1:2"]
