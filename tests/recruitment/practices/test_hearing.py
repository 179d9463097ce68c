"""Whom a participant heard from is told by what happened: a session held, a pairing agreed to, a notice sent."""

import pytest

from shared.contracts.recruitment.session_commands import HoldSession
from tests.recruitment.practices.cast import (
    ELM,
    FIR,
    OAK,
    YEW,
    command,
    desk,
    heard,
    published,
    share,
    take_up,
)
from tests.recruitment.practices.test_spreading import PAIRING, SESSION, out, paired, seen
from tests.recruitment.sessions.cast import plan as plan_session


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (heard(), ("SOURCE_MISSING", "heard.participant")),
        (heard("PAIRING", participant=ELM), ("SOURCE_MISSING", "heard.pairing")),
        (heard("SESSION"), ("SOURCE_MISSING", "heard.session")),
        (heard("NOTICE", participant=ELM), ("SOURCE_DOES_NOT_FIT", "heard.participant")),
        (heard(participant=ELM, pairing=PAIRING), ("SOURCE_DOES_NOT_FIT", "heard.pairing")),
        (heard("SESSION", session=SESSION), ("SESSION_UNKNOWN", "heard.session")),
        (heard("NOTICE"), ("NOT_TOLD", "heard.way")),
        (heard("PAIRING", participant=ELM, pairing=PAIRING), ("PAIRING_UNKNOWN", "heard.pairing")),
    ],
)
def test_a_way_of_hearing_names_what_it_needs_and_that_happened(
    source: dict[str, str], reason: tuple[str, str]
) -> None:
    at, practice = out()
    assert at.refused(take_up(practice, OAK, source)) == [reason]


def test_a_session_was_held_by_the_day_that_somebody_began() -> None:
    at, practice = out()
    fields = {"cohorts": ["nnhqcc.c1"], "starts_at": "2015-01-08T18:00:00Z", "ends_at": "2015-01-08T20:00:00Z"}
    session = str(at.done(plan_session(**fields))["session"])
    source = heard("SESSION", session=session)
    assert at.refused(take_up(practice, OAK, source, "2015-01-09")) == [("SESSION_NOT_HELD", "heard.session")]
    at.done(command(HoldSession, session=session))
    assert at.refused(take_up(practice, OAK, source, "2015-01-07")) == [("SESSION_NOT_HELD", "heard.session")]
    at.done(take_up(practice, OAK, source, "2015-01-08"))
    assert seen(at, practice).links[-1].teacher == ELM


def test_a_pairing_is_of_the_two_and_was_agreed_to_by_then() -> None:
    at = desk(*paired())
    practice = published(at)
    at.done(take_up(practice, OAK, heard(participant=ELM)))
    source = heard("PAIRING", participant=OAK, pairing=PAIRING)
    assert at.refused(take_up(practice, YEW, source, "2014-12-20")) == [("PAIRING_OF_OTHERS", "heard.pairing")]
    assert at.refused(take_up(practice, FIR, source, "2014-12-14")) == [("PAIRING_NOT_AGREED", "heard.pairing")]
    at.done(take_up(practice, FIR, source, "2014-12-15"))
    other = desk(*paired(None))
    practice = published(other)
    other.done(take_up(practice, OAK, heard(participant=ELM)))
    assert other.refused(take_up(practice, FIR, source, "2014-12-20")) == [("PAIRING_NOT_AGREED", "heard.pairing")]


def test_a_notice_came_before_somebody_began() -> None:
    at, practice = out()
    at.done(share(practice, OAK, on="2014-12-12"))
    assert at.refused(take_up(practice, OAK, heard("NOTICE"), "2014-12-11")) == [("NOT_TOLD", "heard.way")]
    at.done(take_up(practice, OAK, heard("NOTICE"), "2014-12-12"))
