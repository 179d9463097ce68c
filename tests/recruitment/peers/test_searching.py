"""Published questions and answers are found by their words, and nothing else is."""

import asyncpg
import pytest

from services.recruitment.repository.questions import SEARCH
from shared.runtime.access import Problem
from tests.recruitment.peers.cast import answer, ask, desk, moderate, published
from tests.recruitment.peers.test_reading import api, save, told


async def test_search_finds_published_words_alone_and_readers_see_nothing_else(pool: asyncpg.Pool) -> None:
    at = desk()
    seen = published(at)
    at.done(answer(seen, text="Lanterns help."))
    other = published(at, text="Which chairs have alarms?", topic="RESTRAINTS")
    hidden = str(at.done(ask(text="Which huddles are hidden?"))["question"])
    at.done(moderate(other, "WITHDRAW", on="2014-12-06", answer=1))
    await save(pool, at)
    async with api(pool) as client, api(pool, "operator") as staff:
        assert [one["id"] for one in await told(client, "/question-search?words=huddling")] == [seen]
        (found,) = await told(client, "/question-search?words=briefly")
        assert [(one["number"], one["answerer"]) for one in found["answers"]] == [(1, None)]
        assert found["asker"] is None
        (named,) = await told(staff, "/question-search?words=briefly")
        assert None not in (named["asker"], named["answers"][0]["answerer"])
        assert await told(client, "/question-search?words=lanterns") == []
        assert await told(client, "/question-search?words=hidden") == []
        either = await told(client, "/question-search?words=alarm or huddle")
        assert {one["id"] for one in either} == {seen, other}
        assert [one["id"] for one in await told(client, "/question-search?words=alarms&topic=RESTRAINTS")] == [other]
        assert await told(client, "/question-search?words=alarms&topic=FALLS") == []
        assert await told(client, "/question-search?words=alarms -chairs") == []
        for nothing in ("' & | ! (", '"', ":*", "the", "-"):
            assert (await client.get("/question-search", params={"words": nothing})).json() == []
        assert (await client.get("/question-search?words=a%00b")).status_code == 422
        assert (await told(client, f"/network-questions/{other}"))["answers"] == []
        for name in (hidden, "nnhqcc.000000000000", "x%00"):
            with pytest.raises(Problem) as refusal:
                await client.get(f"/network-questions/{name}")
            assert refusal.value.status == 404
        with pytest.raises(Problem, match="staff-only"):
            await client.get("/network-questions")
        assert {one["id"] for one in await told(staff, "/network-questions")} == {seen, other, hidden}
        assert [one["id"] for one in await told(staff, "/network-questions?status=SUBMITTED")] == [hidden]
        assert [one["id"] for one in await told(staff, "/network-questions?answers=SUBMITTED")] == [seen]


async def test_the_search_can_use_its_index(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as conn, conn.transaction():
        await conn.execute("SET LOCAL enable_seqscan = off")
        plan = "\n".join(row[0] for row in await conn.fetch(f"EXPLAIN {SEARCH}", "huddles", "{}", 10))
    assert "record_question_words" in plan
