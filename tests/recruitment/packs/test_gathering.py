"""What a pack knows of each participant, and what it must not know."""

from services.recruitment.domain.packs.gathered import Answer, Gathered, Known
from shared.contracts.recruitment.change_test_commands import Decision
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.recruitment.session_commands import HoldSession
from tests.recruitment.packs.cast import ASH, DAY, ELM, OAK, YEW, busy, consent, known, pair, registered, withdraw
from tests.recruitment.practices.cast import command
from tests.recruitment.sessions import cast as sessions


def of(found: Gathered, participant: str) -> Known:
    return next(one for one in found.known if one.place.participant == participant)


def test_every_registered_participant_is_known_with_its_topic_and_nobody_else() -> None:
    found = known(*busy())
    assert [(one.place.participant, one.topics) for one in found.known] == [
        (ELM, (Topic.FALLS,)),
        (OAK, (Topic.FALLS,)),
        (YEW, (Topic.FALLS,)),
    ]
    assert [(one.place.participant, one.people, one.waiting) for one in found.attending] == [
        (ELM, 2, False),
        (OAK, 2, False),
        (YEW, 2, True),
    ]
    assert (found.held, found.on) == (False, DAY)


def test_of_a_session_that_was_held_those_who_came_attend_and_the_registered_have_pages() -> None:
    at, name = registered()
    at.now = at.now.replace(month=3, day=17)
    at.done(command(HoldSession, session=name))
    at.done(sessions.attend(name, ELM, people=3))
    at.done(sessions.attend(name, ELM, people=1, mode="IN_PERSON"))
    at.done(sessions.attend(name, ASH, people=1))
    found = known(at, name)
    assert [(one.place.participant, one.people, one.guest) for one in found.attending] == [
        (ASH, 1, True),
        (ELM, 4, False),
    ]
    assert [one.place.participant for one in found.known] == [ELM, OAK, YEW]


def test_assignments_are_reported_excused_owing_or_overdue() -> None:
    at, name = busy()
    found = known(at, name)
    answers = {one.place.participant: [had.answer for had in one.assigned] for one in found.known}
    assert answers == {
        ELM: [Answer.REPORTED, Answer.OWING],
        OAK: [Answer.EXCUSED, Answer.OWING],
        YEW: [Answer.OWING, Answer.OWING],
    }
    first = of(found, ELM).assigned[0]
    assert (first.summary, first.value, first.unit) == ("Seven huddles were held.", 7, "huddles")


def test_the_last_test_of_change_is_told_with_its_last_cycle() -> None:
    tested = of(known(*busy()), ELM).tested
    assert tested is not None
    assert (tested.aim, tested.cycle, tested.decision) == ("Fewer falls at night.", 1, Decision.ADOPT)
    assert (tested.done, tested.learned) == ("Rounds each hour.", "It takes two.")
    assert of(known(*busy()), OAK).tested is None


def test_peers_are_told_of_each_other_with_figures_of_whom_consents_to_show_them() -> None:
    found = known(*busy())
    (teacher,) = of(found, ELM).matched
    assert (teacher.place.participant, teacher.teaches, teacher.next_step) == (OAK, True, "A call in March")
    assert teacher.figures == (("2014Q4", "1.9"),)
    (learner,) = of(found, OAK).matched
    assert (learner.place.participant, learner.teaches, learner.figures) == (ELM, False, ())
    assert of(found, YEW).matched == ()


def test_a_figure_is_not_shown_once_the_consent_to_show_it_is_gone() -> None:
    at, name = busy()
    at.done(withdraw(OAK, "SHARE_FIGURES"))
    (teacher,) = of(known(at, name), ELM).matched
    assert teacher.figures == ()


def test_a_peer_without_consent_is_not_named_even_before_the_pairing_lapses() -> None:
    for participant in (ELM, OAK):
        at, name = busy()
        at.done(withdraw(participant))
        assert [one.matched for one in known(at, name).known] == [(), (), ()]


def test_a_pairing_that_only_is_proposed_is_told_as_such() -> None:
    at, name = registered()
    for one in (consent(ELM), consent(YEW)):
        at.done(one)
    at.done(pair(ELM, YEW))
    (match,) = of(known(at, name), ELM).matched
    assert (match.place.participant, match.agreed_on) == (YEW, None)


def test_practices_that_were_given_up_are_not_told_as_adopted() -> None:
    found = known(*busy())
    assert [one.title for one in of(found, OAK).adopted] == ["Hourly rounds"]
    assert of(found, YEW).adopted == ()
