"""Any walk of commands leaves machines within their tables, spread a tree in order, and records made again."""

import datetime as dt
from collections.abc import Callable, Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.recruitment.domain.practices.practice_kind import PRACTICE, Practice, PracticePhase
from services.recruitment.domain.practices.spread_kind import ADOPTION, Adoptions, AdoptionStatus
from services.recruitment.domain.practices.spreading import spread
from services.recruitment.domain.practices.testing_state import ChangeTest, TestPhase
from shared.contracts.message import Command
from shared.contracts.notifications import NoticeRequested
from shared.messaging.handling import Accepted
from tests.recruitment.desk import Desk
from tests.recruitment.practices import cast
from tests.recruitment.practices.cast import ASH, ELM, FIR, OAK, YEW, again, desk, heard

DAYS = [dt.date(2014, 11, 1) + dt.timedelta(days=number) for number in range(0, 130, 6)]
WHO = (ELM, OAK, YEW, FIR, ASH)
PEERS = (*(heard(participant=one) for one in WHO), heard("NOTICE"))
# What can be asked of a test, a practice, on a day, with a number that means what the command makes of it.
MOVES: tuple[Callable[[str, str, str, int], Command], ...] = (
    lambda _, __, on, n: cast.plan(WHO[n % 5], on),
    lambda test, _, on, __: cast.do(test, on),
    lambda test, _, on, n: cast.study(test, on, [{"unit": "falls", "value": n}] * (n % 3)),
    lambda test, _, on, n: cast.act(test, ("ADOPT", "ADAPT", "ABANDON")[n % 3], on),
    lambda test, _, on, n: cast.wish(test, n % 2 == 0, on),
    lambda test, _, on, n: cast.correct(test, n % 2 + 1, planned_on=on),
    lambda test, _, on, n: cast.draft(drafted_on=on, origin={"participant": ELM, "since": on, "test": test}),
    lambda _, practice, on, n: cast.revise(practice, on, title=str(n % 3), author=("ida", "ben")[n % 2]),
    lambda _, practice, on, n: cast.review(practice, ("ida", "ben")[n % 2], on),
    lambda _, practice, on, __: cast.publish(practice, on),
    lambda _, practice, on, n: cast.share(practice, *WHO[: n % 5 + 1], on=on),
    lambda _, practice, on, n: cast.name(practice, n % 2 == 0, on),
    lambda _, practice, on, n: cast.retire(practice, on) if n == 7 else cast.take_up(practice, WHO[1], PEERS[0], on),
    *(2 * (lambda _, practice, on, n: cast.take_up(practice, WHO[n % 5], PEERS[n % 6], on),)),
    lambda _, practice, on, n: cast.adopt(practice, WHO[n % 5], on),
    lambda _, practice, on, n: cast.abandon(practice, WHO[n % 5], on),
    lambda _, practice, on, n: cast.amend(practice, WHO[n % 5], since=on),
    lambda _, practice, on, n: cast.amend(practice, WHO[n % 5], heard=PEERS[n % 6]),
)
moves = st.tuples(st.sampled_from(MOVES), st.sampled_from(DAYS), st.integers(0, 29))


def in_order(held: Adoptions, practice: Practice) -> None:
    """Everybody comes of the first, and nobody of somebody who began later."""
    found = spread(practice, held, {})
    began = {one.participant: one.since for one in found.links}
    assert len(began) == len(found.links) == len(held.by) + (practice.origin is not None)
    generation = {one.participant: one.generation for one in found.links}
    for one in found.links:
        if one.teacher is not None:
            assert began[one.teacher] <= one.since
            assert generation[one.teacher] + 1 == one.generation
    adopters = found.adopters()
    assert [found.days_to(many + 1) for many in range(len(adopters))] == [
        (day - adopters[0][0]).days for day, _ in adopters
    ]


def sound(at: Desk) -> None:
    for record in at.records.values():
        match record:
            case ChangeTest():
                assert record.in_order()
                assert (record.phase is TestPhase.ADOPTED) == (record.adopted_on() is not None)
            case Practice():
                assert (record.phase is PracticePhase.DRAFT) <= (not record.versions)
                for one in record.versions:
                    assert one.content.evidence
                    assert one.review is not None
                    assert one.review.reviewed_by not in one.authors
            case Adoptions():
                in_order(record, at.held(PRACTICE, record.id))
                for adoption in record.by.values():
                    assert adoption.status is not AdoptionStatus.ADOPTED or adoption.evidence is not None
                    assert adoption.since <= adoption.last_day()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(moves, min_size=5, max_size=40), st.booleans())
def test_any_walk_is_sound_and_made_again_from_its_events(
    walk: Sequence[tuple[Callable[[str, str, str, int], Command], dt.date, int]], begun: bool
) -> None:
    at = desk()
    test = str(at.done(cast.plan())["test"])
    practice = cast.published(at) if begun else str(at.done(cast.draft(origin=None, evidence=[]))["practice"])
    for move, day, number in walk:
        at.ask(move(test, practice, str(day), number))
        sound(at)
    assert again(at) == at.records
    told = [emit.event.notice_id for emit in at.said if isinstance(emit.event, NoticeRequested)]
    assert len(told) == len(set(told))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5), st.sampled_from(DAYS)), max_size=40))
def test_spread_is_a_tree_however_it_was_recorded_and_corrected(walk: list[tuple[int, int, dt.date]]) -> None:
    at = desk()
    practice = cast.published(at)
    at.done(cast.share(practice, *WHO))
    for who, source, day in walk:
        if isinstance(at.ask(cast.take_up(practice, WHO[who], PEERS[source], str(day))), Accepted):
            continue
        at.ask(cast.amend(practice, WHO[who], heard=PEERS[source], since=str(day)))
        if (held := at.records.get(ADOPTION.key(practice))) is not None:
            assert isinstance(held, Adoptions)
            in_order(held, at.held(PRACTICE, practice))
