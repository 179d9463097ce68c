"""Stories: nobody hears one that was not looked through, none goes beyond its consent, and an erased one is gone."""

import datetime as dt
from collections.abc import Callable
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.notifications.domain.engagement.kinds import STORY, Story
from services.notifications.domain.engagement.stories import MACHINE, Action
from services.notifications.erasable import ERASABLE
from shared.contracts.catalog import TOPICS
from shared.contracts.message import Command
from shared.contracts.notifications import REQUESTS
from shared.contracts.notifications.engagement import STORIES, Sharing, StoryErased, StoryState
from tests.notifications.engagement.voices import (
    COALITION,
    FAMILIES,
    OFFICE,
    TELLER,
    TODAY,
    WORDS,
    VoicesDesk,
    agree,
    aloud,
    amend,
    consent,
    learned,
    person,
    record,
    recorded,
    returned,
    review,
    share,
    thank,
    withdraw,
)
from tests.notifications.support import LETTERS

ANA, BEN, CY = (UUID(int=number) for number in range(1, 4))
MEMBER = ("COALITION_MEMBER", "coalition:c1")


def cleared(desk: VoicesDesk, sharing: str = "SHARE_WITH_NETWORK", **changed: Any) -> UUID:
    story = recorded(desk, sharing, **changed)
    desk.done(review(story))
    return story


def town(desk: VoicesDesk) -> None:
    desk.circle("COALITION_MEMBER", "coalition:c1", (ANA, person(MEMBER)), (BEN, person(MEMBER, stopped=True)))
    families = person(("FAMILY", "state:MA"), MEMBER, preferences={"language": "es"})
    desk.circle("FAMILY", "state:MA", (CY, families))


def test_a_story_is_shared_once_with_each_reader_who_wants_to_be_written_to() -> None:
    desk = VoicesDesk()
    town(desk)
    story = cleared(desk)
    assert desk.done(share(story, COALITION))["readers"] == 1
    (notice,) = desk.notices()
    assert (notice.recipient.contact, notice.recipient.role) == (ANA, "coalition")
    assert "told_by" not in notice.facts
    assert WORDS in " ".join(LETTERS.write(notice.notice_type, notice.recipient, notice.facts).text.split())
    desk.done(share(story, COALITION, what_changed="Two hospitals call first."))
    assert len({one.notice_id for one in desk.notices()}) == 1
    assert [one.readers for one in desk.story(story).told] == [1, 1]


def test_whoever_agreed_to_be_named_is_named_as_they_wished() -> None:
    desk = VoicesDesk()
    town(desk)
    story = cleared(desk, consent=consent(called="Ida from Elm Street"))
    desk.done(share(story, COALITION))
    assert desk.notices()[0].facts["told_by"] == "Ida from Elm Street"


def test_a_reader_gets_the_words_of_their_language_where_there_are_some() -> None:
    desk = VoicesDesk()
    town(desk)
    words = {"en": WORDS, "es": "Movieron a mi madre de noche y nadie nos avisó."}
    story = cleared(desk, "SHARE_PUBLICLY", words=words)
    desk.done(share(story, FAMILIES))
    (notice,) = desk.notices()
    assert notice.facts["words"] == words["es"]
    letter = LETTERS.write(notice.notice_type, notice.recipient, notice.facts)
    assert letter.language == "es"


def test_nobody_hears_a_story_before_it_was_looked_through_and_none_that_is_held() -> None:
    desk = VoicesDesk()
    town(desk)
    story = recorded(desk)
    assert desk.refused(share(story, COALITION)) == [("STATE", "story")]
    desk.done(review(story, clear=False))
    assert desk.refused(aloud(story)) == [("STATE", "story")]
    assert desk.refused(review(story)) == [("STATE", "story")]
    desk.done(amend(story, "They moved my mother at night."))
    desk.done(review(story))
    assert desk.done(aloud(story))["readers"] == 0


def test_words_that_were_amended_are_looked_through_again() -> None:
    desk = VoicesDesk()
    town(desk)
    story = cleared(desk)
    desk.done(amend(story, "They moved my mother at night."))
    assert desk.refused(share(story, COALITION)) == [("STATE", "story")]
    assert desk.story(story).reviewed_by is None


def test_the_public_hears_only_what_a_second_person_cleared() -> None:
    desk = VoicesDesk()
    story = recorded(desk, "SHARE_PUBLICLY", actor="nora")
    assert desk.refused(review(story, actor="nora")) == [("SAME_PERSON", "actor")]
    desk.done(review(story, actor="olga"))
    assert desk.done(aloud(story, public=True))["state"] == "CLEARED"


def test_who_agrees_to_more_has_the_story_looked_through_again_and_to_less_not() -> None:
    desk = VoicesDesk()
    story = cleared(desk, "SHARE_WITH_NETWORK")
    desk.done(agree(story, "SHARE_PUBLICLY"))
    assert desk.story(story).state is StoryState.RECORDED
    desk.done(review(story))
    desk.done(agree(story, "SHARE_WITH_NETWORK"))
    assert desk.story(story).state is StoryState.CLEARED
    assert desk.refused(aloud(story, public=True)) == [("NO_CONSENT", "public")]


@pytest.mark.parametrize(("sharing", "field"), [("KEEP", "story"), ("SHARE_WITH_NETWORK", "readers")])
def test_no_story_goes_beyond_what_was_agreed_to(sharing: str, field: str) -> None:
    desk = VoicesDesk()
    town(desk)
    story = cleared(desk, sharing)
    assert desk.refused(share(story, FAMILIES)) == [("NO_CONSENT", field)]


def test_sharing_says_with_whom_and_in_whose_name() -> None:
    desk = VoicesDesk()
    town(desk)
    story = cleared(desk)
    assert desk.refused(share(story)) == [("NOBODY_HEARS", "readers")]
    assert desk.refused(share(story, COALITION, office=None)) == [("OFFICE_MISSING", "office")]
    nobody = {"part": "COALITION_MEMBER", "place": "coalition:elsewhere"}
    assert desk.refused(share(story, nobody)) == [("NOBODY_HEARS", "readers")]
    ahead = TODAY + dt.timedelta(days=2)
    assert desk.refused(share(story, COALITION, on=ahead)) == [("DAY_AHEAD", "on")]


def test_at_most_a_thousand_hear_it_at_once() -> None:
    desk = VoicesDesk()
    desk.circle("COALITION_MEMBER", "coalition:c1", *((UUID(int=n), person(MEMBER)) for n in range(1, 1_002)))
    assert desk.refused(share(cleared(desk), COALITION)) == [("TOO_MANY", "readers")]


def test_a_part_that_ended_makes_no_reader() -> None:
    desk = VoicesDesk()
    ended = [{"part": MEMBER[0], "place": MEMBER[1], "since": "2015-01-01", "until": "2015-02-01"}]
    desk.circle(*MEMBER, (ANA, person(holds=ended)))
    assert desk.refused(share(cleared(desk), COALITION)) == [("NOBODY_HEARS", "readers")]


def test_the_teller_is_thanked_once_with_the_number_and_what_they_agreed_to() -> None:
    desk = VoicesDesk()
    desk.known(preferences={"language": "es"})
    story = recorded(desk, contact=TELLER)
    desk.done(thank(story))
    assert desk.done(thank(story))["changed"] is False
    (notice,) = desk.notices()
    letter = LETTERS.write(notice.notice_type, notice.recipient, notice.facts)
    assert letter.language == "es"
    assert str(story) in letter.text
    assert "mejorar la atención" in " ".join(letter.text.split())
    assert OFFICE["phone"] in letter.text


def test_nobody_but_the_teller_is_thanked() -> None:
    desk = VoicesDesk()
    desk.known()
    desk.known(ANA)
    story = recorded(desk)
    assert desk.refused(thank(story)) == [("NOT_THE_TELLER", "contact")]
    named = recorded(desk, contact=TELLER)
    assert desk.refused(thank(named, ANA)) == [("NOT_THE_TELLER", "contact")]
    assert desk.refused(record(contact=CY)) == [("CONTACT_UNKNOWN", "contact")]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"language": "es"}, ("WORDS_MISSING", "words")),
        ({"words": {"en": " " * 12}}, ("WORDS_MISSING", "words")),
        ({"received_on": TODAY + dt.timedelta(days=2)}, ("DAY_AHEAD", "received_on")),
        ({"consent": consent(on=TODAY + dt.timedelta(days=2))}, ("DAY_AHEAD", "consent.on")),
        ({"consent": consent(called="  ")}, ("NAME_EMPTY", "consent.called")),
    ],
)
def test_what_cannot_be_so_is_refused_with_its_field(changed: dict[str, Any], reason: tuple[str, str]) -> None:
    assert VoicesDesk().refused(record(**changed)) == [reason]


def test_a_story_whose_consent_is_withdrawn_is_gone_from_records_and_from_every_event_that_is_kept() -> None:
    desk = VoicesDesk()
    town(desk)
    desk.known()
    story = recorded(desk, contact=TELLER, consent=consent(called="Ida from Elm Street"))
    desk.done(amend(story, WORDS + " It was cold."))
    desk.done(review(story))
    desk.done(share(story, COALITION))
    desk.done(thank(story))
    feedback = UUID(desk.done(learned())["feedback"])
    desk.done(returned(feedback))
    assert desk.done(withdraw(story))["changed"] is True
    assert desk.done(withdraw(story))["changed"] is False
    assert desk.held(STORY, str(story)).facts is None
    secrets = ("Quillfeather", "Elm Street")
    assert not any(secret in str(desk.own()) for secret in secrets)
    compacted = {topic.name for topic in TOPICS if topic.compacted}
    kept = [emit for emit in desk.said if emit.topic not in compacted and emit.topic != REQUESTS.name]
    kept += {(emit.topic, emit.key): emit for emit in desk.said if emit.topic in compacted}.values()
    assert kept
    assert not any(secret in str(kept) for secret in secrets)
    assert desk.again() == desk.own()
    assert VoicesDesk().has(*(emit.event for emit in kept)).records == desk.own()


def test_what_was_requested_is_gone_from_the_broker_within_the_time_that_is_said() -> None:
    assert not REQUESTS.compacted
    assert not REQUESTS.history
    assert f"within {REQUESTS.retention_days} days" in STORIES.summary
    assert STORIES.name in {one.tidied.topic for one in ERASABLE}


def test_of_an_erased_story_nothing_is_done_any_more() -> None:
    desk = VoicesDesk()
    town(desk)
    story = cleared(desk)
    desk.done(withdraw(story))
    for command in (amend(story, WORDS), agree(story, "KEEP"), review(story), share(story, COALITION), thank(story)):
        assert desk.refused(command) == [("STORY_ERASED", "story")]
    unknown: list[Command] = [amend(CY, WORDS), review(CY), share(CY, COALITION), thank(CY), withdraw(CY)]
    for one in unknown:
        assert desk.refused(one) == [("STORY_UNKNOWN", "story")]


def test_the_machine_says_of_each_pair_what_follows_or_why_not() -> None:
    refused = {pair for pair in product(StoryState, Action) if MACHINE.after(*pair) is None}
    assert refused == {
        (StoryState.RECORDED, Action.SHARE),
        (StoryState.HELD, Action.SHARE),
        (StoryState.HELD, Action.CLEAR),
    }


ids = st.integers(0, 3)
sharings = st.sampled_from([*Sharing]).map(str)
Step = tuple[str, int, Any]
steps: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("record"), ids, sharings),
    st.tuples(st.just("amend"), ids, st.sampled_from(["They moved her at night.", "They moved him by day."])),
    st.tuples(st.just("agree"), ids, sharings),
    st.tuples(st.just("review"), ids, st.tuples(st.booleans(), st.sampled_from(["nora", "olga"]))),
    st.tuples(st.just("share"), ids, st.sampled_from([COALITION, FAMILIES])),
    st.tuples(st.just("aloud"), ids, st.booleans()),
    st.tuples(st.just("thank"), ids, st.none()),
    st.tuples(st.just("withdraw"), ids, st.none()),
)


def asked(step: Step, known: list[UUID]) -> Command:
    kind, number, value = step
    if kind == "record":
        return record(value, contact=TELLER if number % 2 else None)
    story = known[number % len(known)] if known else CY
    makers: dict[str, Callable[[], Command]] = {
        "amend": lambda: amend(story, value),
        "agree": lambda: agree(story, value),
        "review": lambda: review(story, clear=value[0], actor=value[1]),
        "share": lambda: share(story, value),
        "aloud": lambda: aloud(story, public=value),
        "thank": lambda: thank(story),
        "withdraw": lambda: withdraw(story),
    }
    return makers[kind]()


@given(st.lists(steps, min_size=5, max_size=40))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_walk_keeps_to_the_consent_and_its_events_make_it_again(walk: list[Step]) -> None:
    desk = VoicesDesk()
    town(desk)
    desk.known()
    known: list[UUID] = []
    for step in walk:
        before = {key: one for key, one in desk.own().items() if isinstance(one, Story)}
        answer = desk.ask(asked(step, known))
        known += [UUID(str(answer.made["story"]))] if step[0] == "record" and hasattr(answer, "made") else []
        for key, story in desk.own().items():
            assert isinstance(story, Story)
            was = before.get(key)
            if was is not None and was.facts is None:
                assert story.facts is None
            if story.facts is not None and was is not None and len(story.facts.told) > len(was.facts.told):  # type: ignore[union-attr]
                assert story.facts.state is StoryState.CLEARED
                assert story.facts.reviewed_by is not None
                assert story.facts.consent.sharing is not Sharing.KEEP
                if story.facts.told[-1].public:
                    assert story.facts.consent.sharing is Sharing.SHARE_PUBLICLY
                    assert story.facts.reviewed_by != story.facts.written_by
    assert desk.again() == desk.own()
    erased = {str(emit.event.story) for emit in desk.said if isinstance(emit.event, StoryErased)}
    assert erased == {str(one.id) for one in desk.own().values() if isinstance(one, Story) and one.facts is None}
