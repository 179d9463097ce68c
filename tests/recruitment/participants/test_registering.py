"""Registering, amending and identifying participants."""

import datetime as dt
import random
from collections.abc import Callable

import pytest

from services.recruitment.domain.participants.identity import is_npi
from services.recruitment.domain.participants.kinds import PARTNER_NAME
from shared.contracts.recruitment.family_partners import PARTNER_NAMES, RegisterPartner, WithdrawConsent
from shared.contracts.recruitment.ids import Setting
from shared.contracts.topic import Confidentiality
from tests.recruitment.desk import Desk
from tests.recruitment.participants.asking import (
    AN_NPI,
    HOME,
    OTHER,
    amend,
    assign,
    close,
    desk,
    list_at,
    merge,
    participant,
    register,
    release,
)
from tests.recruitment.support import listed

ORGANISATIONS = [setting for setting in Setting if setting is not Setting.BENEFICIARY_OR_FAMILY]


@pytest.mark.parametrize("setting", ORGANISATIONS)
def test_every_setting_but_a_persons_is_registered_by_command(setting: Setting) -> None:
    at = Desk()
    made = at.done(register(setting=setting))
    assert made["participant"] == AN_NPI
    assert participant(at, AN_NPI).setting is setting
    assert at.again() == at.records


def test_without_an_id_a_participant_gets_one_of_ours() -> None:
    made = Desk().done(register(participant=None))
    assert made["participant"].startswith("own:")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"participant": HOME}, [("ALREADY_KNOWN", "participant")]),
        ({"participant": "npi:1234567890"}, [("NPI_CHECK", "participant")]),
        ({"zip_code": "99999"}, [("ZIP_UNKNOWN", "zip_code")]),
        ({"state": "NY"}, [("ZIP_OF_ANOTHER_STATE", "zip_code")]),
        ({"state": "QQ", "zip_code": "99999"}, [("STATE_UNKNOWN", "state"), ("ZIP_UNKNOWN", "zip_code")]),
        ({"setting": "BENEFICIARY_OR_FAMILY"}, [("PERSON", "setting")]),
    ],
)
def test_what_is_wrong_with_a_registration_is_said_with_its_field(
    fields: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert desk().refused(register(**fields)) == expected


def test_the_check_digit_of_an_npi_finds_every_single_wrong_digit() -> None:
    digits = AN_NPI.removeprefix("npi:")
    assert is_npi(digits)
    wrong = [
        digits[:at] + other + digits[at + 1 :] for at in range(10) for other in "0123456789" if other != digits[at]
    ]
    assert not any(map(is_npi, wrong))
    assert not is_npi("")


def test_what_staff_recorded_no_list_changes_until_it_may_again() -> None:
    at = desk(listed(name="Old", zip_code="02139"))
    assert at.done(amend(name="Staff say", zip_code="02140"))["changed"] == ["name", "zip_code"]
    list_at(at, listed(as_of="2014-09-01", name="List says", zip_code="02141", overall_rating=5))
    now = participant(at)
    assert (now.name, now.zip_code, now.overall_rating) == ("Staff say", "02140", 5)
    assert now.amended == {"name": "List says", "zip_code": "02141"}
    at.done(amend(follow_list=["name"]))
    assert (participant(at).name, participant(at).amended) == ("List says", {"zip_code": "02141"})
    list_at(at, listed(as_of="2014-10-01", name="Newer"))
    assert participant(at).name == "Newer"


def test_what_was_registered_stays_when_a_list_tells_of_it_and_the_rest_follows() -> None:
    at = Desk()
    at.done(register(participant=HOME, setting="LTSS_PROVIDER"))
    list_at(at, listed())
    now = participant(at)
    assert (now.name, now.setting, now.overall_rating, now.city) == ("Corner Pharmacy", "LTSS_PROVIDER", 1, "Cambridge")
    at.done(amend(follow_list=["setting"]))
    assert participant(at).setting is Setting.NURSING_HOME


def test_amending_moves_the_network_with_the_state_of_the_lists_day() -> None:
    at = desk()
    at.done(amend(state="NY", zip_code="10001"))
    network = participant(at).qin_qio
    assert network == "Atlantic Quality Innovation Network (IPRO)"
    list_at(at, listed(as_of="2014-09-01"))
    assert participant(at).qin_qio == network
    at.done(amend(follow_list=["state", "zip_code"]))
    assert participant(at).qin_qio == "New England QIN (Healthcentric Advisors)"


def test_asking_for_what_holds_changes_nothing() -> None:
    at = desk()
    at.done(amend(name="A"))
    assert at.done(amend(name="A")) == {"participant": HOME, "changed": []}
    assert len(at.said) == 4, "three listings and one amendment"


def test_what_is_wrong_with_an_amendment_is_said() -> None:
    at = desk()
    at.done(register())
    at.done(merge())
    assert at.refused(amend("999999", name="A")) == [("FACILITY_UNKNOWN", "participant")]
    assert at.refused(amend(HOME, name="A")) == [("FACILITY_MERGED", "participant")]
    assert at.refused(amend(OTHER)) == [("NOTHING_TO_AMEND", None)]
    assert at.refused(amend(OTHER, state="NY")) == [("ZIP_OF_ANOTHER_STATE", "zip_code")]
    assert at.refused(amend(OTHER, name="A", follow_list=["name"])) == [("CONTRADICTION", "name")]
    assert at.refused(amend(AN_NPI, follow_list=["name"])) == [("NOT_LISTED", "follow_list")]
    assert at.refused(amend(OTHER, setting="BENEFICIARY_OR_FAMILY")) == [("PERSON", "setting")]


def test_an_identifier_belongs_to_one_participant_at_a_time() -> None:
    at = desk()
    at.done(assign(AN_NPI))
    assert at.refused(assign(AN_NPI, OTHER)) == [("IDENTIFIER_TAKEN", "identifier")]
    assert at.refused(register()) == [("IDENTIFIER_TAKEN", "participant")]
    at.done(release(AN_NPI))
    assert at.refused(release(AN_NPI)) == [("IDENTIFIER_UNKNOWN", "identifier")]
    at.done(assign(AN_NPI, OTHER))
    at.done(assign("own:the-annex", OTHER))
    assert participant(at, OTHER).identifiers == (AN_NPI, "own:the-annex")
    assert participant(at).identifiers == ()
    assert at.again()[f"identifier:{AN_NPI}"] == at.records[f"identifier:{AN_NPI}"]


def test_an_identifier_that_is_a_participant_or_a_second_certification_number_is_refused() -> None:
    at = desk()
    at.done(register())
    assert at.refused(assign(AN_NPI)) == [("IDENTIFIER_TAKEN", "identifier")]
    assert at.refused(assign("225999")) == [("SECOND_CCN", "identifier")]
    assert at.refused(assign("npi:1234567890")) == [("NPI_CHECK", "identifier")]
    at.done(assign("225999", AN_NPI))
    assert at.refused(assign("225998", AN_NPI)) == [("SECOND_CCN", "identifier")]


def test_everything_wrong_with_a_partner_is_said_at_once() -> None:
    assert Desk().refused(partner(state="ZZ", consented_on="2090-01-01")) == [
        ("STATE_UNKNOWN", "state"),
        ("IN_THE_FUTURE", "consented_on"),
    ]


def partner(**fields: object) -> RegisterPartner:
    plain = {"actor": "t", "display_name": "Oakhanger", "state": "MA", "consented_on": "2015-03-01"}
    return RegisterPartner.model_validate({**plain, "consent": "WRITTEN", **fields})


def test_a_persons_name_is_said_on_one_confidential_topic_only() -> None:
    at = Desk()
    made = at.done(partner())
    assert "Oakhanger" not in str(made)
    naming = [emit for emit in at.said if "Oakhanger" in emit.event.model_dump_json()]
    assert [emit.topic for emit in naming] == [PARTNER_NAMES.name]
    assert (PARTNER_NAMES.confidentiality, PARTNER_NAMES.readers) == (Confidentiality.CONFIDENTIAL, ("recruitment",))
    assert not [emit for emit in at.said if "Oakhanger" in emit.key]
    person = participant(at, made["participant"])
    assert (person.zip_code, person.address, person.name) == ("", None, "Beneficiary or family partner")


def test_a_consent_taken_back_ends_the_participation_and_the_name_is_forgotten() -> None:
    at = Desk()
    one = at.done(partner())["participant"]

    def back(on: str) -> WithdrawConsent:
        return WithdrawConsent(actor="t", participant=one, on=dt.date.fromisoformat(on))

    assert at.refused(back("2015-02-28")) == [("BEFORE_CONSENT", "on")]
    assert at.refused(back("2015-03-08")) == [("IN_THE_FUTURE", "on")]
    at.done(back("2015-03-06"))
    assert at.held(PARTNER_NAME, one).display_name is None
    assert str(participant(at, one).closed_on) == "2015-03-06"
    assert at.refused(back("2015-03-06")) == [("STATE", "participant")]
    assert at.again() == at.records


def test_a_person_is_not_amended_numbered_or_merged_and_consent_has_its_own_command() -> None:
    at = desk()
    one = at.done(partner())["participant"]
    assert ("PERSON", "participant") in at.refused(amend(one, name="A"))
    assert at.refused(assign(AN_NPI, one)) == [("PERSON", "participant")]
    assert at.refused(merge(one, HOME)) == [("PERSON", "participant")]
    assert at.refused(close(reason="CONSENT_WITHDRAWN")) == [("NOT_A_CLOSING", "reason")]
    assert at.refused(partner(consented_on="2015-03-08")) == [("IN_THE_FUTURE", "consented_on")]
    assert at.refused(partner(state="QQ")) == [("STATE_UNKNOWN", "state")]


def test_amendments_and_listings_in_any_order_end_the_same() -> None:
    ends = set()
    steps: list[Callable[[Desk], object]] = [
        lambda at: list_at(at, listed(as_of="2014-09-01", name="Second", overall_rating=2)),
        lambda at: list_at(at, listed(as_of="2014-10-01", name="Third", overall_rating=3)),
        lambda at: at.done(amend(name="Staff say")),
        lambda at: at.done(amend(state="NY", zip_code="10001")),
        lambda at: at.done(assign(AN_NPI)),
    ]
    for seed in range(30):
        at = desk()
        for step in random.Random(seed).sample(steps, len(steps)):
            step(at)
        assert at.again() == at.records
        ends.add(participant(at).model_dump_json())
    assert len(ends) == 1
