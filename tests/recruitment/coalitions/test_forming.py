"""Forming a coalition, its members and seats, and its end."""

import datetime as dt

import pytest

from services.recruitment.domain.coalitions import mix
from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.coalitions.mix import Sector
from shared.contracts.recruitment.coalition_public import CoalitionFormed
from shared.contracts.recruitment.coalition_terms import Role
from shared.contracts.recruitment.communities import DissolveCommunity
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.participant_terms import WhyClosed
from shared.contracts.recruitment.participants import ParticipantClosed
from tests.recruitment.coalitions.cast import (
    ADVOCATES,
    CENTER,
    FAMILY,
    HOME,
    HOSPITAL,
    PHARMACY,
    PLACE,
    desk,
    end,
    form,
    formed,
    join,
    leave,
    rebuilt,
    seat,
)
from tests.recruitment.desk import Desk


def members(at: Desk) -> dict[str, Role]:
    return {one.participant: one.role for one in at.held(COALITION, PLACE).present()}


def test_a_coalition_is_formed_across_settings_and_says_who_is_missing() -> None:
    at = desk()
    made = at.done(form(name="The valley"))
    assert (made["number"], made["members"], made["name"]) == (1, 3, "The valley")
    assert made["missing"] == [
        "DIALYSIS", "LTSS", "PRACTICES", "COMMUNITY_ORGANISATIONS", "PATIENTS"
    ]  # fmt: skip
    assert members(at) == {HOSPITAL: Role.CONVENER, HOME: Role.LEAD, PHARMACY: Role.MEMBER}
    assert rebuilt(at)


def test_partners_hear_which_settings_take_part_and_never_who() -> None:
    at = formed()
    (public,) = [emit for emit in at.said if isinstance(emit.event, CoalitionFormed)]
    assert (public.topic, public.key) == ("qio.public.network.v1", PLACE)
    assert public.event.model_dump(mode="json", exclude={"redisclosure"}) == {
        "community": PLACE,
        "states": ["MA"],
        "settings": ["HOSPITAL", "NURSING_HOME", "PHARMACY"],
        "month": "2014-12",
    }


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"members": (), "lead": None}, [("NO_MEMBERS", "members")]),
        ({"members": (), "lead": None, "conveners": ()}, [("NO_MEMBERS", "members")]),
        ({"community": "nowhere"}, [("COMMUNITY_UNKNOWN", "community")]),
        ({"members": ("999999",)}, [("FACILITY_UNKNOWN", "members[0]")]),
        ({"members": (PHARMACY, HOME)}, [("MEMBER_REPEATED", "lead")]),
        ({"patient_partner": CENTER}, [("NOT_A_PATIENT", "patient_partner")]),
        ({"formed_on": "2015-03-08"}, [("IN_THE_FUTURE", "formed_on")]),
        ({"formed_on": "2014-08-31"}, [("DATES_OUT_OF_ORDER", "formed_on")]),
        ({"formed_on": "2014-07-31"}, [("BEFORE_STATEMENT", "task"), ("DATES_OUT_OF_ORDER", "formed_on")]),
        (
            {"community": "nowhere", "members": ("999999",), "formed_on": "2015-03-08"},
            [("COMMUNITY_UNKNOWN", "community"), ("IN_THE_FUTURE", "formed_on"), ("FACILITY_UNKNOWN", "members[0]")],
        ),
    ],
)
def test_every_reason_not_to_form_one_is_named_with_its_field(
    fields: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert desk().refused(form(**fields)) == expected


def test_a_statement_of_work_that_ended_forms_no_coalitions() -> None:
    at = desk(dt.datetime(2019, 9, 15, 12, tzinfo=dt.UTC))
    assert at.refused(form(formed_on="2019-09-01")) == [("BETWEEN_CONTRACTS", "task")]


def test_a_facility_that_closed_neither_forms_nor_joins_a_coalition() -> None:
    at = desk()
    closed = ParticipantClosed(participant=PHARMACY, on=dt.date(2014, 10, 1), reason=WhyClosed.DISASTER, actor="t")
    at.has(closed)
    assert at.refused(form()) == [("FACILITY_CLOSED", "members[0]")]
    at.done(form(members=()))
    assert at.refused(join(PHARMACY)) == [("FACILITY_CLOSED", "participant")]


def test_a_dissolved_community_has_no_coalition() -> None:
    at = desk()
    at.done(DissolveCommunity(actor="t", community=PLACE, on=dt.date(2014, 11, 1), reason="Not needed"))
    assert at.refused(form()) == [("COMMUNITY_DISSOLVED", "community")]


def test_one_coalition_at_a_time_works_in_a_community() -> None:
    at = formed()
    assert at.refused(form()) == [("STATE", "community")]
    at.done(end("2015-02-10"))
    assert at.refused(form(formed_on="2015-02-09")) == [("DATES_OUT_OF_ORDER", "formed_on")]
    made = at.done(form(formed_on="2015-02-10", members=(ADVOCATES,), lead=None))
    held = at.held(COALITION, PLACE)
    assert (made["number"], held.former[0].number, held.former[0].ended_on) == (2, 1, dt.date(2015, 2, 10))
    assert members(at) == {HOSPITAL: Role.CONVENER, ADVOCATES: Role.MEMBER}
    assert rebuilt(at)


def test_a_member_joins_leaves_and_comes_back_with_its_days_known() -> None:
    at = formed()
    at.done(join(FAMILY, "2015-01-10"))
    at.done(leave(FAMILY, "2015-01-20"))
    assert at.refused(join(FAMILY, "2015-01-19")) == [("DATES_OUT_OF_ORDER", "on")]
    at.done(join(FAMILY, "2015-02-01"))
    family = at.held(COALITION, PLACE).members[FAMILY]
    days = [dt.date(2015, 1, 9), dt.date(2015, 1, 10), dt.date(2015, 1, 20), dt.date(2015, 2, 1)]
    assert [family.on(day) for day in days] == [False, True, False, True]
    assert rebuilt(at)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (join(HOME), [("ALREADY_MEMBER", "participant")]),
        (join("999999"), [("FACILITY_UNKNOWN", "participant")]),
        (join(on="2014-11-30"), [("DATES_OUT_OF_ORDER", "on")]),
        (join(on="2015-03-08"), [("IN_THE_FUTURE", "on")]),
        (join(role="LEAD"), [("SEAT_TAKEN", "role")]),
        (join(CENTER, role="PATIENT_PARTNER"), [("NOT_A_PATIENT", "participant")]),
        (leave(FAMILY), [("NOT_A_MEMBER", "participant")]),
        (leave(HOME, "2014-11-30"), [("DATES_OUT_OF_ORDER", "on")]),
        (seat(FAMILY, "PATIENT_PARTNER"), [("NOT_A_MEMBER", "participant")]),
        (seat(PHARMACY, "PATIENT_PARTNER"), [("NOT_A_PATIENT", "participant")]),
        (seat(HOME, "LEAD"), [("SAME_ROLE", "role")]),
        (end("2014-11-30"), [("DATES_OUT_OF_ORDER", "on")]),
    ],
)
def test_what_members_cannot_do_is_said(command: object, expected: list[tuple[str, str]]) -> None:
    assert formed().refused(command) == expected  # type: ignore[arg-type]


def test_the_last_member_besides_conveners_cannot_leave_nor_become_a_convener() -> None:
    at = formed(members=())
    assert at.refused(leave(HOME)) == [("NO_MEMBERS", "participant")]
    assert at.refused(seat(HOME, "CONVENER")) == [("NO_MEMBERS", "role")]
    at.done(leave(HOSPITAL))
    assert members(at) == {HOME: Role.LEAD}


def test_the_patient_partners_seat_shows_since_when_it_is_vacant() -> None:
    at = formed()

    def held() -> tuple[str | None, str]:
        seat_now = at.held(COALITION, PLACE).patient_seat
        return seat_now.holder, seat_now.since.isoformat()

    assert held() == (None, "2014-12-01")
    at.done(join(FAMILY, "2015-01-10", role="PATIENT_PARTNER"))
    assert held() == (FAMILY, "2015-01-10")
    at.done(join(ADVOCATES, "2015-01-15"))
    assert at.done(seat(ADVOCATES, "PATIENT_PARTNER", "2015-02-01"))["instead_of"] == FAMILY
    assert (held(), members(at)[FAMILY]) == ((ADVOCATES, "2015-02-01"), Role.MEMBER)
    assert at.refused(seat(FAMILY, "PATIENT_PARTNER", "2015-01-31")) == [("DATES_OUT_OF_ORDER", "on")]
    at.done(leave(ADVOCATES, "2015-02-10"))
    assert held() == (None, "2015-02-10")
    at.done(seat(FAMILY, "PATIENT_PARTNER", "2015-02-20"))
    at.done(seat(FAMILY, "MEMBER", "2015-03-01"))
    assert held() == (None, "2015-03-01")
    assert rebuilt(at)


def test_nothing_happens_in_a_coalition_that_ended_or_never_was() -> None:
    for command in (join(), leave(HOME), seat(HOME, "MEMBER"), end()):
        assert desk().refused(command) == [("COALITION_UNKNOWN", "community")]
    at = formed()
    at.done(end("2015-02-01"))
    for command in (join(), leave(HOME), seat(HOME, "MEMBER"), end()):
        assert at.refused(command) == [("STATE", "community")]


def test_every_setting_that_gives_care_falls_in_one_sector() -> None:
    for setting in Setting:
        found = [sector for sector, number in mix.present([setting]).items() if number]
        assert len(found) == (setting is not Setting.REGIONAL_EXTENSION_CENTER), setting
    assert mix.missing(list(Setting)) == ()
    assert mix.missing([]) == tuple(Sector)
