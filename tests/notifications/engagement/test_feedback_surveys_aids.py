"""Feedback comes back to the network; surveys count without anybody; overdue aids are not given."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.notifications.domain.engagement import ordering
from services.notifications.domain.engagement.aids import AIDS
from services.notifications.domain.engagement.codes import Codes
from services.notifications.domain.engagement.invitations import with_code
from services.notifications.domain.engagement.kinds import FEEDBACK_KIND, SURVEY
from services.notifications.domain.engagement.questions import CURRENT, SURVEYS
from services.notifications.domain.engagement.results import BINS, SMALLEST, results, shown
from services.notifications.domain.registry import KINDS
from shared.contracts.message import Command
from shared.contracts.notifications.engagement import (
    OrderAid,
    SurveyFacts,
    SurveyGroup,
    WithdrawSurveyAnswer,
)
from tests.notifications.engagement.voices import (
    CODE,
    CODES,
    INVITED,
    OFFICE,
    TELLER,
    TODAY,
    VoicesDesk,
    answered,
    learned,
    returned,
)
from tests.notifications.readability import EASE, GRADE, ease, grade
from tests.notifications.support import LETTERS, request
from tests.records.desk import RecordDesk

DAY = dt.timedelta(days=1)


def order(aid: str = "pneumonia-shot") -> OrderAid:
    return OrderAid.model_validate({"actor": "nora", "aid": aid, "contact": TELLER, "office": OFFICE})


def take_back(code: str = CODE) -> WithdrawSurveyAnswer:
    return WithdrawSurveyAnswer(actor="nora", code=code)


def test_what_was_learned_is_returned_with_what_was_changed_and_each_telling_once() -> None:
    desk = VoicesDesk()
    feedback = UUID(desk.done(learned())["feedback"])
    assert desk.done(returned(feedback))["returned"] == 1
    assert desk.done(returned(feedback))["changed"] is False
    assert desk.done(returned(feedback, place="collaborative:NNHQCC"))["returned"] == 2
    places = [one.place for one in desk.held(FEEDBACK_KIND, str(feedback)).returned]
    assert places == ["coalition:c1", "collaborative:NNHQCC"]
    assert desk.again() == desk.records


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"place": "facility:225009"}, ("NOT_THE_NETWORK", "place")),
        ({"on": TODAY + 2 * DAY}, ("DAY_AHEAD", "on")),
        ({"on": TODAY - DAY}, ("DATES_OUT_OF_ORDER", "on")),
        ({"feedback": TELLER}, ("FEEDBACK_UNKNOWN", "feedback")),
    ],
)
def test_feedback_is_returned_to_the_network_and_not_before_it_was_learned(
    changed: dict[str, Any], reason: tuple[str, str]
) -> None:
    desk = VoicesDesk()
    feedback = UUID(desk.done(learned())["feedback"])
    command = returned(feedback).model_copy(update=changed)
    assert desk.refused(command) == [reason]
    assert desk.refused(learned(learned_on=TODAY + 2 * DAY)) == [("DAY_AHEAD", "learned_on")]


def test_a_code_tells_group_and_week_and_is_read_however_it_is_written() -> None:
    for group in SurveyGroup:
        code = CODES.code(INVITED, group, TODAY)
        found = CODES.read(code)
        assert found is not None
        assert (found.group, found.week) == (group, TODAY - dt.timedelta(days=TODAY.weekday()))
        assert CODES.read(code.lower().replace("-", " ")) == found
        assert CODES.read(code.replace("0", "o").replace("1", "l")) == found
        assert str(INVITED)[:8] not in code


@given(st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=16, max_size=16) | st.text(max_size=24))
def test_whoever_guesses_a_code_learns_nothing(guess: str) -> None:
    assert CODES.read(guess) is None


def test_a_code_with_one_sign_changed_is_none_and_so_is_one_of_another_site() -> None:
    plain = CODE.replace("-", "")
    for place, sign in enumerate(plain):
        assert CODES.read(plain[:place] + ("2" if sign != "2" else "3") + plain[place + 1 :]) is None
    other = Codes(lambda _, text: text.encode().ljust(32, b"x")[:32])
    assert CODES.read(other.code(INVITED, SurveyGroup.APPEAL, TODAY)) is None


def test_codes_of_many_invitations_differ() -> None:
    assert len({CODES.code(uuid4(), SurveyGroup.REVIEW, TODAY) for _ in range(5_000)}) == 5_000


def test_an_invitation_gets_its_code_and_other_notices_none() -> None:
    facts = {"case_id": "1", "qio_name": "QIO", "qio_phone": "1-866-555-0100", "answer_by": "2014-09-30"}
    asked = request(kind="SURVEY_INVITATION", role="beneficiary", facts={**facts, "survey_group": "APPEAL"})
    made = with_code(asked, CODES)
    assert CODES.read(made.facts["survey_code"]) is not None
    assert with_code(asked, CODES) == made
    assert made.facts["survey_code"] in LETTERS.write(made.notice_type, made.recipient, made.facts).text
    for other in (request(), asked.model_copy(update={"facts": {**facts, "survey_group": "ELSE"}})):
        assert with_code(other, CODES) == other


def test_a_survey_is_answered_once_and_its_record_leads_to_no_case() -> None:
    desk = VoicesDesk()
    made = desk.done(answered(words={"better": "Call sooner."}))
    assert desk.done(answered(words={"better": "Call sooner."}))["changed"] is False
    assert desk.refused(answered(scores={"reached": 1})) == [("ANSWERED", "code")]
    assert made["group"] == "APPEAL"
    assert str(INVITED) not in str(desk.said)
    assert desk.again() == desk.records


def test_answers_that_are_taken_back_are_gone_and_stay_so() -> None:
    desk = VoicesDesk()
    made = desk.done(answered(words={"better": "Ask Quillfeather."}))
    assert desk.done(take_back())["changed"] is True
    assert desk.done(take_back())["changed"] is False
    assert desk.held(SURVEY, made["survey"]).facts is None
    assert desk.refused(answered()) == [("TAKEN_BACK", "code")]
    kept = {emit.key: emit for emit in desk.said}.values()
    assert "Quillfeather" not in str(kept) + str(desk.records)
    assert desk.again() == desk.records


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"code": "0000-0000-0000-0000"}, ("CODE_UNKNOWN", "code")),
        ({"version": "0"}, ("VERSION_UNKNOWN", "version")),
        ({"scores": {"better": 3}}, ("QUESTION_UNKNOWN", "scores")),
        ({"words": {"reached": "Yes."}}, ("QUESTION_UNKNOWN", "words")),
        ({"scores": {}}, ("NOTHING_ANSWERED", "scores")),
        ({"answered_on": TODAY + 2 * DAY}, ("DAY_AHEAD", "answered_on")),
        ({"answered_on": TODAY - 14 * DAY}, ("DATES_OUT_OF_ORDER", "answered_on")),
    ],
)
def test_answers_that_cannot_be_are_refused(changed: dict[str, Any], reason: tuple[str, str]) -> None:
    assert VoicesDesk().refused(answered(**changed)) == [reason]


def test_a_case_closed_on_a_sunday_can_be_answered_for_on_that_day() -> None:
    sunday = TODAY - dt.timedelta(days=TODAY.weekday() + 1)
    due = sunday + 8 * DAY  # the end of the day a week later at home, in UTC
    now = dt.datetime.combine(sunday, dt.time(20), dt.UTC)
    code = CODES.code(INVITED, SurveyGroup.APPEAL, due)
    assert VoicesDesk(now).done(answered(code, answered_on=sunday))["changed"] is True


commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(
        lambda number, score: answered(code_of(number), scores={"reached": score}), st.integers(0, 2), st.integers(1, 2)
    ),
    st.builds(lambda number: take_back(code_of(number)), st.integers(0, 2)),
    st.builds(learned),
)


def code_of(number: int) -> str:
    return CODES.code(UUID(int=number), SurveyGroup.COMPLAINT, TODAY)


@given(st.lists(commands, max_size=25))
@settings(max_examples=60, deadline=None)
def test_any_walk_of_answers_is_made_again_by_its_events(walk: list[Command]) -> None:
    desk = VoicesDesk()
    for command in walk:
        desk.ask(command)
    assert desk.again() == desk.records


def fact(score: int | None = None, group: str = "APPEAL", on: dt.date = TODAY) -> SurveyFacts:
    scores = {} if score is None else {"reached": score}
    return SurveyFacts.model_validate(
        {"version": "1", "group": group, "scores": scores, "words": {}, "language": "en", "how": "PHONE"}
        | {"answered_on": on}
    )


def test_results_count_by_month_group_and_question_and_hide_what_is_small() -> None:
    answers = [fact(5)] * 30 + [fact(4)] * 12 + [fact(1)] * 3 + [fact(5, "COMPLAINT")] * 10
    appeals, complaints = results(answers)
    assert (appeals.month, appeals.group, appeals.answered) == ("2015-03", SurveyGroup.APPEAL, 45)
    (reached, *_) = appeals.questions
    assert reached.counts == {"1": None, "2": 0, "3": 0, "4": None, "5": 30, "none": 0}
    assert (complaints.answered, complaints.questions) == (None, ())


@given(st.lists(st.integers(0, 40), min_size=6, max_size=6).filter(lambda counts: sum(counts) >= SMALLEST))
def test_no_small_count_is_shown_or_follows_from_the_sum(counts: list[int]) -> None:
    bins = dict(zip(BINS, counts, strict=True))
    found = shown(bins)
    withheld = [bins[name] for name, count in found.items() if count is None]
    assert all(count == 0 or count >= SMALLEST for count in found.values() if count is not None)
    assert not withheld or (len(withheld) > 1 and sum(withheld) >= SMALLEST)


def test_every_question_is_asked_in_both_languages_in_plain_words() -> None:
    for questions in SURVEYS.values():
        assert all(set(one.text) == {"en", "es"} for one in questions)
        assert len({one.id for one in questions}) == len(questions)
    assert CURRENT in SURVEYS


@pytest.mark.parametrize("aid", AIDS.values(), ids=AIDS)
@pytest.mark.parametrize(("language", "role"), [("en", "BENEFICIARY"), ("es", "BENEFICIARY"), ("es", "FRONTLINE")])
def test_every_aid_is_a_whole_letter_in_the_readers_language(aid: Any, language: str, role: str) -> None:
    desk = VoicesDesk(now=dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC))
    hold = {"part": role, "place": "state:MA", "since": "2015-01-01"}
    desk.known(preferences={"language": language}, holds=[hold])
    desk.done(order(aid.id))
    (notice,) = desk.notices()
    letter = LETTERS.write(notice.notice_type, notice.recipient, notice.facts)
    spoken = language if role == "BENEFICIARY" else "en"
    assert letter.language == spoken
    said = " ".join(letter.text.split())
    assert all(one in said for one in (*aid.words[spoken].choices, *aid.words[spoken].ask))
    assert len(aid.words[spoken].choices) >= 3


def test_an_aid_is_one_notice_in_each_of_its_versions() -> None:
    desk = VoicesDesk()
    desk.known()
    assert desk.done(order())["notice_id"] == desk.done(order())["notice_id"]


def test_an_aid_whose_review_is_overdue_is_refused_from_the_day_after() -> None:
    (aid, *_) = AIDS.values()
    last = dt.datetime.combine(aid.review_by, dt.time(23), dt.UTC)
    for now, overdue in ((last, False), (last + DAY, True)):
        desk = RecordDesk(KINDS, ordering.rules(AIDS), now)
        desk.records = VoicesDesk().records | known().records
        if overdue:
            assert desk.refused(order(aid.id)) == [("AID_OVERDUE", "aid")]
        else:
            desk.done(order(aid.id))


def known(**facts: Any) -> VoicesDesk:
    desk = VoicesDesk()
    desk.known(**facts)
    return desk


def test_no_aid_goes_to_whoever_is_unknown_or_asked_not_to_be_written_to() -> None:
    assert VoicesDesk().refused(order()) == [("CONTACT_UNKNOWN", "contact")]
    assert known(stopped=True).refused(order()) == [("STOPPED", "contact")]
    assert known().refused(order("none-such")) == [("AID_UNKNOWN", "aid")]


@pytest.mark.parametrize("aid", AIDS.values(), ids=AIDS)
def test_aids_are_in_plain_words(aid: Any) -> None:
    for language, words in aid.words.items():
        text = " ".join((words.question, *words.choices, *words.ask))
        assert grade(text) <= GRADE if language == "en" else ease(text) >= EASE
