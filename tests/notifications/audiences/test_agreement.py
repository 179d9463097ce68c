"""The set-wise query finds who the pure meaning finds, and finds them fast."""

import datetime as dt
import random
from collections import Counter
from uuid import UUID

import asyncpg

from services.notifications.domain.audiences.estimates import Alike, Estimate, estimate
from services.notifications.domain.audiences.matching import is_meant, parts_in
from services.notifications.domain.audiences.reach import channel, left_out
from services.notifications.domain.campaigns.sending import Member
from services.notifications.repository import audiences
from shared.contracts.notifications.campaigns import Audience
from shared.contracts.notifications.contacts import ContactFacts
from shared.contracts.notifications.terms import Part
from tests.notifications.audiences.world import TODAY, World
from tests.notifications.campaigns.asking import contact_id, facts

_POSTAL = {"lines": ["1 Main St"], "city": "Boston", "state": "MA", "zip_code": "02101"}
_VALUES = {
    "states": ["MA", "RI", "TX"],
    "settings": ["NURSING_HOME", "HOSPITAL"],
    "tasks": ["C.2", "C.3"],
    "collaboratives": ["NNHQCC", "CUSP"],
    "cohorts": ["A", "B"],
    "communities": ["c1", "c2"],
    "coalitions": ["c1", "c2"],
    "measures": ["falls:signalled", "falls:gap"],
}
_WORDS = ("state", "setting", "task", "collaborative", "cohort", "community", "coalition", "measure")
_PLACES = [*(f"facility:{n}" for n in range(12)), "state:MA", "community:c1", "coalition:c2", "collaborative:CUSP"]
_PLACES += ["any:any", "qio:one"]


def some_contact(dice: random.Random, places: list[str]) -> ContactFacts | None:
    """A contact of any sort, forgotten ones among them."""
    if dice.random() < 0.05:
        return None
    holds = []
    for _ in range(dice.randrange(4)):
        since = TODAY + dt.timedelta(days=dice.randrange(-3, 3))
        until = dice.choice([None, None, since + dt.timedelta(days=dice.randrange(3))])
        holds.append({"part": dice.choice([*Part]), "place": dice.choice(places), "since": since, "until": until})
    addresses = {"email": "a@b.example", "postal": _POSTAL, "portal": "p1", "phone": "1-866-555-0100"}
    wished = dice.sample(["email", "letter", "portal", "call", "sms"], dice.randrange(6))
    return facts(
        holds=holds,
        stopped=dice.random() < 0.1,
        addresses={name: value for name, value in addresses.items() if dice.random() < 0.5},
        preferences={"language": dice.choice(["en", "es"]), "channels": wished},
    )


def some_world(dice: random.Random, contacts: int) -> World:
    """Places with any traits and contacts of any sort."""
    kinds = list(zip(_WORDS, _VALUES.values(), strict=True))
    roster = {
        place: frozenset(f"{word}:{one}" for word, values in kinds for one in values if dice.random() < 0.4)
        for place in _PLACES[:14]
    }
    lists = ["updates", "falls", "updates-left"]
    return World(
        contacts={number: some_contact(dice, _PLACES) for number in range(contacts)},
        roster=roster,
        lists={number: frozenset(dice.sample(lists, 1)) for number in range(contacts) if dice.random() < 0.5},
    )


def some_audience(dice: random.Random) -> Audience:
    """Any audience of a few clauses."""
    while True:
        clauses = {
            name: dice.sample(values, dice.randrange(1, 3)) for name, values in _VALUES.items() if dice.random() < 0.25
        }
        if dice.random() < 0.4:
            clauses["parts"] = dice.sample([*Part], 6)
        if dice.random() < 0.3:
            clauses["lists"] = dice.sample(["updates", "falls"], dice.randrange(1, 3))
        if clauses:
            return Audience.model_validate(clauses)


def expected(world: World, audience: Audience, list_id: str | None) -> dict[UUID, Member]:
    """The audience as its meaning says."""
    found = {}
    for number, held in world.contacts.items():
        lists = frozenset(one for one in world.lists.get(number, ()) if not one.endswith("-left"))
        if held is not None and is_meant(audience, held.holds, lists, world.roster, TODAY):
            parts = parts_in(audience, held.holds, world.roster, TODAY)
            found[contact_id(number)] = Member(contact_id(number), held, parts, left_out(held, list_id, lists))
    return found


def counted(members: dict[UUID, Member]) -> Estimate:
    groups = Counter(
        (one.parts, channel(one.facts), one.facts.preferences.language, one.left_out) for one in members.values()
    )
    return estimate(Alike(*alike, count) for alike, count in groups.items())


async def test_the_query_and_the_meaning_of_an_audience_agree(pool: asyncpg.Pool) -> None:
    dice = random.Random(9)
    met = Counter[bool]()
    for _ in range(4):
        world = some_world(dice, 80)
        await world.keep(pool)
        async with pool.acquire() as conn:
            for _ in range(60):
                audience, list_id = some_audience(dice), dice.choice([None, None, "updates", "falls"])
                wanted = expected(world, audience, list_id)
                found = await audiences.behind(conn, audience, list_id, TODAY, None, 1_000)
                assert {one.contact: one for one in found} == wanted, audience
                assert [one.contact for one in found] == sorted(wanted, key=str)
                assert await audiences.size(conn, audience, list_id, TODAY) == counted(wanted)
                met[bool(wanted)] += 1
    assert min(met[True], met[False]) > 20  # both sorts of audience were met


async def test_pages_behind_a_cursor_make_up_the_whole_audience(pool: asyncpg.Pool) -> None:
    world = some_world(random.Random(3), 60)
    await world.keep(pool)
    audience = Audience(parts=tuple(Part))
    wanted = sorted(expected(world, audience, None), key=str)
    found: list[UUID] = []
    async with pool.acquire() as conn:
        while page := await audiences.behind(conn, audience, None, TODAY, found[-1] if found else None, 7):
            found += [one.contact for one in page]
    assert found == wanted


async def test_an_audience_of_all_homes_and_fifty_thousand_contacts_is_estimated_exactly(pool: asyncpg.Pool) -> None:
    dice = random.Random(1)
    homes = [f"facility:{number}" for number in range(15_676)]
    roster = {
        home: frozenset(
            {f"state:{dice.choice(['MA', 'RI', 'TX', 'CA'])}", "setting:NURSING_HOME", f"cohort:{dice.choice('AB')}"}
            | ({"measure:falls:signalled"} if dice.random() < 0.1 else set())
        )
        for home in homes
    }
    parts = [*Part]
    contacts: dict[int, ContactFacts | None] = {
        number: facts(
            number,
            holds=[
                {"part": dice.choice(parts), "place": dice.choice(homes), "since": "2014-01-01"}
                for _ in range(dice.randrange(1, 4))
            ],
        )
        for number in range(50_000)
    }
    world = World(contacts, roster, {})
    await world.keep(pool)
    widest = Audience(settings=("NURSING_HOME",))
    narrow = Audience(parts=(Part.OWNER,), cohorts=("B",), measures=("falls:signalled",))
    async with pool.acquire() as conn:
        assert (await audiences.size(conn, widest, None, TODAY)).total == 50_000
        for audience in (widest, narrow):
            assert await audiences.size(conn, audience, None, TODAY) == counted(expected(world, audience, None))
            assert len(await audiences.behind(conn, audience, None, TODAY, None, 100)) == 100
