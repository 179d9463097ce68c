"""Contributions: from known partners and participants that go on, each once, withdrawn once."""

import datetime as dt

import pytest

from services.recruitment.domain.networks.contributing import (
    CONTRIBUTION,
    CONTRIBUTION_MACHINE,
    ContributionStatus,
    ContributionStep,
)
from services.recruitment.domain.networks.partners import PARTNERS
from shared.contracts.message import Command
from shared.contracts.recruitment.contributions import RecordContribution, WithdrawContribution
from tests.recruitment.networks.cast import PRACTICE, again, closed, command, desk, learning


def contribute(
    contributor: str = "partner:cdc", on: str = "2014-11-01", what: str = "Ratios", **fields: str
) -> Command:
    plain = {"network": "nnhqcc", "contributor": contributor, "kind": "DATA", "what": what, "contributed_on": on}
    return command(RecordContribution, **{**plain, **fields})


def withdraw(contribution: str, on: str = "2014-12-01") -> Command:
    return command(WithdrawContribution, contribution=contribution, withdrawn_on=on, reason="r")


def test_partners_and_participants_contribute_and_their_records_are_made_again() -> None:
    at = learning()
    names = [str(at.done(contribute(f"partner:{one}"))["contribution"]) for one in PARTNERS]
    names.append(str(at.done(contribute(f"participant:{PRACTICE}", kind="HELP_WITH_RECORDS"))["contribution"]))
    assert len(set(names)) == 5
    at.done(withdraw(names[0]))
    statuses = [at.held(CONTRIBUTION, one).status for one in names]
    assert statuses == [ContributionStatus.WITHDRAWN, *[ContributionStatus.USABLE] * 4]
    assert again(at) == at.records


def test_the_same_told_twice_is_one_and_once_withdrawn_wants_other_words() -> None:
    at = learning()
    first = at.done(contribute())
    assert at.done(contribute(source="a page")) == {**first, "changed": False}
    at.done(withdraw(str(first["contribution"])))
    assert at.refused(contribute()) == [("WITHDRAWN", "what")]
    at.done(contribute(what="Ratios, corrected"))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (contribute("partner:acme"), [("PARTNER_UNKNOWN", "contributor")]),
        (contribute("participant:225099"), [("FACILITY_UNKNOWN", "contributor")]),
        (contribute(on="2014-09-30"), [("BEFORE_NETWORK", "contributed_on")]),
        (contribute(on="2015-03-08"), [("IN_THE_FUTURE", "contributed_on")]),
        (contribute(network="nobodys"), [("NETWORK_UNKNOWN", "network")]),
        (withdraw("nnhqcc.000000000000"), [("CONTRIBUTION_UNKNOWN", "contribution")]),
    ],
)
def test_what_does_not_fit_is_refused_for_its_reason(asked: Command, expected: list[tuple[str, str]]) -> None:
    assert learning().refused(asked) == expected


def test_who_closed_contributes_nothing_more() -> None:
    at = learning(closed(PRACTICE, dt.date(2014, 11, 1)))
    assert at.refused(contribute(f"participant:{PRACTICE}")) == [("FACILITY_CLOSED", "contributor")]


@pytest.mark.parametrize("status", ContributionStatus)
def test_every_step_from_every_status_is_in_the_table_or_refused(status: ContributionStatus) -> None:
    at = learning()
    name = str(at.done(contribute())["contribution"])
    assert at.refused(withdraw(name, "2014-10-31")) == [("OUT_OF_ORDER", "withdrawn_on")]
    assert at.refused(withdraw(name, "2015-03-08")) == [("IN_THE_FUTURE", "withdrawn_on")]
    if status is ContributionStatus.WITHDRAWN:
        at.done(withdraw(name))
    if CONTRIBUTION_MACHINE.after(status, ContributionStep.WITHDRAW) is None:
        assert at.refused(withdraw(name)) == [("STATE", "contribution")]
    else:
        at.done(withdraw(name))


def test_every_partner_has_its_source_and_something_it_offers() -> None:
    assert set(PARTNERS) == {"cdc", "hhqi", "million-hearts", "advancing-excellence"}
    assert all(one.source and one.offers and one.about for one in PARTNERS.values())
    assert ("NETWORK_UNKNOWN", "network") in desk().refused(contribute())
