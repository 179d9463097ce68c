"""Any walk of commands leaves consent, pairings and questions sound, and records made again from their events."""

import datetime as dt
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.recruitment.domain.peers.consent_kind import PEER_CONSENT, PeerConsent
from services.recruitment.domain.peers.consenting import NEEDED
from services.recruitment.domain.peers.pairing_kind import RUNNING, Pairing, PairingStatus, Round, pairing_id
from services.recruitment.domain.peers.question_kind import PostStatus, Question
from shared.contracts.message import Command
from shared.contracts.recruitment.pairings import PAIRINGS
from shared.contracts.recruitment.peer_terms import PeerScope, Side
from shared.messaging.handling import Emit
from tests.recruitment.desk import Desk
from tests.recruitment.networks.cast import FAR, HOME, NEW, OTHER
from tests.recruitment.peers import cast
from tests.recruitment.peers.cast import again, desk, lapse

DAYS = [dt.date(2014, 10, 1) + dt.timedelta(days=number) for number in range(0, 157, 6)]
WHO = (HOME, OTHER, FAR, NEW)
TODAY = dt.date(2015, 3, 6)
SCOPES = tuple(one.value for one in PeerScope)
BY = (f"participant:{HOME}", f"participant:{OTHER}", "person:ida", "person:bob-b")


def pair(number: int) -> str:
    return pairing_id(WHO[number % 3], WHO[(number + 1) % 3], "FALLS")


# What can be asked, by day and number, which means what the command makes of it; ``names``: the questions there are.
MOVES: tuple[Callable[[list[str], str, int], Command], ...] = (
    lambda _, on, n: cast.give(WHO[n % 4], *SCOPES[: n % 4 + 1], on=on),
    lambda _, on, n: cast.withdraw(WHO[n % 4], *SCOPES[n % 4 : n % 4 + n % 3], on=on),
    lambda _, on, n: cast.propose(WHO[n % 3], WHO[(n + 1) % 3], on, network=None),
    lambda _, on, n: cast.propose(WHO[(n + 1) % 3], WHO[n % 3], on),
    lambda _, on, n: cast.agree(pair(n), on),
    lambda _, on, n: cast.agree(pair(n), on),
    lambda _, on, n: cast.decline(pair(n), on),
    lambda _, on, n: cast.meet(pair(n), on),
    lambda _, on, n: cast.meet(pair(n), on),
    lambda _, on, n: cast.end(pair(n), on),
    lambda _, on, n: cast.ask(BY[n % 4], on),
    lambda names, on, n: cast.answer(names[n % len(names)], BY[n % 4], on),
    lambda names, on, n: cast.moderate(names[n % len(names)], ("PUBLISH", "REJECT", "WITHDRAW")[n % 5 % 3], on),
    lambda names, on, n: cast.moderate(names[n % len(names)], on=on, answer=n % 3 + 1, moderator="bob-b"),
    lambda names, on, n: cast.moderate(names[n % len(names)], "WITHDRAW", on, answer=n % 3 + 1),
    lambda names, on, n: cast.mark(names[n % len(names)], "ACCEPTED", BY[n % 4], answer=n % 3 + 1, marked_on=on),
    lambda names, on, n: cast.mark(names[n % len(names)], "HELPFUL", BY[n % 4], answer=n % 3 + 1, marked_on=on),
)
moves = st.tuples(st.sampled_from(MOVES), st.sampled_from(DAYS), st.integers(0, 59))


def sound(at: Desk) -> None:
    """What holds of the records whatever happened to them."""
    for record in at.records.values():
        match record:
            case PeerConsent():
                for spells in record.scopes.values():
                    assert all(one.until is None or one.given_on <= one.until for one in spells)
                    assert all(one.until is not None and one.until <= then.given_on for one, then in pairwise(spells))
            case Pairing():
                for one in (*record.earlier, record.this_time()):
                    of_round(one)
                assert all(one.status not in RUNNING for one in record.earlier)
                assert record.learner != record.teacher
            case Question():
                of_question(record)


def of_round(one: Round) -> None:
    """Each time by itself: what it came to is what is recorded of it."""
    over = one.ended_on is not None or one.lapse is not None
    assert over == (one.status not in RUNNING)
    assert (one.agreed_on is None) <= (not one.meetings and one.helped is None)
    assert (one.status is PairingStatus.MEETING) <= bool(one.meetings)
    assert one.meetings or one.taken_over is None
    assert all(met.held_on < then.held_on for met, then in pairwise(one.meetings))
    assert one.proposed_on <= one.latest_day()


def of_question(one: Question) -> None:
    """Only what was published is accepted or marked, and nobody marks their own."""
    seen = [number for number, held in enumerate(one.answers, start=1) if held.status is PostStatus.PUBLISHED]
    assert one.accepted is None or one.accepted in seen
    for held in one.answers:
        assert len(held.helpful) == len(set(held.helpful))
        assert held.answerer not in held.helpful
        assert not held.helpful or held.status in {PostStatus.PUBLISHED, PostStatus.WITHDRAWN}


def consented(at: Desk) -> None:
    """Once the clock went by, every pairing that runs has the consent of both ever since it was proposed."""
    for record in [one for one in at.records.values() if isinstance(one, Pairing)]:
        at.said += [Emit(PAIRINGS.name, record.id, event) for event in lapse(at, record.id, TODAY)]
    for record in [one for one in at.records.values() if isinstance(one, Pairing)]:
        if record.status in RUNNING:
            for side in Side:
                held = at.held(PEER_CONSENT, record.side(side))
                assert held.gap(NEEDED[side], record.proposed_on) is None


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(moves, st.booleans()), min_size=5, max_size=45))
def test_any_walk_is_sound_and_made_again_from_its_events(walk: list[tuple[Any, bool]]) -> None:
    at = desk()
    names = [cast.published(at)]
    for (move, day, number), clock in walk:
        at.ask(move(names, str(day), number))
        names = [key.partition(":")[2] for key in at.records if key.startswith("network-question:")]
        if clock:
            consented(at)
        sound(at)
    assert again(at) == at.records
